import {overrideOf, majorVersion, servicesIn, uidOf} from './mac.ts';
import type {Domain, LaunchedService, MacState} from './mac-state.ts';
import {block} from './printed-service.ts';

/** The last exit of a service in one number, as `launchctl list` has it: a signal is negative. */
export const statusOf = ({last}: LaunchedService): string => {
	if (last.how === 'never') return '0';
	return String(last.how === 'exit' ? last.code : -last.signal);
};

const disabledLines = (mac: MacState, domain: Domain): readonly string[] => {
	const [on, off] = majorVersion(mac) >= 13 ? ['enabled', 'disabled'] : ['false', 'true'];
	const labels = Object.keys(mac.overrides[String(uidOf(domain) ?? 'system')] ?? {});
	return block(
		'disabled services',
		labels.map((label) => `"${label}" => ${overrideOf(mac, domain, label) === 'disabled' ? off : on}`),
	);
};

/** What `launchctl print-disabled` says: the same for both domains of a user. */
export const disabledText = (mac: MacState, domain: Domain): string =>
	[
		'',
		...disabledLines(mac, domain).map((line) => `\t${line}`),
		'',
		...(majorVersion(mac) >= 13 ? block('login item associations', []).map((line) => `\t${line}`) : []),
	].join('\n');

const head = (mac: MacState, domain: Domain): readonly string[] => {
	const [kind, number = ''] = domain.split('/');
	const {gui = false, asid = 0} = mac.domains[number] ?? {};
	const {length} = servicesIn(mac, domain);
	const counts = [`active count = ${length}`, `service count = ${length}`];
	if (kind === 'system') return ['type = system', 'handle = 0', ...counts];
	if (kind === 'gui')
		return [
			'type = login',
			`handle = ${asid}`,
			...counts,
			'creator = loginwindow[415]',
			'creator euid = 0',
			'session = Aqua',
		];
	return [
		'type = user',
		`handle = ${number}`,
		...counts,
		'session = Background',
		...(gui ? [`gui asid = ${asid}`] : []),
	];
};

/** What `launchctl print` says of a domain. */
export const domainText = (mac: MacState, domain: Domain): string => {
	const services = servicesIn(mac, domain);
	const rows = services.map(
		(one) =>
			`${String(one.pid ?? 0).padStart(8)} ${(one.last.how === 'never' ? '-' : statusOf(one)).padStart(6)} \t${one.label}`,
	);
	return block(domain, [
		...head(mac, domain),
		...block('services', rows),
		...disabledLines(mac, domain),
	]).join('\n');
};
