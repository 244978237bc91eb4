import {describe, expect, test} from '@jest/globals';
import {shells, commandNames} from '../../src/command-line/commands.ts';
import {consents} from '../../src/command-line/run-flags.ts';
import {completionScript} from '../../src/commands/completion.ts';
import {helpPage} from '../../src/command-line/help.ts';
import {manualPage} from '../../scripts/generate/manual.ts';
import {parseRequest} from '../../src/command-line/request.ts';

test.each([
	['stop', true],
	['stop --json', false],
	['stop --non-interactive', false],
	['doctor --fix', true],
	['doctor --fix --json', false],
])('%s: whether sudo can ask for a password at the terminal is %j', async (typed, mayBeAsked) => {
	const request = await parseRequest(typed.split(' '), {environment: {}, read: async () => undefined});
	expect(request.mayBeAsked).toBe(mayBeAsked);
});

test.each([
	['--wait 0', '--wait 0: Must be a whole number of seconds from 1 to 3600.'],
	['--wait 3601', '--wait 3601: Must be a whole number of seconds from 1 to 3600.'],
	['--wait 1.5', '--wait 1.5: Must be a whole number of seconds from 1 to 3600.'],
	['rollback --to 0', '--to 0: Must be 1, 2 or 3, the number of backups that are kept.'],
	['rollback --to 4', '--to 4: Must be 1, 2 or 3, the number of backups that are kept.'],
	['logs --lines -1', '--lines -1: Must be a whole number, such as 100.'],
	['--wait zq8value', '--wait: Must be a whole number of seconds from 1 to 3600.'],
	['logs --since=', '--since: Must be a time, such as yesterday.'],
	['export --format xml', '--format xml: Must be one of: home-manager, json.'],
])('%s is a usage error', async (typed, message) => {
	const parsing = parseRequest(typed.split(' '), {environment: {}, read: async () => undefined});
	await expect(parsing).rejects.toMatchObject({failure: {message, exit: 2}});
});

test.each([
	[['--hostname', 'a b'], "--hostname 'a b': Must be a host name"],
	[['--repository', 'x=foo'], '--repository: x=foo: Must be a Git URL'],
	[['--environment', 'sesame'], '--environment: item 1: Must have the form'],
])('the refusal of %j names the value, unless it may be a secret', async (words, message) => {
	const parsing = parseRequest(words, {environment: {}, read: async () => undefined});
	await expect(parsing).rejects.toThrow(message);
});

const parse = (...words: readonly string[]) =>
	parseRequest(words, {environment: {}, read: async () => undefined});

test.each([
	['uninstal', 'Unknown command "uninstal".'],
	['unistall', 'Unknown command "unistall".'],
	['statsu', 'Unknown command "statsu". Did you mean status?'],
	['verison', 'Unknown command "verison". Did you mean version?'],
	['help statsu', 'Unknown command "statsu". Did you mean status?'],
	['help uninstal', 'Unknown command "uninstal".'],
	['--purg', 'Unknown option --purg.'],
	['--json=true', '--json does not take a value. Use --json, or leave it out.'],
	['--json false', '--json does not take a value. Use --json, or leave it out.'],
	['--dry-run=no', '--dry-run does not take a value. Use --dry-run, or leave it out.'],
	['uninstall --purge no', '--purge does not take a value. Use --purge, or leave it out.'],
	['--help=yes', '--help does not take a value. Use --help, or leave it out.'],
	['--no-https=true', '--no-https does not take a value. Use --https or --no-https.'],
	['--no-linger off', '--no-linger does not take a value. Use --linger or --no-linger.'],
	['--no-tls-cert=/c', '--no-tls-cert does not take a value. Use --tls-cert FILE or --no-tls-cert.'],
	['-y=no', '--yes does not take a value. Use --yes, or leave it out.'],
	['-qy=no', '--yes does not take a value. Use --yes, or leave it out.'],
	['-x=no', 'Unknown option -x.'],
	['--no-json', 'Unknown option --no-json. Leave out --json.'],
	['--no-plain', 'Unknown option --no-plain. Leave out --plain.'],
	['--https never', 'The value of --https must be yes or no.'],
	['--dry-run --https never', 'The value of --https must be yes or no.'],
	['--https statsu', 'Unknown command "statsu". Did you mean status?'],
	['-v2', 'Unknown option.'],
	['-- --port 3', 'Options cannot follow "--". Leave it out.'],
	[
		'frobnicate',
		'Unknown command "frobnicate". Use one of: install, status, start, stop, restart, logs, doctor, check-repository, update, rollback, uninstall, export, completion, help, version.',
	],
	['-q', '--quiet is not valid in a run that asks. Add --yes, which accepts every default.'],
	['uninstall -q', '--quiet is not valid in a run that asks. Add --yes, which accepts every default.'],
	['completion bash -q', '--quiet is not valid with "completion".'],
	['-yqv', '--quiet and --verbose cannot be used together.'],
	['completion bash -v', '--verbose is not valid with "completion".'],
	['setpu', 'Unknown command "setpu". Did you mean setup?'],
	['--overwrit', 'Unknown option --overwrit.'],
	['--allow-state-rest', 'Unknown option --allow-state-rest.'],
	['--disable-lingr', 'Unknown option --disable-lingr.'],
	['status frobnicate', 'Unexpected argument "frobnicate". If a value contains spaces, quote it.'],
	['status restart', 'Unexpected argument "restart". Only one command can be given.'],
	['help status logs', 'Unexpected argument "logs". Only one command can be given.'],
	['status hunter2', 'Unexpected argument. If a value contains spaces, quote it.'],
	['version hunter2', 'Unexpected argument. If a value contains spaces, quote it.'],
	['status --port 1', '--port is not valid with "status".'],
	[
		'--simulate export',
		'--simulate: Unknown machine "export". Must be one of: linux, macos, macos-headless.',
	],
])('%s is answered with what is wrong, and suggests nothing that deletes', async (typed, message) => {
	await expect(parse(...typed.split(' '))).rejects.toMatchObject({failure: {message, exit: 2}});
});

