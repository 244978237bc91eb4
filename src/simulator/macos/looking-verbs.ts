import {said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {macOf} from './mac.ts';
import {disabledText, domainText} from './printed-domain.ts';
import {serviceText} from './printed-service.ts';
import {notLoaded} from './target.ts';
import {loadedAt, reachDomain, withoutFlags, type Verb} from './verb.ts';

export const print: Verb = (call) => {
	const mac = macOf(call.machine);
	const [text, ...others] = withoutFlags(call, []);
	const reached = reachDomain(call, {text}, {begins: 'Could not print domain', looks: true});
	if (!('target' in reached)) return reached;
	if (others.length > 0) throw unknownCommand(call.command);
	const {domain, label} = reached.target;
	if (label === undefined) return said(domainText(domain));
	const service = loadedAt(call, {domain, label});
	return service ? said(serviceText(service, mac)) : notLoaded(mac, {domain, label}, true);
};

export const printDisabled: Verb = (call) => {
	const [text, ...others] = withoutFlags(call, []);
	const reached = reachDomain(call, {text}, {begins: 'Could not print disabled services', looks: true});
	if (!('target' in reached)) return reached;
	if (reached.target.label !== undefined || others.length > 0) throw unknownCommand(call.command);
	return said(disabledText(macOf(call.machine), reached.target.domain));
};
