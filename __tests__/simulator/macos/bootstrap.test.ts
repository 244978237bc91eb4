import {describe, expect, test} from '@jest/globals';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import {
	agentPath,
	agentText,
	daemonPath,
	label,
	macWithAgent,
	macWithRunning,
	serviceAt,
	simulateMac,
	typed,
	type Keys,
	type MacSimulation,
} from '../../support/simulated-mac.ts';

const hint = 'Try re-running the command as root for richer errors.';
const masked = `Bootstrap failed: 5: Input/output error\n${hint}`;
const sudoFree: GivenMac = {mac: {sudo: 'free'}};

describe('the problem with a property list is reported to root, and not to a user', () => {
	test.each<readonly [what: string, text: string | undefined, mode: number, code: number, why: string]>([
		['no file', undefined, 0o644, 2, 'No such file or directory'],
		['no property list', 'hello', 0o644, 109, 'Invalid property list'],
		['a list of texts', '<plist version="1.0"><array/></plist>', 0o644, 109, 'Invalid property list'],
		['no label', agentText({Label: undefined}), 0o644, 110, 'Invalid or missing service identifier'],
		[
			'no program',
			agentText({ProgramArguments: undefined}),
			0o644,
			111,
			'Invalid or missing Program/ProgramArguments',
		],
		['others can write', agentText(), 0o664, 122, 'Path had bad ownership/permissions'],
		['Disabled', agentText({Disabled: true}), 0o644, 119, 'Service is disabled'],
		[
			'another session',
			agentText({LimitLoadToSessionType: 'Background'}),
			0o644,
			134,
			'Service cannot load in requested session',
		],
	])('%s', async (_, text, mode, code, why) => {
		const machine = await macWithAgent(sudoFree);
		await machine.deleteFile(agentPath);
		if (text !== undefined) await machine.writeFile(agentPath, text, mode);
		const line = `launchctl bootstrap gui/501 ${agentPath}`;
		expect(await typed(machine, line)).toEqual([5, masked]);
		expect(await typed(machine, `sudo ${line}`)).toEqual([
			code,
			`${agentPath}: ${why}\nBootstrap failed: ${code}: ${why}`,
		]);
	});

	test.each([
		["root's file", 122, (machine: MacSimulation) => machine.events.change({readOnly: [agentPath]})],
		[
			'a disabled label',
			119,
			(machine: MacSimulation) => typed(machine, `launchctl disable gui/501/${label}`),
		],
	])('%s: %i', async (_, code, spoil) => {
		const machine = await macWithAgent(sudoFree);
		await spoil(machine);
		expect((await typed(machine, `sudo launchctl bootstrap gui/501 ${agentPath}`))[0]).toBe(code);
	});

	test.each([
		['is already loaded', 'service already bootstrapped', []],
		['is still exiting', 'Operation already in progress', [`launchctl bootout gui/501/${label}`]],
	])('a property list that %s', async (_, why, then) => {
		const machine = await macWithAgent(sudoFree);
		const line = `launchctl bootstrap gui/501 ${agentPath}`;
		for (const before of [line, ...then]) await typed(machine, before);
		expect(await typed(machine, line)).toEqual([5, masked]);
		expect(await typed(machine, `sudo ${line}`)).toEqual([
			37,
			`${agentPath}: ${why}\nBootstrap failed: 37: Operation already in progress`,
		]);
	});
});

describe('the session type, by domain', () => {
	test.each<readonly [string | string[] | undefined, gui: number, user: number]>([
		[undefined, 0, 5],
		['Aqua', 0, 5],
		['Background', 5, 0],
		[['Aqua', 'Background'], 5, 5],
		['LoginWindow', 5, 5],
	])('%j: gui %i, user %i', async (types, gui, user) => {
		const keys: Keys = {LimitLoadToSessionType: types};
		const machine = await macWithAgent({}, keys);
		expect((await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`))[0]).toBe(gui);
		await typed(machine, `launchctl bootout gui/501/${label}`);
		expect((await typed(machine, `launchctl bootstrap user/501 ${agentPath}`))[0]).toBe(user);
	});

	test('if lists are accepted, one agent can be in both domains', async () => {
		const keys = {LimitLoadToSessionType: ['Aqua', 'Background']};
		const machine = await macWithAgent({mac: {profile: {arraySessionTypes: 'ok'}}}, keys);
		for (const domain of ['gui/501', 'user/501'])
			expect(await typed(machine, `launchctl bootstrap ${domain} ${agentPath}`)).toEqual([0, '']);
		await machine.sleep(500);
		const {services} = await machine.events.mac();
		expect(Object.values(services).map(({state, last}) => [state, last])).toEqual([
			['running', {how: 'never'}],
			['spawn scheduled', {how: 'exit', code: 1}],
		]);
		expect(await machine.readFile('/Users/alice/Library/Logs/vira.log')).toMatch(/StateIsLocked/u);
	});
});

test('a daemon belongs to root, and runs as the user that it names', async () => {
	const machine = await simulateMac(sudoFree);
	const keys = {UserName: 'alice', EnvironmentVariables: {HOME: '/Users/alice'}};
	await machine.events.put('/Users/alice/Library/Logs/vira.log', '');
	await machine.writeFile('/Users/alice/new.plist', agentText(keys), 0o600);
	expect(await typed(machine, 'sudo launchctl bootstrap system /Users/alice/new.plist')).toEqual([
		122,
		'/Users/alice/new.plist: Path had bad ownership/permissions\nBootstrap failed: 122: Path had bad ownership/permissions',
	]);
	await typed(machine, `sudo install -m 0644 -o root -g wheel /Users/alice/new.plist ${daemonPath}`);
	expect(await typed(machine, `sudo launchctl bootstrap system ${daemonPath}`)).toEqual([0, '']);
	await machine.sleep(100);
	const text = (await typed(machine, `launchctl print system/${label}`))[1];
	for (const line of ['type = LaunchDaemon', 'state = running', 'domain = system', 'username = alice'])
		expect(text).toContain(`\n\t${line}\n`);
	const {process} = (await machine.events.mac()).services[`system/${label}`] ?? {};
	expect(process?.environment).toEqual({
		HOME: '/Users/alice',
		PATH: '/usr/bin:/bin:/usr/sbin:/sbin',
		XPC_FLAGS: '0x0',
		XPC_SERVICE_NAME: label,
	});
});

test('launchd keeps the loaded property list: a later change of the file has no effect', async () => {
	const machine = await macWithAgent();
	await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
	await machine.writeFile(agentPath, agentText({ExitTimeOut: 20}), 0o644);
	await machine.writeFile('/Users/alice/other.plist', agentText({ExitTimeOut: 30}), 0o644);
	await typed(machine, 'launchctl bootstrap gui/501 /Users/alice/other.plist');
	await typed(machine, `launchctl kickstart -k gui/501/${label}`);
	const {services} = await machine.events.mac();
	expect(services[`gui/501/${label}`]).toMatchObject({path: agentPath, job: {exitTimeoutMs: 5000}});
});

test.each<readonly [keys: Keys, openFiles: object]>([
	[{}, {soft: 256}],
	[{SoftResourceLimits: {NumberOfFiles: 8192}}, {soft: 8192}],
	[
		{SoftResourceLimits: {NumberOfFiles: 8192}, HardResourceLimits: {NumberOfFiles: 1024}},
		{soft: 1024, hard: 1024},
	],
])('a job with %j can have at most %j files open', async (keys, openFiles) => {
	const machine = await macWithRunning({}, keys);
	expect((await serviceAt(machine))?.job.openFiles).toEqual(openFiles);
});
