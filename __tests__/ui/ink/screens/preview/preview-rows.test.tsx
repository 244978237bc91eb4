import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import type {Preview} from '../../../../../src/steps/plan/preview.ts';
import {widthOf} from '../../../../../src/ui/text.ts';
import {previewRows} from '../../../../../src/ui/ink/screens/preview/rows.ts';
import {Rows} from '../../../../../src/ui/ink/components/toned.tsx';
import {Summary} from '../../../../../src/ui/ink/screens/preview/view.tsx';
import {firstState} from '../../../../../src/ui/ink/wizard-state.ts';
import {component, withCodes} from '../../drawn.tsx';
import {preview, proposal} from '../../fixture.ts';

const folders = '/home/alice/.nix-profile/bin:/home/alice/.local/state/nix/profile/bin:/usr/bin';
const long: Preview = {
	...preview,
	folders: ['/home/alice/a-folder/with/a/name/that/is/longer/than/the/window'],
	files: [
		{
			path: '/home/alice/.config/systemd/user/vira.service',
			mode: '0600',
			change: 'changed',
			lines: [
				{mark: 'same', text: '[Service]'},
				{mark: 'added', text: 'ExecStart="/bin/vira" "--state-dir" "/home/alice/s" "web"'},
				{mark: 'removed', text: `Environment="PATH=${folders}"`},
			],
			why: 'the service',
		},
	],
	commands: [{command: ['loginctl', 'enable-linger', 'somebody-with-a-long-name'], why: 'starts it'}],
};

/** All rows in a window of this size. */
const allAt = (width: number, shown: Preview, room = 10): readonly string[] =>
	previewRows({...proposal, preview: shown}, {home: '/home/alice', width, room}).rows.map((row) =>
		row.map(({text}) => text).join(''),
	);

/** The rows below the words, which end with the only step. */
const textsAt = (width: number, shown: Preview = long): readonly string[] => {
	const rows = allAt(width, shown);
	return rows.slice(rows.indexOf('  Change the service') + 2);
};

test('it begins with words: what changes, what that interrupts, and the steps; then the files', () => {
	expect(allAt(80, preview).slice(0, 9)).toEqual([
		'Changed settings:',
		'  Port  5005 → 5006',
		'',
		'! Vira restarts: builds that are running now are interrupted.',
		'',
		'Steps:',
		'  Change the service',
		'',
		'~/.config/systemd/user/vira.service  changed, mode 0600',
	]);
});

test('of a new service only the words are on the first screen; its files begin right below', () => {
	const rows = allAt(80, {...preview, first: true, changed: [], interrupts: undefined}, 16);
	expect(rows[0]).toMatch(/^Vira will run as alice, /u);
	expect(rows.findIndex((row) => row.startsWith('~/.config/systemd'))).toBe(16);
});

test('what a warning says is not among the words as well: it stays visible below them', () => {
	const [warning] = preview.warnings;
	expect(allAt(200, preview).join('\n')).not.toContain(warning?.message ?? '');
});

test('a line longer than the window wraps below, indented further', () => {
	expect(textsAt(40)).toEqual([
		'~/.config/systemd/user/vira.service',
		'  changed, mode 0600',
		'    [Service]',
		'  + ExecStart="/bin/vira" "--state-dir"',
		'      "/home/alice/s" "web"',
		'  - Environment="PATH=/home/alice/.nix-p',
		'      rofile/bin:',
		'      /home/alice/.local/state/nix/profi',
		'      le/bin:/usr/bin"',
		'',
		'Commands, in this order',
		'  loginctl enable-linger',
		'      somebody-with-a-long-name',
		'    starts it',
		'',
		'New folders',
		'  + ~/a-folder/with/a/name/that/is/longe',
		'      r/than/the/window',
	]);
});

test('a line that is indented too far begins with its first word', () => {
	const lines = [{mark: 'added', text: `${' '.repeat(8)}<string>org.vira.service</string>`}] as const;
	const file = {path: '/f', mode: '0644', change: 'new', lines, why: ''} as const;
	expect(textsAt(40, {...preview, files: [file]}).slice(0, 2)).toEqual([
		'/f  new, mode 0644',
		'  + <string>org.vira.service</string>',
	]);
});

test('the part of a changed line that differs is underlined and bold, without colors too', () => {
	const {rows} = previewRows({...proposal, preview}, {home: '/home/alice', width: 80, room: 10});
	const drawnRows = withCodes(<Rows rows={rows} />, firstState({columns: 80, rows: 24}));
	const underlined = /^.*\u001B\[4m.*$/gmu;
	expect(drawnRows.match(underlined)).toEqual([
		'  - ExecStart=/home/alice/.nix-profile/bin/vira --port \u001B[1m\u001B[4m5005\u001B[24m\u001B[22m',
		'  + ExecStart=/home/alice/.nix-profile/bin/vira --port \u001B[1m\u001B[4m5006\u001B[24m\u001B[22m',
	]);
});

test('the purpose of an internal file is shown instead of its content', () => {
	const file = {path: '/home/alice/receipt.json', mode: '0600', change: 'new', lines: []} as const;
	const why = 'record what was created, for status and uninstall';
	expect(textsAt(80, {...preview, files: [{...file, why}]}).slice(0, 3)).toEqual([
		'~/receipt.json  new, mode 0600',
		`    ${why}`,
		'',
	]);
});

const code = fc.array(fc.constantFrom('a', ' ', '"', ':', '/', '界', '👩‍💻', 'word', 'https://x'), {
	maxLength: 60,
});

test('at every width every character is shown, and no line is wider than the window', () => {
	fc.assert(
		fc.property(code, fc.integer({min: 20, max: 120}), (parts, width) => {
			const text = parts.join('');
			const file = {
				path: '/f',
				mode: '0600',
				change: 'new',
				lines: [{mark: 'added', text}],
				why: '',
			} as const;
			const all = textsAt(width, {...preview, files: [file]});
			expect(Math.max(...all.map(widthOf))).toBeLessThanOrEqual(width);
			const blank = all.indexOf('');
			const shown = all.slice(0, blank).join('').replaceAll(/\s/gu, '');
			expect(shown.endsWith(`+${text.replaceAll(/\s/gu, '')}`)).toBe(true);
		}),
	);
});

test('the fix for a warning is shown below it', () => {
	const warnings = [
		{code: 'log-large' as const, message: 'The log is large.', fixes: [{say: 'Free some room.'}]},
	];
	const state = firstState({columns: 80, rows: 24});
	expect(
		component(<Summary proposal={{...proposal, preview: {...preview, warnings}}} />, state).slice(0, 2),
	).toEqual(['! The log is large.', '  Free some room.']);
});
