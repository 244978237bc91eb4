import {describe, expect, test} from '@jest/globals';
import {macPresets} from '../../../support/mac-presets.ts';
import type {GivenMac} from '../../../../src/simulator/macos/fresh-mac.ts';
import type {Facts} from '../../../../src/platform/facts.ts';
import type {Mac, MacFacts} from '../../../../src/platform/launchd/facts.ts';
import {
	agentPath,
	agentText,
	daemon,
	daemonPath,
	gui,
	label,
	macWithRunning,
	simulateMac,
	typed,
	type MacSimulation,
} from '../../../support/simulated-mac.ts';
import type {System} from '../../../../src/platform/system.ts';
import {detect} from '../../../../src/steps/detect.ts';
import {macSetUp} from '../../../support/mac-setup.ts';

const alice = {name: 'alice', uid: 501, home: '/Users/alice', sudoFrom: undefined};

const onMac = (facts: Facts): Mac => {
	if (facts.platform !== 'macos') throw new Error(facts.platform);
	return facts;
};

const factsOf = async (machine: System): Promise<Mac> => onMac(await detect(machine));

type Sought = Partial<Pick<MacFacts, 'screen' | 'screenUser' | 'ssh'>>;

test.each<readonly [keyof typeof macPresets, Sought]>([
	['desktop', {screen: {session: 'there'}, screenUser: 'alice', ssh: false}],
	['headless', {screen: {session: 'absent'}, screenUser: false, ssh: true}],
	['unseen', {screen: {session: 'absent'}, screenUser: false, ssh: true}],
	['sshAndScreen', {screen: {session: 'there'}, screenUser: 'alice', ssh: true}],
	['otherAtScreen', {screen: {session: 'absent'}, screenUser: 'bob', ssh: true}],
])('%s: who is at the screen, and whether launchd has a session for the user', async (preset, sought) => {
	const {mac} = await factsOf(await simulateMac(macPresets[preset]));
	expect({screen: mac.screen, screenUser: mac.screenUser, ssh: mac.ssh}).toEqual(sought);
});

test.each([125, 112] as const)('a missing session that exits with %i is absent', async (domainAbsentCode) => {
	const {headless} = macPresets;
	const machine = await simulateMac({mac: {...headless.mac, profile: {domainAbsentCode}}});
	expect((await factsOf(machine)).mac.screen).toEqual({session: 'absent'});
});

test.each<readonly [string, GivenMac, Partial<MacFacts>]>([
	['the standard Mac', {}, {version: '15.6.1', architecture: 'arm64', rosetta: false, fileVault: true}],
	[
		'an Intel Mac',
		{mac: {architecture: 'x86_64', version: '12.7.6'}},
		{architecture: 'x86_64', rosetta: false},
	],
	['through Rosetta', {mac: {translated: true}}, {architecture: 'x86_64', rosetta: true}],
	['automatic login', {mac: {autoLogin: 'bob', fileVault: false}}, {autoLogin: 'bob', fileVault: false}],
	[
		'a home folder on its own disk, under another name',
		{links: {'/Volumes/Macintosh HD': '/'}, user: {...alice, home: '/Volumes/Macintosh HD/Users/alice'}},
		{homeVolume: undefined},
	],
	[
		'a home folder on an external volume',
		{user: {...alice, home: '/Volumes/Work/alice'}},
		{homeVolume: {name: 'Work', network: false}},
	],
	[
		'a home folder that leads to an external volume',
		{links: {'/Users/alice': '/Volumes/Work (2)/alice'}},
		{homeVolume: {name: 'Work (2)', network: false}},
	],
	[
		'a home folder on another machine',
		{fileSystems: {'/Users': {kind: 'smbfs', network: true, temporary: false, freeBytes: 2 ** 40}}},
		{homeVolume: {name: 'smbfs', network: true}},
	],
])('%s is detected', async (_, given, sought) => {
	expect((await factsOf(await simulateMac(given))).mac).toMatchObject(sought);
});

test('a Nix store that is not mounted is detected', async () => {
	const machine = await simulateMac();
	expect((await factsOf(machine)).mac).toMatchObject({nixMounted: true, nixExpected: true});
	await machine.events.unmountNix();
	expect((await factsOf(machine)).mac).toMatchObject({nixMounted: false, nixExpected: true});
});

test('a user set for automatic login without a stored password is not logged in automatically', async () => {
	const machine = await simulateMac({mac: {autoLogin: 'alice', fileVault: false}});
	expect((await factsOf(machine)).mac.autoLogin).toBe('alice');
	await machine.events.atTerminal(['/usr/bin/sudo', '/bin/rm', '-f', '/etc/kcpassword']);
	expect((await factsOf(machine)).mac.autoLogin).toBe(false);
	await machine.events.boot();
	expect((await machine.events.mac()).console).toBe(0);
});

