import type {Facts} from '../../src/platform/facts.ts';
import {debian} from './situation.ts';

/** What a service on a Mac is made from. */
export const mac = (): Facts =>
	debian({
		platform: 'macos',
		user: {name: 'alice', uid: 501, home: '/Users/alice', sudoFrom: undefined},
		folders: {
			config: '/Users/alice/.config/vira-setup',
			state: '/Users/alice/.local/state/vira-setup',
			services: '/Users/alice/Library/LaunchAgents',
		},
		systemName: 'macOS 15.6',
	});