test.each([
	['--prot 1', 'vira-setup help install'],
	['--wait 0', 'vira-setup help install'],
	['logs --lines x', 'vira-setup help logs'],
	['--lines x logs', 'vira-setup help logs'],
	['setup --json=no', 'vira-setup help install'],
	['status --port 1', 'vira-setup help status'],
	['statsu', 'vira-setup --help'],
	['status status', 'vira-setup --help'],
])('the error of %s says that %s lists what is right', async (typed, command) => {
	await expect(parse(...typed.split(' '))).rejects.toMatchObject({failure: {fixes: [{command}]}});
});

test('no word, however mistyped, is answered with a command that deletes', async () => {
	const letters = Array.from('uninstall');
	const mistyped = letters.flatMap((_, at) => [
		letters.toSpliced(at, 1).join(''),
		letters.toSpliced(at, 1, 'x').join(''),
		letters.toSpliced(at, 0, 'x').join(''),
	]);
	for (const word of mistyped) {
		const refused = await parse(word).catch((error: unknown) => error);
		expect(refused).toMatchObject({failure: {message: expect.not.stringMatching(/mean uninstall/u)}});
	}
});

test('no option that accepts a loss is suggested, however it is mistyped', async () => {
	for (const name of consents) {
		const letters = Array.from(name);
		const mistyped = letters.flatMap((_, at) => [
			letters.toSpliced(at, 1).join(''),
			letters.toSpliced(at, 1, 'x').join(''),
			letters.slice(0, at + 1).join(''),
		]);
		for (const word of mistyped.filter((one) => one !== name)) {
			const refused = await parse(`--${word}`).catch((error: unknown) => error);
			expect(refused).toMatchObject({failure: {message: expect.not.stringContaining(`mean --${name}`)}});
		}
	}
});

describe('the switch of a setting takes a value', () => {
	test.each<readonly [typed: string, value: boolean]>([
		...['true', 'yes', 'on', '1', 'Y'].flatMap((text): [string, boolean][] => [
			[`--https=${text}`, true],
			[`--https ${text}`, true],
		]),
		...['false', 'no', 'off', '0', 'N'].flatMap((text): [string, boolean][] => [
			[`--https=${text}`, false],
			[`--https ${text}`, false],
		]),
		['--no-https --https=yes', true],
		['--https=yes --no-https', false],
		['--https=no --https', true],
		['export --https off', false],
		['--https off export', false],
	])('%s', async (typed, value) => {
		const {given} = await parse(...typed.split(' '));
		expect(given.at(-1)?.get('https')).toBe(value);
	});

	test('and a value that is neither is refused', async () => {
		await expect(parse('--https=perhaps')).rejects.toMatchObject({
			failure: {exit: 2, message: '--https perhaps: Must be true or false.'},
		});
	});
});

test('setup is another name of install', async () => {
	expect(await parse('setup', '--port', '1')).toEqual(await parse('install', '--port', '1'));
});

describe('the earlier names of --simulate and --simulation-folder', () => {
	test.each([
		['--rehearse', '--simulate'],
		['--rehearse macos', '--simulate macos'],
		['--rehearse=macos-headless', '--simulate=macos-headless'],
		['--rehearsal-folder /tmp/x', '--simulation-folder /tmp/x'],
		['--rehearsal-folder=/tmp/x', '--simulation-folder=/tmp/x'],
		[
			'status --rehearse macos --rehearsal-folder /tmp/x',
			'status --simulate macos --simulation-folder /tmp/x',
		],
	])('%s is understood as %s', async (former, now) => {
		expect(await parse(...former.split(' '))).toEqual(await parse(...now.split(' ')));
	});

	test('are refused where the new ones are, by the new name', async () => {
		await expect(parse('completion', 'bash', '--rehearse')).rejects.toMatchObject({
			failure: {message: '--simulate is not valid with "completion".'},
		});
	});

	test('are in no page, no manual, no completion', () => {
		const pages = [undefined, ...commandNames].map((command) => helpPage(command, 80));
		for (const text of [...pages, manualPage('1', ''), ...shells.map(completionScript)])
			expect(text).not.toMatch(/rehears/u);
	});

	test.each(['--rehears', '--rehearse-folder', '--rehearsal', '--rehearsel'])(
		'%s is not answered with one',
		async (word) => {
			await expect(parse(word)).rejects.toMatchObject({failure: {message: `Unknown option ${word}.`}});
		},
	);
});
