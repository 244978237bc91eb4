import type {Facts} from '../../src/platform/facts.ts';
import type {LinuxFacts, LinuxMachine} from '../../src/platform/systemd/facts.ts';
import type {ServiceState} from '../../src/platform/machine-facts.ts';
import {defaultSettings, type Settings} from '../../src/settings/options.ts';
import type {Existing, Site, Situation} from '../../src/platform/installed/situation.ts';

/** A Debian where Vira is installed, nothing is set up, and lingering is off. */
export const debian = ({
	linux,
	service,
	...rest
}: {linux?: Partial<LinuxFacts>; service?: Partial<ServiceState>} & Partial<
	Omit<LinuxMachine, 'linux' | 'service' | 'platform'>
> = {}): LinuxMachine => ({
	platform: 'linux',
	user: {name: 'alice', uid: 1000, home: '/home/alice', sudoFrom: undefined},
	folders: {
		config: '/home/alice/.config/vira-setup',
		state: '/home/alice/.local/state/vira-setup',
		services: '/home/alice/.config/systemd/user',
	},
	now: '2026-03-01T10:00:00.000Z',
	systemName: 'Debian GNU/Linux 12 (bookworm)',
	vira: {path: '/home/alice/.nix-profile/bin/vira', version: '0.1.0'},
	nix: {path: '/home/alice/.nix-profile/bin/nix', version: '2.24.9'},
	managedBy: undefined,
	serviceFiles: ['/home/alice/.config/systemd/user/vira.service'],
	ownAddresses: ['127.0.0.1', '::1'],
	...rest,
	service: {
		active: 'inactive',
		awaitsRestart: false,
		enabled: false,
		masked: false,
		needsReload: false,
		mainPid: undefined,
		restarts: 0,
		file: undefined,
		dropIns: [],
		...service,
	},
	linux: {
		systemd: 252,
		userManager: {answers: true, version: 252},
		lingering: false,
		nixos: false,
		wsl: false,
		homeLock: false,
		forgotten: [],
		lingerReadBack: true,
		logindSilent: false,
		container: undefined,
		...linux,
	},
});

export const settings = (changes: Partial<Settings> = {}): Settings => ({
	...defaultSettings({vira: '/home/alice/.nix-profile/bin/vira'}),
	...changes,
});

export const situation = (
	parts: {facts?: Facts; existing?: Partial<Existing>; site?: Partial<Site>} = {},
): Situation => ({
	facts: parts.facts ?? debian(),
	existing: {saved: undefined, receipt: undefined, files: new Map(), ...parts.existing},
	site: {
		program: '/home/alice/.nix-profile/bin/vira',
		realProgram: '/nix/store/0-vira/bin/vira',
		missingFolders: [],
		hasDatabase: false,
		theirs: [],
		oldState: undefined,
		built: [],
		problems: [],
		warnings: [],
		...parts.site,
	},
});
