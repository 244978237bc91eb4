import {beforeAll, describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import type {Simulation} from '../support/simulated-linux.ts';
import type {System} from '../../src/platform/system.ts';
import {linuxStates, setUp, type LinuxState} from '../support/linux-states.ts';
import {type} from '../support/installed.ts';
import {gui, logPath, typed} from '../support/simulated-mac.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {macStates, type MacState} from '../support/mac-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, progress, told} from '../support/run-command.ts';

const nine = Date.UTC(2026, 2, 2, 9);

/** A machine whose journal has one line a minute until nine, which is a few seconds ago: said 1, said 2 and so on. */
const withJournal = async (count: number, given: Partial<MachineState> = {}): Promise<Simulation> => {
	const machine = await setUp(given);
	const {units} = await machine.events.state();
	const invocation = units['vira.service']?.invocation;
	const said = Array.from({length: count}, (_, index) => ({
		at: nine - (count - index) * 60_000,
		by: 'vira',
		pid: 7,
		text: `said ${index + 1}`,
		invocation,
	}));
	await machine.events.change({journal: {'vira.service': said}});
	return machine;
};

const line = (minute: number, count: number): string => `Mar 02 08:${minute}:00 vira[7]: said ${count}`;

test('the last 50 lines of the journal, or as many as requested; nothing changes', async () => {
	const machine = await withJournal(59);
	const before = await pictureOf(machine);
	const said = await lines(machine, 'logs');
	expect(said).toHaveLength(1 + 50);
	expect([said[0], said[1], said.at(-1)]).toEqual([0, line(10, 10), line(59, 59)]);
	expect(await lines(machine, 'logs -n 2')).toEqual([0, line(58, 58), line(59, 59)]);
	expect(await lines(machine, 'logs --lines=1')).toEqual([0, line(59, 59)]);
	expect(await pictureOf(machine)).toEqual(before);
});

test.each([
	['2026-03-02 08:57', 3],
	['today', 59],
	['3 minutes ago', 2],
	['-3min', 2],
])('--since %j: all %i lines since then, and with -n at most that many', async (since, count) => {
	const machine = await withJournal(59);
	expect(await lines(machine, ['logs', `--since=${since}`])).toHaveLength(1 + count);
	expect(await lines(machine, ['logs', '--since', '2026-03-01', '-n', '1'])).toEqual([0, line(59, 59)]);
});

test('-n with any number of digits: all lines', async () => {
	const machine = await withJournal(59);
	expect((await lines(machine, `logs -n ${'9'.repeat(40)}`)).slice(-59)[0]).toBe(
		line(1, 1).replace(':1:', ':01:'),
	);
});

test('-n 0 shows no lines and no message', async () => {
	const machine = await withJournal(59);
	expect(await lines(machine, 'logs -n 0')).toEqual([0]);
	expect(await lines(machine, 'logs -n 0 --since tomorrow')).toEqual([0]);
	expect(await told(machine, 'logs -n 0')).toMatchObject([0, {lines: []}]);
});

test('--since a time without later lines: the message says so, not that the log is empty', async () => {
	const machine = await withJournal(59);
	expect(await lines(machine, 'logs --since tomorrow')).toEqual([0, 'The log has no lines since then.']);
});

test.each([
	['a\nb', ['Failed to parse timestamp: a', 'b']],
	['insufficient permissions\n\n', ['Failed to parse timestamp: insufficient permissions']],
	['\u001B[31mred', ['Failed to parse timestamp: red']],
])("--since %j is reported as invalid, with systemd's message", async (since, why) => {
	const said = await lines(await setUp(), ['logs', '--since', since]);
	expect(said.slice(0, -1)).toEqual([2, 'vira-setup: --since: not a time that systemd understands.', ...why]);
});

test('a private key over several lines is masked in a document', async () => {
	const machine = await setUp();
	const key = ['-----BEGIN PRIVATE KEY-----', 'zq1zq1zq1zq1zq1zq1', 'zq2==', '-----END PRIVATE KEY-----'];
	const said = key.map((text) => ({at: nine, by: 'vira', pid: 7, text}));
	await machine.events.change({journal: {'vira.service': said}});
	const [status, document] = await told(machine, 'logs');
	expect(status).toBe(0);
	expect(document).toHaveProperty('lines.length', 4);
	expect(JSON.stringify(document)).not.toContain('zq');
});

test('as one document, with values that look secret masked', async () => {
	const machine = await setUp({}, '--environment', 'API_TOKEN=s3cr3tvalue123456');
	const said = {at: nine, by: 'vira', pid: 7, text: 'token s3cr3tvalue123456'};
	await machine.events.change({journal: {'vira.service': [said]}});
	expect(await told(machine, 'logs')).toEqual([
		0,
		{
			schema: 2,
			command: 'logs',
			outcome: 'logs',
			changed: false,
			source: 'journal',
			warnings: [],
			lines: ['Mar 02 09:00:00 vira[7]: token ••••••'],
		},
	]);
});

