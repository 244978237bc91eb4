import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {run} from './processes.ts';
import {openWorkshop, type Workshop} from './workshop.ts';

let workshop: Workshop;
let viraThatExitsAtOnce: string;

beforeAll(async () => {
	workshop = await openWorkshop();
	viraThatExitsAtOnce = workshop.viraThat({mode: 'exits-at-once'});
});
afterAll(() => workshop.remove());

// One that exits immediately does so only after it accepted its command line.
const verdict = async (line: string): Promise<string> => {
	const {status, stdout, stderr} = await run(viraThatExitsAtOnce, line.split(' '));
	expect({status, stdout}).toEqual({status: 1, stdout: ''});
	return stderr.includes('Usage: vira') ? (stderr.split('\n')[0] ?? '') : 'accepted';
};

const everyOption =
	'--state-dir /s --log-level Debug --auto-reset-state web --host ::1 --port 80 --base-path /ci --no-https ' +
	'--import /f --max-concurrent-builds 1 --auto-build-new-branches --job-retention-days 0';

test.each([
	'web',
	everyOption,
	'--state-dir=/s web --port=80 --host=',
	'web --tls-cert /c --tls-key /k',
	'web --host --port',
	'--log-level WARN web',
	'--log-level error web',
	'web --port 65536',
	'web --port 0',
	'web --port -1',
	'web --max-concurrent-builds -2',
	'web --port 80 --state-dir /s',
	'web --auto-reset-state --log-level Error',
])('vira %s: accepted', async (line) => {
	expect(await verdict(line)).toBe('accepted');
});

test.each([
	['--no-such web', "Invalid option `--no-such'"],
	['web --no-such', "Invalid option `--no-such'"],
	['--port 80 web', "Invalid option `--port'"],
	['serve', "Invalid argument `serve'"],
	['--state-dir web', 'Missing: COMMAND'],
	['--auto-reset-state', 'Missing: COMMAND'],
	['web extra', "Invalid argument `extra'"],
	['web --port', 'The option `--port` expects an argument.'],
	['web --port= --no-https', "option --port: cannot parse value `'"],
	['web --max-concurrent-builds many', "option --max-concurrent-builds: cannot parse value `many'"],
	['web --job-retention-days -1', "option --job-retention-days: cannot parse value `-1'"],
	['web --job-retention-days 1.5', "option --job-retention-days: cannot parse value `1.5'"],
	['--log-level Loud web', 'option --log-level: Invalid log level. Choose from: Debug, Info, Warning, Error'],
	['web --port 80 --port 80', "Invalid option `--port'"],
	['--state-dir /s web --state-dir /s', "Invalid option `--state-dir'"],
	['web --state-dir /s --port 80', "Invalid option `--port'"],
	['web --no-https --no-https', "Invalid option `--no-https'"],
	['web --no-https=yes', "Invalid option `--no-https=yes'"],
	['web --no-https --tls-cert /c --tls-key /k', "Invalid option `--tls-cert'"],
	['web --tls-cert /c', 'Missing: --tls-key TLS_KEY'],
	['web --tls-key /k', 'Missing: --tls-cert TLS_CERT'],
	['info --port 80', "Invalid option `--port'"],
	['ci one two', "Invalid argument `two'"],
])('vira %s: refused', async (line, message) => {
	expect(await verdict(line)).toBe(message);
});

test('without arguments: usage on stderr', async () => {
	expect(await run(workshop.vira, [])).toMatchObject({
		status: 1,
		stdout: '',
		stderr: expect.stringMatching(/^Missing: COMMAND\n\nUsage: vira /),
	});
});

describe('help', () => {
	const flagsIn = (text: string): string[] => [...new Set(text.match(/--[a-z-]+/g))].sort();

	test('of the program lists its options and commands', async () => {
		const {status, stdout} = await run(workshop.vira, ['--help']);
		expect(status).toBe(0);
		expect(flagsIn(stdout)).toEqual([
			'--auto-reset-state',
			'--help',
			'--log-level',
			'--state-dir',
			'--version',
		]);
		expect(stdout).toMatch(/web[^]*info[^]*export[^]*import[^]*ci/);
	});

	test('of web lists every flag', async () => {
		const {status, stdout} = await run(workshop.vira, ['web', '--help']);
		expect(status).toBe(0);
		expect(flagsIn(stdout)).toEqual([
			'--auto-build-new-branches',
			'--base-path',
			'--help',
			'--host',
			'--import',
			'--job-retention-days',
			'--max-concurrent-builds',
			'--no-https',
			'--port',
			'--tls-cert',
			'--tls-key',
		]);
	});

	test('of an older Vira has fewer flags, and the others are unknown', async () => {
		const older = workshop.viraThat({withoutFlags: ['--job-retention-days']});
		const {stdout} = await run(older, ['web', '--help']);
		expect(stdout).toContain('--max-concurrent-builds');
		expect(stdout).not.toContain('--job-retention-days');
		expect(await run(older, ['web', '--job-retention-days', '14'])).toMatchObject({
			status: 1,
			stderr: expect.stringMatching(/^Invalid option `--job-retention-days'/),
		});
	});
});

test('ci accepts a folder and -b in any order', async () => {
	for (const given of [['ci'], ['ci', '-b', '.'], ['ci', '.', '--only-build'], ['ci', '--', '-odd']]) {
		expect((await run(workshop.vira, given)).status).toBe(0);
	}
});

test('version and info describe this Vira', async () => {
	const newer = workshop.viraThat({version: '0.2.0.0', schemaVersion: 9});
	expect(await run(newer, ['--version'])).toEqual({status: 0, stdout: '0.2.0.0\n', stderr: ''});
	const {status, stdout} = await run(newer, ['info']);
	expect(status).toBe(0);
	expect(stdout).toMatch(
		/^Vira version: 0\.2\.0\.0\nGit revision: .+\nHostname: .+\nPlatform: .+\nSchema version: 9\n$/,
	);
});
