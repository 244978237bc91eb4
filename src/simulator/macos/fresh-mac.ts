import type {MachineState} from '../machine-state.ts';
import {freshState} from '../fresh-state.ts';
import type {Account, MacState, Profile} from './mac-state.ts';
import {followed} from '../files/links.ts';
import {putBuildTools} from '../builds.ts';
import {putPrograms} from '../fixtures.ts';
import {makeFolders, writeWithFolders, type Machine} from '../machine.ts';

/** How a new Mac differs from the standard one: alice is logged in to the desktop of a MacBook with macOS 15. */
export type GivenMac = Partial<Omit<MachineState, 'mac'>> & {
	readonly mac?: Partial<Omit<MacState, 'profile'>> & {readonly profile?: Partial<Profile>};
};

/** The person of the standard Mac. */
export const alice = {name: 'alice', uid: 501, home: '/Users/alice'};

/** The number of the first desktop session. */
export const firstAsid = 100_020;

const standardMac = (owner: Account): MacState => ({
	version: '15.6.1',
	architecture: 'arm64',
	translated: false,
	fileVault: true,
	sleep: {minutes: 0},
	sudo: 'password',
	sudoUntil: 0,
	launchctl: 'works',
	profile: {
		alreadyLoaded: 5,
		disabledNonroot: 5,
		bootoutMissing: 3,
		arraySessionTypes: 'fail5',
		badRequestLine: false,
		domainAbsentCode: 125,
		staleSignature: 'until-bootout',
		guardedFolders: 'refused',
		userDomainVolumes: 'refused',
	},
	consulted: [],
	caller: {session: 'Aqua', viaSsh: false},
	accounts: [owner, {name: 'bob', uid: 502, home: '/Users/bob'}],
	console: owner.uid,
	domains: {[owner.uid]: {gui: true, asid: firstAsid}},
	overrides: {},
	services: {},
	behaviours: {},
	calls: [],
	warnings: [],
});

/** Folders that only root can write to. */
const ofRoot = [
	'/',
	'/Library',
	'/System',
	'/Volumes',
	'/bin',
	'/etc',
	'/nix',
	'/opt',
	'/private',
	'/sbin',
	'/usr',
	'/var',
];

/** A new Mac, with the given changes. */
export const freshMac = ({mac, ...given}: GivenMac): MachineState => {
	const {name, uid, home} = given.user ?? alice;
	const standard = standardMac(uid === 0 ? alice : {name, uid, home});
	return {
		...freshState({
			hostName: 'simulation.local',
			user: {...alice, sudoFrom: undefined},
			systemd: undefined,
			booted: false,
			session: false,
			readOnly: ofRoot.filter((folder) => folder === '/' || !home.startsWith(`${folder}/`)),
			...given,
		}),
		mac: {...standard, ...mac, profile: {...standard.profile, ...mac?.profile}},
	};
};

/** Over SSH, and no one is logged in at the Mac's screen. */
export const headlessMac: GivenMac = {
	mac: {
		caller: {session: 'Background', viaSsh: true},
		console: 0,
		domains: {[alice.uid]: {gui: false, asid: 0}},
	},
};

/** Creates the files of a new Mac. A new account has no LaunchAgents folder. */
export const putMacFixtures = async (machine: Machine): Promise<void> => {
	const {state} = machine;
	await makeFolders(machine, '/Users');
	// A home folder can be on another volume, with a link to it.
	await makeFolders(machine, followed(state.user.home, state.links) ?? state.user.home, 0o750);
	await makeFolders(machine, `${state.user.home}/Library`, 0o700);
	const folders = [
		'/Library/LaunchAgents',
		'/Library/LaunchDaemons',
		'/Library/Preferences',
		'/Volumes',
		'/tmp',
	];
	for (const folder of [...folders, '/nix/store']) await makeFolders(machine, folder);
	// System Settings stores the password for automatic login here.
	if (state.mac?.autoLogin !== undefined)
		await writeWithFolders(machine, '/etc/kcpassword', {content: '', mode: 0o600});
	await putBuildTools(machine);
	// Without these, the git of macOS only asks to install them.
	await writeWithFolders(machine, '/Library/Developer/CommandLineTools/usr/bin/git', {
		content: '',
		mode: 0o755,
	});
	await putPrograms(machine);
};