/** A Mac on which these programs are missing, or exit with an error, as they may without privileges. */
test.each(['sw_vers', 'uname', 'sysctl', 'stat', 'fdesetup', 'defaults'])(
	'%s that does not respond leaves its fact unknown, and all others are known',
	async (name) => {
		const machine = await simulateMac({mac: {autoLogin: 'alice', fileVault: false}});
		const before = (await factsOf(machine)).mac;
		const silent: System = {
			...machine,
			run: (command, options) =>
				command[0].endsWith(`/${name}`)
					? Promise.resolve({exitCode: 1, stdout: '', stderr: 'not allowed', timedOut: false, found: true})
					: machine.run(command, options),
		};
		const open = {
			sw_vers: {version: undefined},
			uname: {architecture: 'unknown'},
			sysctl: {rosetta: false},
			stat: {screenUser: undefined},
			fdesetup: {fileVault: undefined},
			defaults: {autoLogin: undefined},
		}[name];
		expect((await factsOf(silent)).mac).toEqual({...before, ...open});
	},
);

test('no query needs privileges or a desktop session', async () => {
	const machine = await simulateMac(macPresets.headless);
	await factsOf(machine);
	const {calls} = await machine.events.mac();
	expect(calls.map(({command}) => command[0])).not.toContain('/usr/bin/sudo');
	expect(new Set(calls.map(({command}) => command.slice(0, 2).join(' ')))).toEqual(
		new Set([
			'/usr/bin/sw_vers -productVersion',
			'/usr/bin/uname -m',
			'/usr/bin/pmset -g',
			'/usr/sbin/sysctl -n',
			'/bin/launchctl print',
			'/bin/launchctl print-disabled',
			'/usr/bin/stat -f',
			'/usr/bin/fdesetup status',
			'/usr/bin/defaults read',
			'/Users/alice/.nix-profile/bin/vira --version',
			'/Users/alice/.nix-profile/bin/nix --version',
		]),
	);
});

describe('the service', () => {
	test.each<readonly [string, (machine: MacSimulation) => Promise<unknown>, Partial<Mac['service']>]>([
		['runs', async () => undefined, {active: 'active', enabled: true, file: agentPath}],
		['exited cleanly', ({events}) => events.procExit(gui, {how: 'exit', code: 0}), {active: 'inactive'}],
		[
			'waits after a crash',
			({events}) => events.procExit(gui, {how: 'exit', code: 1}),
			{active: 'activating'},
		],
		[
			'was not restarted after a crash',
			async ({events}) => {
				await events.behave(label, {pendOnRestart: true});
				await events.procExit(gui, {how: 'exit', code: 1});
			},
			{active: 'failed', ending: 'It exited with status 1.'},
		],
		['is exiting', (machine) => typed(machine, `launchctl bootout ${gui}`), {active: 'deactivating'}],
		[
			'is disabled',
			(machine) => typed(machine, `launchctl disable ${gui}`),
			{active: 'active', enabled: false},
		],
	])('%s', async (_, happen, sought) => {
		const machine = await macWithRunning();
		await happen(machine);
		expect((await factsOf(machine)).service).toMatchObject(sought);
	});

	test.each(['12.7.6', '15.6.1'])('that macOS %s has disabled is detected as such', async (version) => {
		const machine = await simulateMac({mac: {version}});
		expect((await factsOf(machine)).mac.disabled).toBe(false);
		await typed(machine, `launchctl disable ${gui}`);
		expect((await factsOf(machine)).mac.disabled).toBe(true);
	});

	test('in two domains is found in both, and the running one counts', async () => {
		const machine = await macWithRunning();
		await machine.events.put('/Users/alice/b.plist', agentText({LimitLoadToSessionType: 'Background'}));
		await machine.events.procExit(gui, {how: 'exit', code: 0});
		await typed(machine, 'launchctl bootstrap user/501 /Users/alice/b.plist');
		const {mac, service} = await factsOf(machine);
		expect(mac.agents).toMatchObject({
			gui: {known: 'loaded', agent: {state: 'not running', lastExit: 0}},
			user: {known: 'loaded', agent: {state: 'running'}},
			system: {known: 'not-loaded'},
		});
		expect(service).toMatchObject({active: 'active', file: '/Users/alice/b.plist'});
	});

	test('as a daemon has a switch of its own', async () => {
		const machine = await macSetUp({mac: {sudo: 'free'}}, '--domain', 'system');
		await typed(machine, `launchctl disable ${gui}`);
		expect((await factsOf(machine)).service).toMatchObject({active: 'active', enabled: true});
		await typed(machine, `sudo launchctl disable ${daemon}`);
		expect((await factsOf(machine)).service).toMatchObject({active: 'active', enabled: false});
	});

	test('as a daemon belongs to another program', async () => {
		const machine = await simulateMac();
		await machine.events.put(daemonPath, agentText());
		expect((await factsOf(machine)).managedBy).toMatchObject({by: 'system-unit', path: daemonPath});
	});
});
