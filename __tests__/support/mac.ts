import type {Mac, MacFacts} from '../../src/platform/facts.ts';
import {debian} from './situation.ts';

/** A Mac where Vira is installed, nothing is set up, and alice sits at the screen. */
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
	],
	...rest,
	platform: 'macos',
	mac: {
		version: '15.6',
		architecture: 'arm64',
		rosetta: false,
		screen: {session: 'there'},
		screenUser: 'alice',
		ssh: false,
		fileVault: true,
		autoLogin: undefined,
		nixMounted: true,
		nixExpected: true,
		homeVolume: undefined,
		agents: {gui: {known: 'not-loaded'}, user: {known: 'not-loaded'}, system: {known: 'not-loaded'}},
		disabled: false,
		...own,
	},
});
