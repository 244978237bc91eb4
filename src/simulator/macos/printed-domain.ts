import {overrideOf, majorVersion, uidOf} from './mac.ts';
import type {Domain, MacState} from './mac-state.ts';
import {block} from './printed-service.ts';

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