test.each<readonly [readonly string[], number, string]>([
	[['logs', '-n', 'many'], 2, 'vira-setup: --lines many: Must be a whole number, such as 100.'],
	[['logs', '-n', '-1'], 2, 'vira-setup: --lines -1: Must be a whole number, such as 100.'],
	[['logs', '--since', ' '], 2, 'vira-setup: --since: Must be a time, such as yesterday.'],
	[['logs', '--since', 'soon'], 2, 'vira-setup: --since: not a time that systemd understands.'],
	[['status', '-f'], 2, 'vira-setup: --follow is not valid with "status".'],
	[['logs', '--wait', '3'], 2, 'vira-setup: --wait is not valid with "logs".'],
	[['logs', '-n'], 2, 'vira-setup: --lines needs a value: --lines NUMBER.'],
])('%j is refused', async (words, status, message) => {
	expect((await lines(await setUp(), words)).slice(0, 2)).toEqual([status, message]);
});

test('-f with --json is refused', async () => {
	expect(await told(await setUp(), 'logs -f')).toMatchObject([2, {error: {code: 'usage'}}]);
});

test.each<readonly [LinuxState, number, string]>([
	['not set up', 3, 'vira-setup: Vira is not set up here.'],
	['running', 0, 'Launching at https://localhost:5005'],
	['stopped', 0, 'Stopped vira.service'],
	['failed', 0, 'Start request repeated too quickly.'],
	['masked', 0, 'Stopped vira.service'],
	['lingering off', 0, 'Stopped vira.service'],
	['no session', 0, 'Stopped vira.service'],
])('%s: exit %i, %j', async (state, status, last) => {
	const said = await lines(await linuxStates[state](), 'logs');
	expect([said[0], said.join('\n')]).toEqual([status, expect.stringContaining(last)]);
});

test('a service that was never started: the message says that the log is empty, and nothing is printed', async () => {
	const machine = await setUp();
	await machine.events.change({journal: {}, units: {}});
	expect(await lines(machine, 'logs')).toEqual([0, 'The log is empty.']);
	expect(await told(machine, 'logs')).toMatchObject([0, {lines: []}]);
});

test('settings that cannot be read do not block the log', async () => {
	const machine = await setUp();
	await machine.writeFile('/home/alice/.config/vira-setup/settings.json', '{', 0o600);
	expect((await lines(machine, 'logs -n 1')).slice(0, 1)).toEqual([0]);
});

/** Follows, and ends as with Ctrl-C once a line is shown that contains this. */
const followUntil = async (
	system: System,
	words: string,
	{shows, meanwhile}: {readonly shows: string; readonly meanwhile: () => Promise<unknown>},
): Promise<readonly (string | number)[]> => {
	const ending = new AbortController();
	const passed: string[] = [];
	let begun = false;
	const pass = async (bytes: Uint8Array): Promise<boolean> => {
		passed.push(Buffer.from(bytes).toString());
		if (!begun) void meanwhile();
		begun = true;
		if (passed.join('').includes(shows)) ending.abort();
		return true;
	};
	const [status] = await lines(system, words, {signal: ending.signal, output: {pass}});
	return [status ?? '', ...passed.join('').trimEnd().split('\n')];
};

describe('-f', () => {
	test('continues with new lines until Ctrl-C: exit 130', async () => {
		const machine = await withJournal(3);
		const meanwhile = () => type(machine, 'systemctl --user restart vira.service');
		const said = await followUntil(machine, 'logs -f -n 1', {shows: 'TLS certificates', meanwhile});
		expect(said.slice(0, 2)).toEqual([130, line(59, 3)]);
		expect(said.at(-1)).toMatch(/^Mar 02 09:00:0\d vira\[1202\]: Using existing TLS certificates from /u);
		expect(said.filter((one) => String(one).includes('said'))).toHaveLength(1);
	});

	test('ends when its output is no longer read: exit 0, without a message', async () => {
		const machine = await withJournal(3);
		const taken: Uint8Array[] = [];
		const pass = async (bytes: Uint8Array): Promise<boolean> => {
			taken.push(bytes);
			return false;
		};
		expect(await lines(machine, 'logs -f', {output: {pass}})).toEqual([0]);
		expect(taken).toHaveLength(1);
	});

	test('of a file continues after its end, and with a new file of the same name', async () => {
		const machine = await macSetUp();
		const meanwhile = async () => {
			await typed(machine, `launchctl kickstart -k ${gui}`);
			await machine.sleep(500);
			await machine.deleteFile(logPath);
			await machine.events.put(logPath, 'anew\n');
		};
		const said = await followUntil(machine, 'logs -f -n 1', {shows: 'anew', meanwhile});
		expect([...said.slice(0, 3), ...said.slice(-2)]).toEqual([
			130,
			'  Valid for: localhost, localhost and common local network IPs',
			'Opening ViraState database...',
			'Using existing TLS certificates from /Users/alice/.local/share/vira/state/tls/',
			'anew',
		]);
	});
});

