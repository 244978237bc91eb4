import type {Agent, Mac, MacFacts} from '../../src/platform/launchd/facts.ts';
import type {Domain, LoadedAgent} from '../../src/platform/launchd/launchctl.ts';
import {debian} from './situation.ts';

/** A Mac where Vira is installed, nothing is set up, and alice is logged in at the screen. */
export const mac = ({
	mac: own,
	...rest
}: {mac?: Partial<MacFacts>} & Partial<Omit<Mac, 'mac' | 'platform'>> = {}): Mac => ({
	...debian(),
	managedBy: undefined,
	user: {name: 'alice', uid: 501, home: '/Users/alice', sudoFrom: undefined},
	folders: {
		config: '/Users/alice/.config/vira-setup',
		state: '/Users/alice/.local/state/vira-setup',
		services: '/Users/alice/Library/LaunchAgents',
	},
	systemName: 'macOS 15.6',
	serviceFiles: [
		'/Users/alice/Library/LaunchAgents/org.vira.service.plist',
		'/Users/alice/.config/vira-setup/launchd/org.vira.service.plist',
		'/Library/LaunchDaemons/org.vira.service.plist',
	],
	...rest,
	platform: 'macos',
	mac: {
		version: '15.6',
		architecture: 'arm64',
		rosetta: false,
		screen: {session: 'there'},
		screenUser: 'alice',
		fileVault: true,
		autoLogin: false,
		sleepsAfter: 0,
		nixMounted: true,
		nixExpected: true,
		homeVolume: undefined,
		agents: {gui: {known: 'not-loaded'}, user: {known: 'not-loaded'}, system: {known: 'not-loaded'}},
		disabled: false,
		daemonDisabled: false,
		files: {},
		obstacles: [],
		...own,
	},
});

export const absent: Agent = {known: 'not-loaded'};

/** A running service that launchd loaded from our file, with the given differences. */
export const loaded = (agent: Partial<LoadedAgent> = {}): Agent => ({
	known: 'loaded',
	agent: {
		state: 'running',
		pid: 400,
		runs: 1,
		lastExit: undefined,
		path: '/Users/alice/Library/LaunchAgents/org.vira.service.plist',
		pended: false,
		variables: {},
		needs: {
			program: '/Users/alice/.nix-profile/bin/vira',
			waitsForStore: true,
			folder: '/Users/alice/.local/share/vira/state',
			logFile: '/Users/alice/Library/Logs/vira.log',
		},
		...agent,
	},
});

/** The same, without a process. */
export const idle = (agent: Partial<LoadedAgent> = {}): Agent =>
	loaded({state: 'not running', pid: undefined, ...agent});

/** The service in the domains that are named, and in no other. */
export const agents = (given: Partial<Record<Domain, Agent>>): MacFacts['agents'] => ({
	gui: absent,
	user: absent,
	system: absent,
	...given,
});
