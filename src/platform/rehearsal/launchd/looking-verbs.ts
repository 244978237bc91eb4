import {said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {numbered} from './launchd-errors.ts';
import {macOf} from './mac.ts';
import {disabledText, domainText} from './printed-domain.ts';
import {serviceText} from './printed-service.ts';
import {failure, notLoaded} from './target.ts';
import {loadedAt, reachDomain, reachService, usage, withoutFlags, type Verb} from './verb.ts';

export const print: Verb = (call) => {
	const mac = macOf(call.machine);
	const [text, ...others] = withoutFlags(call, []);
	const reached = reachDomain(call, {text}, {begins: 'Could not print domain', looks: true});
	if (!('target' in reached)) return reached;
	if (others.length > 0) return usage(call.verb);
	const {domain, label} = reached.target;
	if (label === undefined) return said(domainText(mac, domain));
	const service = loadedAt(call, {domain, label});
	return service ? said(serviceText(service, mac)) : notLoaded(mac, {domain, label}, true);
};

export const printDisabled: Verb = (call) => {
	const [text, ...others] = withoutFlags(call, []);
	const reached = reachDomain(call, {text}, {begins: 'Could not print disabled services', looks: true});
	if (!('target' in reached)) return reached;
	if (reached.target.label !== undefined || others.length > 0) return usage(call.verb);
	return said(disabledText(macOf(call.machine), reached.target.domain));
};

export const blame: Verb = (call) => {
	const manner = {begins: 'Could not print service', looks: true};
	const [text] = withoutFlags(call, []);
	const reached = reachService(call, text, manner);
	if (!('target' in reached)) return reached;
	const service = loadedAt(call, reached.target);
	if (!service) return notLoaded(macOf(call.machine), reached.target);
	return service.pid === undefined ? failure(manner, 3) : said(service.reason ?? 'speculative');
};

export const managerName: Verb = ({caller}) => said(caller.session);

export const managerUid: Verb = ({caller}) => said(String(caller.session === 'System' ? 0 : caller.euid));

export const error: Verb = ({words, command}) => {
	const [text = '', ...others] = words;
	if (!/^\d+$/u.test(text) || others.length > 0) throw unknownCommand(command);
	return said(numbered(Number(text)));
};
