import {describe, expect, test} from '@jest/globals';
import {readJob} from '../../../src/simulator/macos/launchd/job.ts';
import {restartsAfter} from '../../../src/simulator/macos/launchd/service-life.ts';
import {
	afterNixStore,
	agentPath,
	agentText,
	gui,
	label,
	logPath,
	macWithAgent,
	macWithRunning,
	printed,
	serviceAt,
	typed,
} from '../../support/simulated-mac.ts';

const port = 'http://localhost:5005/';

describe('KeepAlive', () => {
	const [clean, error] = [0, 1].map((code) => ({how: 'exit' as const, code}));
	const [killed, crashed] = [9, 11].map((signal) => ({how: 'signal' as const, signal}));
	const endings = [clean, error, killed, crashed];

	test.each<
		readonly [boolean | Record<string, boolean>, exit0: boolean, exit1: boolean, kill: boolean, segv: boolean]
	>([
		[true, true, true, true, true],
		[false, false, false, false, false],
		[{SuccessfulExit: false}, false, true, true, true],
		[{SuccessfulExit: true}, true, false, false, false],
		[{Crashed: true}, false, false, false, true],
		[{Crashed: false}, true, true, false, false],
		[{SuccessfulExit: false, Crashed: true}, false, true, true, true],
	])('%j: after exit 0 %s, exit 1 %s, SIGKILL %s, SIGSEGV %s', (keepAlive, ...restarts) => {
		const read = readJob(agentText({KeepAlive: keepAlive}));
		if (!read.good) throw new Error('unreadable');
		expect(endings.map((ending) => ending && restartsAfter(read.job, ending))).toEqual(restarts);
	});
});

describe('time', () => {
	test.each([
		[undefined, 10_000],
		[0, 10_000],
		[30, 30_000],
	])('ThrottleInterval %j: two starts are %i ms apart', async (ThrottleInterval, apart) => {
		const machine = await macWithRunning({}, {ThrottleInterval});
		const first = (await serviceAt(machine))?.startedAt ?? 0;
		await machine.events.procExit(gui, {how: 'exit', code: 1});
		await machine.sleep(apart);
		expect((await serviceAt(machine))?.startedAt).toBe(first + apart);
	});

	test.each([
		['exits on its own', 3000, 0, 20, 3000],
		['exits immediately', 0, 0, 20, 0],
		['gets SIGKILL after ExitTimeOut', 60_000, 0, 20, 20_000],
		['gets SIGKILL after 5 s without ExitTimeOut', 60_000, 0, undefined, 5000],
		['hangs in the kernel', 60_000, 40_000, 20, 60_000],
	])('after bootout, one that %s', async (_, termDelayMs, killDelayMs, ExitTimeOut, goneAfter) => {
		const machine = await macWithRunning({}, {ExitTimeOut});
		await machine.events.behave(label, {termDelayMs, killDelayMs});
		const before = machine.now();
		await typed(machine, `launchctl bootout ${gui}`);
		for (;;) {
			if ((await typed(machine, `launchctl print ${gui}`))[0] === 113) break;
			await machine.sleep(80);
		}
		expect(machine.now() - before - goneAfter).toBeGreaterThanOrEqual(0);
		expect(machine.now() - before - goneAfter).toBeLessThan(200);
	});

	test('its log and its standard error go to different files if the property list says so', async () => {
		const taken = {listeners: [{port: 5005, program: 'registry'}]};
		const machine = await macWithRunning(taken, {StandardErrorPath: '/Users/alice/Library/Logs/errors.log'});
		expect(await machine.readFile(logPath)).toMatch(
			/^Opening ViraState[^]*Creating checkpoint before closing/u,
		);
		expect(await machine.readFile('/Users/alice/Library/Logs/errors.log')).toBe(
			'vira: Network.Socket.bind: resource busy (Address already in use)\n',
		);
	});

	test('while it shuts down it keeps its port and does not respond', async () => {
		const machine = await macWithRunning();
		const log = await machine.readFile(logPath);
		await typed(machine, `launchctl bootout ${gui}`);
		expect(await machine.tryListen('127.0.0.1', 5005)).toBe('in-use');
		await machine.sleep(2000);
		expect(await machine.tryListen('127.0.0.1', 5005)).toBeUndefined();
		expect(await machine.readFile(logPath)).toBe(log);
	});

	test('at SIGINT it writes a checkpoint and ends by the signal, and KeepAlive starts another process', async () => {
		const machine = await macWithRunning();
		await machine.sleep(20_000);
		await typed(machine, `launchctl kill SIGINT ${gui}`);
		await machine.sleep(2000);
		const said = (await machine.readFile(logPath))?.split('\n') ?? [];
		const began = said.flatMap((line, index) => (line.startsWith('Opening ViraState') ? [index] : []));
		expect(began).toHaveLength(2);
		expect(said.indexOf('Creating checkpoint before closing...')).toBe((began[1] ?? 0) - 1);
		expect(await printed(machine, ['state', 'runs', 'last terminating signal'])).toBe(
			'state = running; runs = 2; last terminating signal = Interrupt: 2',
		);
	});

	test('kickstart -k returns with another process, even right after a start', async () => {
		const machine = await macWithRunning();
		await machine.sleep(5000);
		const before = (await serviceAt(machine))?.pid;
		await typed(machine, `launchctl kickstart -k ${gui}`);
		expect((await serviceAt(machine))?.pid).not.toBe(before);
		expect((await machine.events.mac()).warnings).toEqual([]);
		await typed(machine, `launchctl kickstart -k ${gui}`);
		expect((await machine.events.mac()).warnings).toEqual([`kickstart -k killed a starting service: ${gui}`]);
	});

	test('after a crash, the restart can be postponed', async () => {
		const machine = await macWithRunning();
		await machine.events.behave(label, {pendOnRestart: true});
		await machine.events.procExit(gui, {how: 'signal', signal: 9});
		await machine.sleep(60_000);
		expect(await printed(machine, ['state', 'pended nondemand spawn'])).toBe(
			'state = not running; pended nondemand spawn = inefficient',
		);
		await typed(machine, `launchctl kickstart ${gui}`);
		expect(await printed(machine, ['state', 'pended nondemand spawn'])).toBe('state = running');
	});
});

