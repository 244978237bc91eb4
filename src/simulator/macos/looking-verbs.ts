import {said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import type {MacState, Domain} from './mac-state.ts';
import {macOf, uidOf, overrideOf, majorVersion} from './mac.ts';
import {block, serviceText} from './printed-service.ts';
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
const disabledLines = (mac: MacState, domain: Domain): readonly string[] => {
	const [on, off] = majorVersion(mac) >= 13 ? ['enabled', 'disabled'] : ['false', 'true'];
	const labels = Object.keys(mac.overrides[String(uidOf(domain) ?? 'system')] ?? {});
	return block(
		'disabled services',
		labels.map((label) => `"${label}" => ${overrideOf(mac, domain, label) === 'disabled' ? off : on}`),
	);
};
/** The output of `launchctl print-disabled`: the same for both domains of a user. */

export const disabledText = (mac: MacState, domain: Domain): string =>
	[
		'',
		...disabledLines(mac, domain).map((line) => `\t${line}`),
		'',
		...(majorVersion(mac) >= 13 ? block('login item associations', []).map((line) => `\t${line}`) : []),
	].join('\n');
/** The first lines of `launchctl print` for a domain: only its existence is read. */

export const domainText = (domain: Domain): string =>
	block(domain, [`type = ${domain.split('/')[0] ?? ''}`]).join('\n');
