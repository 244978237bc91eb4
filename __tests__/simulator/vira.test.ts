import {describe, expect, test} from '@jest/globals';
import {readViraWords} from '../../src/simulator/vira/vira-grammar.ts';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {isActive, machineWithUnit, put, type, unitWith} from '../support/installed.ts';

const program = '/home/alice/.nix-profile/bin/vira';

const installed = {path: program, version: '0.1.0.0', schema: 8, behaviour: 'well'} as const;

const started = async (words: string, state: Partial<MachineState> = {}): Promise<Simulation> => {
	const machine = await machineWithUnit(state, unitWith({ExecStart: `${program} ${words}`}));
	await type(machine, 'systemctl --user start vira.service');
	await machine.sleep(100);
	return machine;
};

const restart = async (machine: Simulation): Promise<void> => {
	await type(machine, 'systemctl --user restart vira.service');
	await machine.sleep(100);
};

const journal = async (machine: Simulation): Promise<string> =>
	(await type(machine, 'journalctl --user --unit=vira.service --lines=20 --output=cat')).stdout;

describe('the command line', () => {
	test.each([
		['', 'Missing: COMMAND'],
		['wab', "Invalid argument `wab'"],
		['web now', "Invalid argument `now'"],
		['web --state-dir /s --port 80', "Invalid option `--port'"],
		['--state-dir /s web --state-dir /s', "Invalid option `--state-dir'"],
		['web --port 80 --port 80', "Invalid option `--port'"],
		['--port 5005 web', "Invalid option `--port'"],
		['web --port', 'The option `--port` expects an argument.'],
		['web --port x', "option --port: cannot parse value `x'"],
		['web --job-retention-days -1', "option --job-retention-days: cannot parse value `-1'"],
		[
			'--log-level loud web',
			'option --log-level: Invalid log level. Choose from: Debug, Info, Warning, Error',
		],
		['web --no-https=yes', "Invalid option `--no-https=yes'"],
		['web --no-https --tls-cert /c --tls-key /k', "Invalid option `--tls-cert'"],
		['web --tls-cert /c', 'Missing: --tls-key TLS_KEY'],
	])('%j is refused: %s', (line, why) => {
		expect(readViraWords(line.split(' ').filter((word) => word !== ''))).toMatchObject({
			does: 'refuse',
			text: expect.stringMatching(new RegExp(`^${why.replaceAll(/[.?*]/gu, '\\$&')}\n\nUsage: vira`, 'u')),
		});
	});

	test('refused in a unit: the service fails, and the journal says why', async () => {
		const machine = await started('web --fast');
		expect(await isActive(machine)).toBe('activating');
		expect(await journal(machine)).toContain("Invalid option `--fast'");
	});
});