describe('a program that launchd cannot start exits with 78 and logs nothing', () => {
	test.each([
		['a program that does not exist', {ProgramArguments: ['/Users/alice/bin/vira', 'web']}],
		['a program by a relative path', {ProgramArguments: ['vira', 'web']}],
		['a folder that does not exist', {WorkingDirectory: '/Users/alice/none'}],
		['a log in a folder that does not exist', {StandardErrorPath: '/Users/alice/none/vira.log'}],
		['a log in a folder of root', {StandardOutPath: '/Library/vira.log'}],
	])('%s', async (_, keys) => {
		const machine = await macWithAgent({}, keys);
		expect(await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`)).toEqual([0, '']);
		await machine.sleep(25_000);
		expect(await printed(machine, ['state', 'runs', 'last exit code'])).toBe(
			'state = spawn scheduled; runs = 3; last exit code = 78: EX_CONFIG',
		);
		expect((await machine.readFile(logPath)) ?? '').toBe('');
	});
});

describe('the Nix store', () => {
	test('while it is not mounted, a shell with a PID waits for it, and then becomes Vira', async () => {
		const machine = await macWithAgent({}, {ProgramArguments: afterNixStore});
		await machine.events.unmountNix();
		expect(await machine.inspect('/nix/store')).toBeUndefined();
		expect(await machine.inspect('/Users/alice/.nix-profile/bin/vira')).toBeUndefined();
		await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
		await machine.sleep(60_000);
		expect(await printed(machine, ['state', 'runs', 'pid'])).toBe('state = running; runs = 1; pid = 1201');
		expect((await machine.ask(port, {timeoutMs: 1000})).answered).toBe(false);
		await machine.events.mountNix();
		await machine.sleep(100);
		expect(await printed(machine, ['state', 'runs', 'pid'])).toBe('state = running; runs = 1; pid = 1201');
		expect((await serviceAt(machine))?.process).toMatchObject({
			program: '/Users/alice/.nix-profile/bin/vira',
			arguments: ['--state-dir', '/Users/alice/state', 'web'],
		});
		expect((await machine.ask(port.replace('http', 'https'), {timeoutMs: 1000})).answered).toBe(true);
	});

	test('the shell logs the command that it cannot run', async () => {
		const machine = await macWithAgent(
			{},
			{ProgramArguments: [...afterNixStore.slice(0, 3), '/nix/gone', 'web']},
		);
		await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
		expect(await printed(machine, ['last exit code'])).toBe('last exit code = 127');
		expect(await machine.readFile(logPath)).toBe(
			'/nix/gone: line 0: exec: /nix/gone: No such file or directory\n',
		);
	});

	test.each([
		[['/bin/sh', '-c', 'exec vira web']],
		[['/bin/sh', '-c', '/bin/wait4path /nix/store && exec /nix/store/x/bin/vira web']],
		[['/Users/alice/other', 'web']],
	])('%j is not simulated', async (ProgramArguments) => {
		const machine = await macWithAgent({}, {ProgramArguments});
		await machine.writeFile('/Users/alice/other', '', 0o755);
		await expect(typed(machine, `launchctl bootstrap gui/501 ${agentPath}`)).rejects.toThrow(
			/^The simulation does not know how/u,
		);
	});
});

test('a process of an agent has the environment of its session, overridden by its own variables', async () => {
	const machine = await macWithRunning({}, {EnvironmentVariables: {PATH: '/opt/bin', A: 'b'}});
	expect((await serviceAt(machine))?.process?.environment).toEqual({
		A: 'b',
		HOME: '/Users/alice',
		LOGNAME: 'alice',
		PATH: '/opt/bin',
		SHELL: '/bin/zsh',
		SSH_AUTH_SOCK: '/private/tmp/com.apple.launchd.rehearsal/Listeners',
		TMPDIR: '/var/folders/alice/T/',
		USER: 'alice',
		XPC_FLAGS: '0x0',
		XPC_SERVICE_NAME: label,
	});
});

test.each(['exits-at-once', 'dies-after-a-second'] as const)(
	'a Vira that %s is a crash loop',
	async (behaviour) => {
		const vira = {path: '/Users/alice/.nix-profile/bin/vira', version: '0.1.0.0', schema: 8, behaviour};
		const machine = await macWithRunning({vira});
		await machine.sleep(25_000);
		expect(await printed(machine, ['runs', 'last exit code'])).toBe('runs = 3; last exit code = 1');
	},
);
