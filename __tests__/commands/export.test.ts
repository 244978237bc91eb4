import {expect, test} from '@jest/globals';
import type {System} from '../../src/platform/system.ts';
import {parseRequest} from '../../src/command-line/request.ts';
import {exportSettings} from '../../src/commands/export.ts';
import {pictureOf} from '../support/picture-of.ts';
import {simulate} from '../support/simulated-linux.ts';
import {run} from '../support/run-command.ts';

const around = {environment: {}, read: () => Promise.resolve(undefined)};

/** The output of an export, and its messages. */
const exported = async (system: System, words: readonly string[] = [], isTerminal = false) => {
	const request = await parseRequest(['export', ...words], around);
	const printed: string[] = [];
	const notes: string[] = [];
	await exportSettings(
		{request, system},
		{print: (text) => printed.push(text), note: (line) => notes.push(line), isTerminal},
	);
	return {text: printed.join(''), notes};
};

const settingsFile = '/home/alice/.config/vira-setup/settings.json';

test('--format json prints the settings file as it was written, including keys of other versions', async () => {
	const system = await simulate();
	await run(system, '--port', '8443', '--environment', 'A=a b');
	const written = (await system.readFile(settingsFile)) ?? '';
	expect(await exported(system, ['--format', 'json'])).toEqual({text: written, notes: []});
	const later = `${JSON.stringify({...JSON.parse(written), later: 1}, undefined, '\t')}\n`;
	await system.writeFile(settingsFile, later, 0o600);
	expect(await exported(system, ['--format', 'json'])).toEqual({text: later, notes: []});
	expect((await exported(system)).notes).toEqual([
		'Saved settings that this version does not know are left out: later.',
	]);
});

test('the current settings are printed for Home Manager, with the given changes', async () => {
	const system = await simulate();
	await run(system, '--port', '8443', '--hostname', '127.0.0.1');
	const before = await pictureOf(system);
	const {text, notes} = await exported(system, ['--port', '9000']);
	expect(text).toMatch(/^services\.vira = \{\n[^]*hostname = "127\.0\.0\.1";\n {2}port = 9000;\n[^]*\};\n$/u);
	expect(notes).toEqual([]);
	expect(await pictureOf(system)).toEqual(before);
});

test('without a setup, and on an unsupported machine, the defaults are printed', async () => {
	const bare = {
		systemd: undefined,
		booted: false,
		container: 'docker',
		session: false,
		vira: undefined,
		nix: undefined,
	};
	const system = await simulate({...bare, user: {name: 'root', uid: 0, home: '/root', sudoFrom: undefined}});
	const {text, notes} = await exported(system, ['--format', 'json', '--port', '1']);
	expect(JSON.parse(text)).toMatchObject({schema: 1, hostname: 'localhost', port: 1});
	expect(JSON.parse(text)).not.toHaveProperty('package');
	expect(notes).toEqual([
		'Vira is not set up here: these are the defaults, with the given options.',
		'Vira was not found on this machine.',
	]);
	expect((await exported(system)).text).toContain('stateDir = "/root/.local/share/vira/state";');
});

test('settings that could not be applied are still printed, with a warning', async () => {
	const {text, notes} = await exported(await simulate(), ['--tls-cert', '/etc/vira.crt']);
	expect(text).toContain(
		'# Not in the module, which supports only Vira\'s own certificate: tlsCert = "/etc/vira.crt".',
	);
	expect(notes).toContain(
		'vira-setup would reject tlsKey: A certificate needs its key: set both, or neither.',
	);
});

test('secrets are printed in plain text, with a notice in a terminal', async () => {
	const system = await simulate();
	const words = ['--environment', 'TOKEN=hunter2'];
	const mind = 'It contains secrets in plain text: mind who can see this screen or record it.';
	expect((await exported(system, words, true)).notes).toContain(mind);
	expect((await exported(system, [], true)).notes).not.toContain(mind);
	const {text, notes} = await exported(system, words);
	expect(text).toContain('TOKEN = "hunter2";');
	expect(notes).not.toContain(mind);
});

test.each([
	[
		['export', '--dry-run', '--wait', '3'],
		'--dry-run is not valid with "export".\n--wait is not valid with "export".',
	],
	[['export', '--plain'], '--plain is not valid with "export".'],
	[
		['--json', 'export'],
		'--json is not valid with "export". To print the settings as JSON, use --format json.',
	],
	[['--format', 'json'], '--format is not valid with "install". Use it with "export".'],
	[['export', '--format', 'yaml'], '--format yaml: Must be one of: home-manager, json.'],
	[
		['--simulate', 'export', '--format', 'json'],
		'--simulate: Unknown machine "export". Must be one of: linux, macos, macos-headless.',
	],
	[['completion'], 'completion needs the name of a shell: bash, zsh, fish.'],
	[['completion', 'fishh'], 'completion needs the name of a shell: bash, zsh, fish. Did you mean fish?'],
	[
		['completion', 'zsh', '--port', '1', '--json'],
		'--json is not valid with "completion".\n--port is not valid with "completion".',
	],
	[['export', 'json'], 'Unexpected argument "json". If a value contains spaces, quote it.'],
])('%j is refused', async (words, message) => {
	await expect(parseRequest(words, around)).rejects.toThrow(new Error(message));
});

test.each([
	[['exprot'], /^Unknown command "exprot"\. Did you mean export\?$/u],
	[['status-quo'], /^Unknown command "status-quo"\. Use one of: install, .*, completion, help, version\.$/u],
	[['--plain', 'status-quo'], /^Unknown command\. Use one of: install, .*, completion, help, version\.$/u],
])('%j is not a command', async (words, message) => {
	await expect(parseRequest(words, around)).rejects.toThrow(message);
});
