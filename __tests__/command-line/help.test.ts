import {describe, expect, test} from '@jest/globals';
import {allCommandNames, commandNames, examples} from '../../src/command-line/commands.ts';
import {everyFlag} from '../../src/command-line/flags-of-command.ts';
import {helpPage} from '../../src/command-line/help.ts';
import {parseRequest} from '../../src/command-line/request.ts';
import {groups} from '../../src/settings/option.ts';
import {optionNames, optionOf} from '../../src/settings/options.ts';

const pages = [undefined, ...commandNames] as const;

describe.each([80, 100])('at %i columns', (columns) => {
	test.each(pages)('the help page of %s fits', (command) => {
		const lines = helpPage(command, columns).split('\n');
		expect(lines.filter((line) => line.length > columns)).toEqual([]);
	});
});

test.each([80, 100])('the page of the program fits a screen of 40 lines and %i columns', (columns) => {
	const lines = helpPage(undefined, columns).trimEnd().split('\n');
	expect(lines.length).toBeGreaterThanOrEqual(24);
	expect(lines.length).toBeLessThanOrEqual(40);
});

test('the page of the program has each command on a line, and the common options', () => {
	const page = helpPage(undefined, 80);
	for (const command of allCommandNames) expect(page).toMatch(new RegExp(`^  ${command} +[A-Z].*\\.$`, 'mu'));
	const common = everyFlag.filter(({isCommon}) => isCommon);
	expect(common.map(({name}) => name)).toEqual(expect.arrayContaining(['json', 'help', 'version']));
	for (const {name, short} of common)
		expect(page).toMatch(new RegExp(`^ +${short === undefined ? '' : `-${short}, `}--${name} .*\\.$`, 'mu'));
	expect(page).not.toContain('--port <');
});

test('the page of the program has two examples that are understood, and says where more is', async () => {
	const page = helpPage(undefined, 80);
	expect(examples).toHaveLength(2);
	for (const {command, does} of examples) {
		expect(page).toContain(`  ${command}  `);
		expect(page.replaceAll(/\s+/gu, ' ')).toContain(does);
		const [, ...words] = command.split(' ');
		const request = await parseRequest(words, {environment: {}, read: async () => '{}'});
		expect(request.problems).toEqual([]);
	}
	expect(page).toMatch(/^  vira-setup help install  lists every setting/mu);
	expect(page).toMatch(/^  vira-setup help COMMAND /mu);
	expect(page).toMatch(/^  man vira-setup /mu);
});

test('the page of install lists every setting, in the groups and the order of the form', () => {
	const page = helpPage('install', 1000);
	for (const name of optionNames) expect(page).toContain(optionOf(name).help);
	const headings = [...page.matchAll(/^([A-Z].*):$/gmu)].map(([, heading]) => heading);
	expect(headings).toEqual(['General options', ...Object.values(groups), 'Help']);
	expect(page).toContain('The command can also be written as setup.');
});

test('flags with a value, with an optional value, switches and lists are shown as they are typed', () => {
	const page = helpPage('install', 1000);
	expect(page).toMatch(/^ +--config <FILE> +Read settings from a JSON file; - is standard input\.$/mu);
	expect(page).toMatch(
		/^ +--simulate \[MACHINE\] +Try .* One of linux, macos, macos-headless\. \(default: linux\)$/mu,
	);
	expect(page).toMatch(/^  --\[no-\]https +Serve the web interface over HTTPS\. \(default: on\)$/mu);
	expect(page).toMatch(/^  --extra-package <PACKAGE> +.* Can be repeated\.$/mu);
	expect(page).toMatch(/^  --no-extra-package +Clear this list\.$/mu);
	expect(page).toMatch(/^  -h, --help +Show this help\.$/mu);
	expect(page).toMatch(/^  -V, --version +Print the version\.$/mu);
});

test('a command has a help page with its own flags', () => {
	expect(helpPage('export', 80)).toMatch(/^Usage: vira-setup export [^]*^ +--format <FORMAT>/mu);
	expect(helpPage('install', 80)).not.toContain('--format');
	expect(helpPage('export', 80)).not.toContain('--dry-run');
});