describe('the page', () => {
	const refused = (where: string) => ({answered: false, why: `connect ECONNREFUSED ${where}`});
	const ok = {answered: true, status: 200};

	test.each([
		['web --host localhost', 'https://localhost:5005/', ok],
		['web --host localhost', 'https://[::1]:5005/', ok],
		['web --host localhost', 'https://127.0.0.1:5005/', refused('127.0.0.1:5005')],
		['web --host 127.0.0.1', 'https://localhost:5005/', ok],
		['web --host 127.0.0.1', 'https://[::1]:5005/', refused('::1:5005')],
		['web --host localhost', 'https://192.0.2.7:5005/', refused('192.0.2.7:5005')],
		['web --host 192.0.2.7', 'https://localhost:5005/', {answered: false, why: 'ECONNREFUSED'}],
		['web', 'https://192.0.2.7:5005/', ok],
		['web --host ::', 'https://localhost:5005/', ok],
		['web --port 8080 --no-https', 'http://localhost:8080/r', ok],
		['web --port 8080 --no-https', 'http://127.0.0.1:5005/', refused('127.0.0.1:5005')],
		['web', 'http://localhost:5005/', {answered: false, why: 'socket hang up'}],
		['web --no-https', 'https://localhost:5005/', {answered: false, why: 'wrong version number'}],
		['web', 'https://localhost:5005/nowhere', {answered: true, status: 404}],
		['web', 'https://example.org/', {answered: false, why: 'getaddrinfo ENOTFOUND example.org'}],
	])('vira %s, requested at %s', async (words, url, answer) => {
		const machine = await started(words, {addresses: ['127.0.0.1', '::1', '192.0.2.7']});
		expect(await machine.ask(url, {timeoutMs: 1000})).toEqual(answer);
	});

	test('of a Vira that responds with 500', async () => {
		const machine = await started('web', {vira: {...installed, behaviour: 'answers-500'}});
		expect(await machine.ask('https://localhost:5005/r', {timeoutMs: 1000})).toEqual({
			answered: true,
			status: 500,
		});
	});

	test('of a Vira that hangs never arrives, and time passes', async () => {
		const machine = await started('web', {vira: {...installed, behaviour: 'never-answers'}});
		const before = machine.now();
		expect(await machine.ask('https://localhost:5005/', {timeoutMs: 2000})).toEqual({
			answered: false,
			why: 'no response within 2 s',
		});
		expect(machine.now() - before).toBe(2000);
		expect(await isActive(machine)).toBe('active');
	});

	test.each([
		[{listeners: [{port: 5005, program: 'registry'}]}, 'web', 'Address already in use'],
		[{}, 'web --host 198.51.100.1', 'Cannot assign requested address'],
		[{}, 'web --host no.such.host', 'Name or service not known'],
		[{}, 'web --port 80', 'Permission denied'],
		[
			{vira: {...installed, behaviour: 'gh-fails' as const}},
			'web',
			'"auth" "status" "--json" "hosts" (exit 1): failed',
		],
		[{}, 'web --port -1', 'Servname not supported for ai_socktype'],
	])('cannot be served with %j and vira %s', async (state, words, why) => {
		const machine = await started(words, state);
		expect(await isActive(machine)).toBe('activating');
		expect(await journal(machine)).toContain(why);
	});
});

describe('the state', () => {
	test('is created at the first start, with a certificate if Vira serves HTTPS', async () => {
		const machine = await started('--state-dir /home/alice/state web');
		expect(await machine.readFile('/home/alice/state/schema-version')).toBe('8');
		expect(await machine.inspect('/home/alice/state/ViraState')).toMatchObject({kind: 'folder'});
		expect(await machine.inspect('/home/alice/state/tls/server.key')).toMatchObject({mode: 0o600});
	});

	test('is exported and imported', async () => {
		const machine = await simulate();
		const kept = '{"repositories":{"notes":"https://example.org/a"}}';
		const vira = async (state: string, ...words: readonly string[]) =>
			machine.run([program, '--state-dir', state, ...words], {input: kept});
		expect((await vira('/home/alice/a', 'import')).stdout).toContain('Imported from: stdin');
		expect((await vira('/home/alice/a', 'export')).stdout).toContain(`\n${kept}Creating checkpoint`);
	});

	test.each([
		['--auto-reset-state ', 'active', false],
		['', 'activating', true],
	])('of another schema, started with %j: %s', async (flag, active, kept) => {
		const machine = await started(
			`${flag}--state-dir /home/alice/state web --import /home/alice/repositories`,
		);
		await put(machine, '/home/alice/repositories', '{"repositories": {"notes": "https://example.org/a"}}');
		await restart(machine);
		await put(machine, '/home/alice/repositories', '{"repositories": {}}');
		await machine.events.change({vira: {...installed, schema: 9}});
		await restart(machine);
		expect(await isActive(machine)).toBe(active);
		expect((await machine.inspect('/home/alice/state/workspace/notes/jobs')) !== undefined).toBe(kept);
	});

	test.each([
		['the same URL', '{"repositories": {"notes": "https://example.org/a"}}', 'active', 'Imported from: '],
		[
			'another URL',
			'{"repositories": {"notes": "https://example.org/b"}}',
			'activating',
			`Repository '"notes"' already exists with different URL:\n  Existing: "https://example.org/a"`,
		],
		['no JSON', 'notes', 'activating', 'Import failed: Invalid JSON format'],
	])('with a known repository imported again with %s', async (_, text, active, words) => {
		const machine = await machineWithUnit(
			{},
			unitWith({ExecStart: `${program} web --import /home/alice/new`}),
		);
		await put(machine, '/home/alice/new', '{"repositories": {"notes": "https://example.org/a"}}');
		await restart(machine);
		expect(await isActive(machine)).toBe('active');
		await put(machine, '/home/alice/new', text);
		await restart(machine);
		expect(await isActive(machine)).toBe(active);
		expect(await journal(machine)).toContain(words);
	});
});
