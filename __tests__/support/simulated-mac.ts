import {expect} from '@jest/globals';
import fc from 'fast-check';
import {build, type PlistValue} from 'plist';
import type {GivenMac} from '../../src/simulator/macos/fresh-mac.ts';
import type {LaunchedService, Profile} from '../../src/simulator/macos/mac-state.ts';
import {macSystem, openMac} from '../../src/simulator/macos/mac-system.ts';
import type {SimulatedSystem, SimulationOptions} from '../../src/simulator/simulated-system.ts';
import type {Command, Lend, System} from '../../src/platform/system.ts';
import {filesOf, folderInMemory} from './disks.ts';
import {type} from './installed.ts';
import {macEventsOf, type MacEvents} from './mac-events.ts';

export const label = 'org.vira.service';
export const gui = `gui/501/${label}`;
export const daemon = `system/${label}`;
export const agentPath = `/Users/alice/Library/LaunchAgents/${label}.plist`;
export const daemonPath = `/Library/LaunchDaemons/${label}.plist`;
export const backgroundPath = `/Users/alice/.config/vira-setup/launchd/${label}.plist`;
export const logPath = '/Users/alice/Library/Logs/vira.log';

/** A simulated Mac and the events that can happen to it from outside. */
export interface MacSimulation extends SimulatedSystem {
	readonly platform: 'darwin';
	/** Where its files are. */
	readonly folder: string;
	readonly events: MacEvents;
}

/** The Mac at that place. */
export const openMacSimulation = async (
	options: SimulationOptions,
	state: GivenMac = {},
): Promise<MacSimulation> => {
	const keeper = await openMac(options, state);
	return Object.assign(macSystem(keeper, options), {folder: options.folder, events: macEventsOf(keeper)});
};

/** The Mac in the folder, as another process would find it. */
export const macIn = (folder: string, state: GivenMac = {}): Promise<MacSimulation> =>
	openMacSimulation({files: filesOf(folder), folder, pace: 'instant'}, state);

/** A simulated Mac of the test's own, in memory. */
export const simulateMac = (state: GivenMac = {}): Promise<MacSimulation> => macIn(folderInMemory(), state);

/** The same with a user at the terminal, who gives sudo the password; `asked` are the commands that needed it. */
export const macWithPerson = async (
	state: GivenMac = {},
): Promise<{readonly machine: MacSimulation; readonly asked: readonly Command[]}> => {
	const asked: Command[] = [];
	const lend: Lend = (command, use) => {
		asked.push(command);
		return use();
	};
	const folder = folderInMemory();
	const machine = await openMacSimulation({files: filesOf(folder), folder, pace: 'instant', lend}, state);
	return {machine, asked};
};

/** A service as launchd has it now. */
export const serviceAt = async (machine: MacSimulation, id = gui): Promise<LaunchedService | undefined> =>
	(await machine.events.mac()).services[id];

/** What launchd has of the service: where, its state, how often it was started, and from which file. */
export const launched = async ({events}: MacSimulation): Promise<readonly string[]> =>
	Object.entries((await events.mac()).services).map(
		([id, {state, runs, path}]) => `${id} ${state} ${runs} ${path}`,
	);

const standardAgent = {
	Label: label,
	ProgramArguments: ['/Users/alice/.nix-profile/bin/vira', '--state-dir', '/Users/alice/state', 'web'],
	RunAtLoad: true,
	KeepAlive: {SuccessfulExit: false, Crashed: true},
	WorkingDirectory: '/Users/alice',
	StandardOutPath: logPath,
	StandardErrorPath: logPath,
};

/** Keys of launchd.plist(5) over those of a standard agent; undefined removes one. */
export type Keys = Readonly<Record<string, PlistValue | undefined>>;

/** The property list of an agent for the simulated Vira. */
export const agentText = (keys: Keys = {}): string => {
	const entries = Object.entries<PlistValue | undefined>({...standardAgent, ...keys});
	return build(Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as PlistValue);
};

/** The words that wait for the Nix store before they become Vira. */
export const afterNixStore = [
	'/bin/sh',
	'-c',
	'/bin/wait4path /nix/store && exec "$0" "$@"',
	...standardAgent.ProgramArguments,
];

/** A Mac with the agent in its folder, not loaded. */
export const macWithAgent = async (state: GivenMac = {}, keys: Keys = {}): Promise<MacSimulation> => {
	const machine = await simulateMac(state);
	for (const folder of ['/Users/alice/Library/LaunchAgents', '/Users/alice/Library/Logs'])
		await machine.events.put(`${folder}/.keep`, '');
	await machine.events.put(agentPath, agentText(keys));
	return machine;
};

/** The result of a command typed on the Mac: its exit status and output. */
export const typed = async (
	machine: System,
	line: string,
): Promise<readonly [number | undefined, string]> => {
	const {exitCode, stdout, stderr} = await type(machine, line);
	return [exitCode, `${stdout}${stderr}`];
};

/** A Mac with the agent in its folder and running. */
export const macWithRunning = async (state: GivenMac = {}, keys: Keys = {}): Promise<MacSimulation> => {
	const machine = await macWithAgent(state, keys);
	expect(await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`)).toEqual([0, '']);
	await machine.sleep(100);
	return machine;
};

/** The lines of a service in `launchctl print` that belong to it: for each, the requested part. */
export const printed = async (machine: System, names: readonly string[], id = gui): Promise<string> => {
	const {stdout} = await type(machine, `launchctl print ${id}`);
	const own = stdout.split('\n').filter((line) => /^\t[^\t]/u.test(line));
	return names
		.flatMap((name) => own.filter((line) => line.startsWith(`\t${name} = `)).map((line) => line.slice(1)))
		.join('; ');
};

const switches: {readonly [Key in keyof Profile]: readonly Profile[Key][]} = {
	alreadyLoaded: [5, 37, 17],
	disabledNonroot: [5, 119],
	bootoutMissing: [3, 113],
	arraySessionTypes: ['ok', 'fail5'],
	badRequestLine: [true, false],
	domainAbsentCode: [125, 112],
	staleSignature: ['until-bootout', 'once'],
	guardedFolders: ['refused', 'open'],
	userDomainVolumes: ['refused', 'taken'],
};

/** Every combination: 768 of them. */
export const everyProfile: readonly Profile[] = Object.entries(switches).reduce<readonly object[]>(
	(profiles, [key, values]) =>
		profiles.flatMap((profile) => values.map((value) => ({...profile, [key]: value}))),
	[{}],
) as readonly Profile[];

/** Any combination of the points on which sources disagree. */
export const anyProfile: fc.Arbitrary<Profile> = fc.constantFrom(...everyProfile);
