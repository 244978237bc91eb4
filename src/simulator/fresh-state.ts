import type {MachineState} from './machine-state.ts';

const debian = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`;

const nixos = `BUG_REPORT_URL="https://github.com/NixOS/nixpkgs/issues"
HOME_URL="https://nixos.org/"
ID=nixos
NAME=NixOS
PRETTY_NAME="NixOS 25.11 (Xantusia)"
VERSION="25.11 (Xantusia)"
VERSION_CODENAME=xantusia
VERSION_ID="25.11"
`;

const newestVira = {version: '0.1.0.0', schema: 8, behaviour: 'well'} as const;

const flakes: MachineState['flakes'] = {
	'github:juspay/vira': {name: 'vira-0.1.0.0', vira: newestVira, seconds: 95},
	'nixpkgs#openssh': {name: 'openssh-9.9p1', seconds: 12},
	'nixpkgs#gh': {name: 'gh-2.65.0', seconds: 8},
	'nixpkgs#sqlite': {name: 'sqlite-3.48.0', outputs: ['bin', 'man'], seconds: 4},
};

const standard = (given: Partial<MachineState>): Omit<MachineState, 'vira' | 'nix' | 'userManager'> => ({
	clock: Date.UTC(2026, 2, 2, 9),
	hostName: 'simulated',
	user: {name: 'alice', uid: 1000, home: '/home/alice', sudoFrom: undefined},
	environment: {},
	osRelease: given.nixos ? nixos : debian,
	nixos: false,
	wsl: false,
	container: undefined,
	systemd: given.nixos ? 258 : 252,
	booted: true,
	session: true,
	lingering: false,
	lingerRefused: false,
	logindHangs: false,
	accountRefused: false,
	lingerUnread: false,
	journalKept: true,
	journalReadable: true,
	inJournalGroup: false,
	addresses: ['127.0.0.1', '::1'],
	localhost: ['::1', '127.0.0.1'],
	listeners: [],
	links: {},
	readOnly: ['/', '/etc', '/nix', '/opt', '/srv', '/usr', '/var'],
	unreadable: [],
	fileSystems: {},
	unmounted: [],
	dropIns: [],
	units: {},
	timers: [],
	nextPid: 1200,
	otherViras: [],
	journal: {},
	flakes,
	built: {},
});

/** A new machine: a Debian 12 with alice logged in and Vira in her profile, except for what is given. */
export const freshState = (given: Partial<MachineState>): MachineState => {
	const machine = {...standard(given), ...given};
	const userManager = machine.booted && (machine.session || machine.lingering) ? 'running' : 'stopped';
	const vira = {
		path: `${machine.user.home}/.nix-profile/bin/vira`,
		...newestVira,
	};
	const nix = {path: `${machine.user.home}/.nix-profile/bin/nix`, version: '2.24.9'};
	return {userManager, vira, nix, ...machine};
};
