import {execFileSync} from 'node:child_process';
import {expect, test} from '@jest/globals';
import fc from 'fast-check';
import {defaultSettings, withGiven, type Settings} from '../../src/settings/options.ts';
import {parseRequest} from '../../src/command-line/request.ts';
import {equivalentCommand} from '../../src/ui/words/phrases.ts';
import {printCommand} from '../../src/commands/export.ts';
import {anySettings} from '../support/any-settings.ts';
import {simulate} from '../support/simulated-linux.ts';
import {run} from '../support/run-command.ts';
import {validDocument} from '../support/valid-document.ts';

/** The output on a machine where this was set up, and its messages. */
const printedOn = async (
	saved: readonly string[],
	words: readonly string[],
	{environment = {}, file}: {environment?: Record<string, string>; file?: string} = {},
) => {
	const system = await simulate();
	await run(system, ...saved);
	const request = await parseRequest(['--print-command', ...words], {
		environment,
		read: () => Promise.resolve(file),
	});
	const printed: string[] = [];
	const notes: string[] = [];
	const print = (text: string) => printed.push(text);
	await printCommand({request, system}, {print, note: (line) => notes.push(line)});
	return {text: printed.join(''), notes};
};

test('it has the saved values and those from the file, variables and flags, each overriding the one before', async () => {
	const {text, notes} = await printedOn(
		['--port', '2001', '--hostname', '::1', '--log-level', 'Debug', '--job-retention-days', '1'],
		['--port', '2002', '--config', 'f'],
		{
			environment: {VIRA_SETUP_HOSTNAME: '127.0.0.1', VIRA_SETUP_PORT: '2003'},
			file: '{"hostname": "x", "logLevel": "Error"}',
		},
	);
	expect(text).toBe(
		'vira-setup --non-interactive --hostname 127.0.0.1 --port 2002 --job-retention-days 1 --log-level Error\n',
	);
	expect(notes).toEqual([]);
});

test('flags of the run are included, except for those that it replaces', async () => {
	const {text} = await printedOn(
		[],
		['--overwrite', '--simulation-folder', '/a b', '--wait', '9', '--check', '--non-interactive'],
	);
	expect(text).toBe("vira-setup --non-interactive --check --overwrite --wait 9 --simulation-folder '/a b'\n");
});

test('each secret is replaced by a variable that the shell requires', async () => {
	const {text, notes} = await printedOn(
		[],
		[
			...['--environment', 'API_TOKEN=s3cr3t', '--environment', 'LANG=C'],
			...[
				'--repository',
				'my-app=https://u:s3cr3tword@h/x',
				'--repository',
				'my.app=https://u:s3cr3tword2@h/x',
			],
			...['--service-config', 'SetCredential=id:s3cr3t data'],
		],
	);
	expect(text).not.toMatch(/s3cr3tword|TOKEN=s3|id:s3/u);
	expect(text).toContain(' --repository my-app=https://u:"${SECRET_MY_APP:?}"@h/x');
	expect(text).toContain(' --repository my.app=https://u:"${SECRET_MY_APP_2:?}"@h/x');
	expect(text).toContain(' --environment API_TOKEN="${SECRET_API_TOKEN:?}" --environment LANG=C');
	expect(text).toContain(' --service-config SetCredential=id:"${SECRET_SETCREDENTIAL:?}"');
	expect(notes).toEqual([
		'Secrets are not shown. Before you run the command, set SECRET_MY_APP, SECRET_MY_APP_2, SECRET_API_TOKEN, SECRET_SETCREDENTIAL.',
	]);
});

test('with --json it is a field of the one document', async () => {
	const {text, notes} = await printedOn([], ['--json', '--environment', 'API_TOKEN=s3cr3t']);
	expect(validDocument(text)).toEqual({
		schema: 2,
		command: 'install',
		outcome: 'command-line',
		changed: false,
		commandLine: 'vira-setup --non-interactive --environment API_TOKEN="${SECRET_API_TOKEN:?}"',
		secrets: ['SECRET_API_TOKEN'],
	});
	expect(notes).toEqual([]);
});

test('a command that would be refused is not printed', async () => {
	await expect(printedOn([], ['--port', '0', '--tls-cert', '/c'])).rejects.toMatchObject({
		failure: {exit: 2, message: expect.stringMatching(/--port 0: [^]*--tls-key: /u)},
	});
});

/** What the program would receive if the command were pasted into bash, with the secrets set. */
const pasted = (text: string, secrets: Readonly<Record<string, string>>): readonly string[] =>
	execFileSync('bash', ['--norc', '-c', `vira-setup() { printf '%s\\0' "$@"; }; ${text}`], {
		encoding: 'utf8',
		env: {LC_ALL: 'C.UTF-8', ...secrets},
		stdio: 'pipe',
	})
		.split('\0')
		.slice(0, -1);

const defaults = defaultSettings({vira: '/vira'});

test('pasted into a shell it gives the same settings', async () => {
	await fc.assert(
		fc.asyncProperty(anySettings, async (settings: Settings) => {
			const {text, secrets} = equivalentCommand(settings, defaults);
			fc.pre(secrets.length === 0 && Buffer.byteLength(text) < 100_000);
			const {given} = await parseRequest(pasted(text, {}), {
				environment: {},
				read: () => Promise.resolve(undefined),
			});
			expect(withGiven(defaults, ...given)).toEqual(settings);
		}),
		{numRuns: 40},
	);
});

test('with the secrets in their variables it gives them too, and without them the shell refuses', async () => {
	const settings = {
		...defaults,
		environment: {API_TOKEN: "a 'b' $c"},
		repositories: {a: 'https://u:pw!pw@h/x'},
	};
	const {text} = equivalentCommand(settings, defaults);
	const words = pasted(text, {SECRET_API_TOKEN: "a 'b' $c", SECRET_A: 'pw!pw'});
	const {given} = await parseRequest(words, {environment: {}, read: () => Promise.resolve(undefined)});
	expect(withGiven(defaults, ...given)).toEqual(settings);
	expect(() => pasted(text, {})).toThrow('SECRET_A');
});

const key = '-----BEGIN RSA PRIVATE KEY-----\nabc\n-----END RSA PRIVATE KEY-----\n';

test.each([
	['ExecStartPre', '/bin/a --token=zq1 -v', {SECRET_EXECSTARTPRE: 'zq1'}],
	['ExecStartPre', '/bin/a "API_TOKEN=zq1 zq2" -v', {SECRET_EXECSTARTPRE: 'zq1 zq2'}],
	['DSN', 'user=a password=zq1 sslmode=require', {SECRET_DSN: 'zq1'}],
	['CONFIG', '{"API_KEY": 1234, "a": 1}', {SECRET_CONFIG: '{"API_KEY": 1234, "a": 1}'}],
	['DEPLOY', `${key}\n\n`, {SECRET_DEPLOY: `${key}\n\n`}],
	['TWO', 'https://me:zq1@h/x#token=zq2', {SECRET_TWO: 'zq1', SECRET_TWO_2: 'zq2'}],
])('with the secrets set, the command gives the exact value: %s=%s', (name, value, secrets) => {
	const option = name === 'ExecStartPre' ? 'serviceConfig' : 'environment';
	const command = equivalentCommand({...defaults, [option]: {[name]: value}}, defaults);
	expect(command.text).not.toMatch(/zq|abc/u);
	expect(command.secrets).toEqual(Object.keys(secrets));
	expect(pasted(command.text, secrets).at(-1)).toBe(`${name}=${value}`);
});
