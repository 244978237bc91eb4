import {describe, expect, test} from '@jest/globals';
import {allCommandNames, commandNames} from '../../src/command-line/commands.ts';
import {helpPage} from '../../src/command-line/help.ts';
import {optionNames, optionOf} from '../../src/settings/options.ts';

const pages = [undefined, ...commandNames] as const;

describe.each([80, 100])('at %i columns', (columns) => {
	test.each(pages)('the help page of %s fits', (command) => {
		const lines = helpPage(command, columns).split('\n');
		expect(lines.filter((line) => line.length > columns)).toEqual([]);
	});
});

test('the help page lists every command and every setting', () => {
	const page = helpPage(undefined, 1000);
	for (const command of allCommandNames) expect(page).toMatch(new RegExp(`^  ${command} +[A-Z]`, 'mu'));
	for (const name of optionNames) expect(page).toContain(optionOf(name).help);
});

test('flags with a value, with an optional value, switches and lists are shown as they are typed', () => {
	const page = helpPage(undefined, 1000);
	expect(page).toMatch(/^  --config <FILE> +Read settings from a JSON file; - is standard input\.$/mu);
	expect(page).toMatch(
		/^  --simulate \[MACHINE\] +Try .* One of linux, macos, macos-headless\. \(default: linux\)$/mu,
	);
	expect(page).toMatch(/^  --\[no-\]https +Serve the web interface over HTTPS\. \(default: on\)$/mu);
	expect(page).toMatch(/^  --extra-package <PACKAGE> +.* Can be repeated\.$/mu);
	expect(page).toMatch(/^  --no-extra-package +Clear this list\.$/mu);
});

test('a command has a help page with its own flags', () => {
	expect(helpPage('export', 80)).toMatch(/^Usage: vira-setup export [^]*^  --format <FORMAT>/mu);
	expect(helpPage('install', 80)).not.toContain('--format');
	expect(helpPage('export', 80)).not.toContain('--dry-run');
});
