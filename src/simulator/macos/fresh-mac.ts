import type {MachineState} from '../machine-state.ts';
import {freshState} from '../fresh-state.ts';
import type {Account, MacState, Profile} from './mac-state.ts';

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
	surprises: [],
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

const overSsh = {session: 'Background', viaSsh: true} as const;

const notAtScreen = {[alice.uid]: {gui: false, asid: 0}};

/** The sessions in which the program can be run. Each is alice's Mac with macOS 15. */
export const macPresets = {
	/** In a terminal window of the desktop session. */
	desktop: {},
	/** Over SSH, and no one is logged in at the Mac's screen. */
	headless: {mac: {caller: overSsh, console: 0, domains: notAtScreen}},
	/** As `headless`, but the user has not logged in since the last boot. */
	unseen: {mac: {caller: overSsh, console: 0, domains: {}}},
	/** Over SSH, while the same user has a desktop session. */
	sshAndScreen: {mac: {caller: overSsh}},
	/** Over SSH, while another user has a desktop session. */
	otherAtScreen: {
		mac: {
			caller: overSsh,
			console: 502,
			domains: {...notAtScreen, 502: {gui: true, asid: firstAsid}},
		},
	},
	/** With sudo, in a terminal window of alice. */
	root: {
		user: {name: 'root', uid: 0, home: '/var/root', sudoFrom: alice.name},
		mac: {caller: {session: 'System', viaSsh: false}},
	},
} satisfies Readonly<Record<string, GivenMac>>;
