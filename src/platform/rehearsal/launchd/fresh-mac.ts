import type {MachineState} from '../machine-state.ts';
import {freshState} from '../fresh-state.ts';
import type {MacState} from './mac-state.ts';

/** How a new Mac differs from the standard one: alice sits at the screen of a MacBook with macOS 15. */
export type GivenMac = Partial<Omit<MachineState, 'mac'>> & {readonly mac?: Partial<MacState>};

const alice = {name: 'alice', uid: 501, home: '/Users/alice'};

/** The number of the first session at the screen. */
export const firstAsid = 100_020;

const standardMac = (): MacState => ({
	version: '15.6.1',
	architecture: 'arm64',
	translated: false,
	fileVault: true,
	sudo: 'password',
	sudoUntil: 0,
	launchctl: 'works',
	quarantined: [],
	profile: {
		alreadyLoaded: 5,
		disabledNonroot: 5,
		bootoutMissing: 3,
		arraySessionTypes: 'fail5',
		badRequestLine: false,
		domainAbsentCode: 125,
	},
	caller: {session: 'Aqua', viaSsh: false},
	accounts: [alice, {name: 'bob', uid: 502, home: '/Users/bob'}],
	console: alice.uid,
	domains: {[alice.uid]: {gui: true, asid: firstAsid, onDemandOnly: false}},
	overrides: {},
	services: {},
	behaviours: {},
	log: [],
	calls: [],
	warnings: [],
});

/** Folders in which only root writes. */
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

/** A Mac as nobody has touched it, but for what is given. */
export const freshMac = ({mac, ...given}: GivenMac): MachineState => ({
	...freshState({
		hostName: 'rehearsal.local',
		user: {...alice, sudoFrom: undefined},
		systemd: undefined,
		booted: false,
		session: false,
		readOnly: ofRoot,
		...given,
	}),
	mac: {...standardMac(), ...mac},
});

/** The caller came by SSH, and nobody has logged in at the screen since the Mac booted. */
export const headless = (): Pick<MacState, 'caller' | 'console' | 'domains'> => ({
	caller: {session: 'Background', viaSsh: true},
	console: 0,
	domains: {[alice.uid]: {gui: false, asid: 0, onDemandOnly: false}},
});
