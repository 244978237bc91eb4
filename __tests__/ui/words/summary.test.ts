import {expect, test} from '@jest/globals';
import type {Preview} from '../../../src/steps/plan/preview.ts';
import type {SettingChange} from '../../../src/steps/plan/changes.ts';
import {changeLines, costOf, summary} from '../../../src/ui/words/planned-changes.ts';
import {preview, proposal} from '../ink/fixture.ts';

const told = (settings: Partial<typeof proposal.settings>, seen: Partial<Preview> = {}): string =>
	summary({
		...proposal,
		settings: {...proposal.settings, ...settings},
		preview: {...preview, url: 'https://localhost:5005/', ...seen},
	});

test('a setup is summed up in one sentence: account, address, start, jobs and repositories', () => {
	expect(told({jobRetentionDays: 14, repositories: {vira: 'https://example.org/vira'}})).toBe(
		'Vira will run as alice, listen on https://localhost:5005/ (this machine only), start at boot, keep finished jobs 14 days, and build 1 repository.',
	);
});

test.each([
	[{jobRetentionDays: 0}, {}, 'keep finished jobs forever'],
	[{jobRetentionDays: 1}, {}, 'keep finished jobs 1 day,'],
	[{repositories: {}}, {startsAtBoot: false}, 'that you add on its page, and not start at boot.'],
	[
		{repositories: {}},
		{startsAtBoot: false, startsAtLogin: true},
		'on its page, and start when you log in, not at boot.',
	],
	[{repositories: {}}, {}, 'and build the repositories that you add on its page.'],
	[{repositories: {one: 'https://a.org/1', two: 'https://a.org/2'}}, {}, 'and build 2 repositories.'],
])('of %j and %j it says "%s…"', (settings, seen, words) => {
	expect(told(settings, seen)).toContain(words);
});

test('whether it starts at boot is left out if it is unknown', () => {
	expect(told({}, {startsAtBoot: undefined})).not.toContain('boot');
});

const line = (change: SettingChange): string => changeLines({...preview, changed: [change]})[0] ?? '';

test.each([
	[{option: 'port', from: 5005, to: 8443}, 'Port  5005 → 8443'],
	[{option: 'https', from: true, to: false}, 'HTTPS  on → off'],
	[{option: 'jobRetentionDays', from: 14, to: 0}, 'Keep finished jobs  14 days → forever'],
	[{option: 'tlsCert', from: undefined, to: '/a.pem'}, 'Certificate  not set → /a.pem'],
	[
		{option: 'extraPackages', from: [], to: [], items: {added: ['/c'], changed: [], removed: ['/a']}},
		'added /c; removed /a',
	],
] as const)('the change %j is shown as "%s"', (change, words) => {
	expect(line(change)).toContain(words);
});

test('the labels of several changes are aligned', () => {
	const changed = [
		{option: 'port', from: 5005, to: 8443},
		{option: 'hostname', from: 'localhost', to: '0.0.0.0'},
	] as const;
	const [one = '', other = ''] = changeLines({...preview, changed});
	expect(one.indexOf('5005')).toBe(other.indexOf('localhost'));
});

test.each(['0.0.0.0', '::'])('if Vira listens on %s, the summary says all addresses', (hostname) => {
	expect(told({hostname, port: 7000}, {reachableFrom: 'others'})).toContain(
		'listen on port 7000 of all addresses (others),',
	);
});

test.each([
	['restart', 'Vira restarts'],
	['stop', 'Vira stops'],
] as const)('a %s of a running Vira is named as the cost', (interrupts, words) => {
	expect(costOf({...preview, interrupts})).toContain(words);
	expect(costOf({...preview, interrupts: undefined})).toBeUndefined();
});