describe('on a Mac', () => {
	test.each<readonly [MacState, number, string]>([
		['not set up', 3, 'vira-setup: Vira is not set up here.'],
		['running', 0, 'Launching at https://localhost:5005'],
		['crashed', 0, 'Launching at https://localhost:5005'],
		['not loaded', 0, 'Launching at https://localhost:5005'],
		['no session', 0, 'The log is empty.'],
		['running in the background', 0, 'Launching at https://localhost:5005'],
		['a silent launchd', 0, 'Launching at https://localhost:5005'],
	])('%s: exit %i, %j', async (state, status, last) => {
		const said = await lines(await macStates[state](), 'logs');
		expect([said[0], said.join('\n')]).toEqual([status, expect.stringContaining(last)]);
	});

	test('it is the file in ~/Library/Logs', async () => {
		const machine = await macSetUp();
		await machine.writeFile(logPath, '1\n2\n3\n', 0o644);
		expect(await lines(machine, 'logs -n 2')).toEqual([0, '2', '3']);
		expect(await told(machine, 'logs')).toMatchObject([0, {source: logPath, lines: ['1', '2', '3']}]);
	});

	test.each(['logs', 'logs -f', 'logs --json'])(
		'a folder in its place: %s refuses it, with the fix',
		async (words) => {
			const machine = await macSetUp();
			await machine.deleteFile(logPath);
			await machine.makeFolder(logPath, 0o755);
			const fixes = `mv ${logPath} ${logPath}.away`;
			const said = await lines(machine, words);
			expect(said.join('\n')).toContain(`${logPath} already exists and is not a file.`);
			expect(said.join('\n')).toContain(fixes);
			expect(said[0]).toBe(3);
		},
	);

	test('a folder in its place: doctor warns of it, and a restart does not stop halfway', async () => {
		const machine = await macSetUp();
		await machine.deleteFile(logPath);
		await machine.makeFolder(logPath, 0o755);
		expect((await lines(machine, 'doctor')).join('\n')).toContain(
			'vira.log already exists and is not a file.',
		);
		const said = (await lines(machine, 'restart')).join('\n');
		expect(said).toContain(`its log ${logPath} cannot be written`);
		expect(said).toContain(`mv ${logPath} ${logPath}.away && vira-setup start`);
	});

	test('--since is refused: the file has no timestamps', async () => {
		expect(await lines(await macSetUp(), 'logs --since yesterday')).toEqual([
			2,
			'vira-setup: --since: Not available on a Mac: its log has no timestamps.',
			`  vira-setup logs -n 200   shows more lines of ${logPath}`,
		]);
	});
});

describe('a control sequence for the terminal', () => {
	let machine: Simulation;

	beforeAll(async () => {
		machine = await setUp();
	});

	const hostile = '\u001B[31mred\u001B]0;title\u0007 \u009B6n\tend\r';

	/** A service that logs these bytes, in these pieces. */
	const saying = (...pieces: readonly Uint8Array[]): Simulation => ({
		...machine,
		run: async (command, options) => {
			if (!options?.onOutput) return machine.run(command, options);
			for (const piece of pieces) await options.onOutput(piece);
			return {exitCode: 0, stdout: '', stderr: '', timedOut: false, found: true};
		},
	});

	test('does not reach one raw, wherever the chunks are split', async () => {
		const bytes = Buffer.from(`${hostile}\né😀\nlast`);
		for (let at = 0; at <= bytes.length; at += 1) {
			const system = saying(bytes.subarray(0, at), bytes.subarray(at));
			expect(await lines(system, 'logs', {output: {isTerminal: true}})).toEqual([
				0,
				'red     end',
				'é😀',
				'last',
			]);
		}
	});

	test('a line of 48 megabytes is shown within seconds', async () => {
		const pieces = Array.from({length: 48 * 16}, () => Buffer.alloc(2 ** 16, 'x'));
		const began = Date.now();
		const [, shown] = await lines(saying(...pieces), 'logs', {output: {isTerminal: true}});
		expect(String(shown)).toHaveLength(48 * 2 ** 20);
		expect(Date.now() - began).toBeLessThan(8000);
	});

	test('reaches a pipe byte by byte as it was logged', async () => {
		const bytes = Buffer.from([...Buffer.from(hostile), 0xff, 0xfe, 0x0a]);
		const passed: Uint8Array[] = [];
		const pass = async (piece: Uint8Array): Promise<boolean> => {
			passed.push(piece);
			return true;
		};
		await lines(saying(bytes.subarray(0, 3), bytes.subarray(3)), 'logs', {output: {pass}});
		expect(Buffer.concat(passed)).toEqual(bytes);
	});
});

test('reading the log takes no lock', async () => {
	const machine = await setUp();
	const busy: Simulation = {...machine, lock: async () => ({taken: false, holder: 1})};
	expect((await lines(busy, 'logs')).slice(0, 1)).toEqual([0]);
	expect(await progress(busy, 'logs')).toEqual([]);
});
