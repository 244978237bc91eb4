import type {Machine} from '../../../scripts/machine/machine.ts';
import {asRoot} from './forge.ts';

/** A Nix, and what alice may do with it. */
export interface NixSituation {
	readonly name: string;
	readonly arrange: (machine: Machine) => Promise<unknown>;
	/** What the check of Nix finds. */
	readonly code: string;
	/** After it, Nix is ready; `printed`: the command that the check prints. */
	readonly fix?: ((machine: Machine) => Promise<unknown>) | 'printed';
}

/** A flake without inputs, which asks for a cache as many flakes do. */
export const flake = '/srv/flake';

const flakeText = (system: string) => `{
	nixConfig.extra-substituters = [ "file:///srv/cache" ];
	outputs = { self }: {
		packages.${system}.default = derivation {
			name = "project";
			system = "${system}";
			builder = "/bin/sh";
			args = [ "-c" "echo built > $out" ];
		};
	};
}
`;

/** A container cannot have a sandbox, and the test has no network. */
const always = ['sandbox = false', 'substituters =', 'flake-registry ='];
const flakes = 'experimental-features = nix-command flakes';

const configure =
	(...lines: readonly string[]) =>
	async (machine: Machine) => {
		await machine.writeFile('/etc/nix/nix.conf', `${[...always, ...lines].join('\n')}\n`);
		await asRoot(machine, 'systemctl try-restart nix-daemon.service');
	};

const script = (text: string) => (machine: Machine) => asRoot(machine, text);

/** A user manager has the groups that the account had when it started. */
const join = script('usermod --append --groups nix-users alice; systemctl try-restart user@1000.service');

const steps =
	(...all: readonly ((machine: Machine) => Promise<unknown>)[]) =>
	async (machine: Machine): Promise<void> => {
		await machine.writeFile(
			`${flake}/flake.nix`,
			flakeText(process.arch === 'arm64' ? 'aarch64-linux' : 'x86_64-linux'),
		);
		for (const step of all) await step(machine);
	};

export const stopDaemon = script('systemctl stop nix-daemon.socket nix-daemon.service');
export const startDaemon = script('systemctl start nix-daemon.socket');
const socketFolder = '/nix/var/nix/daemon-socket';
const socket = `${socketFolder}/socket`;

/** Without a daemon, and with a store that belongs to the account, as the installer of Nix does it for one user. */
const giveStoreTo = (account: string) =>
	steps(stopDaemon, script(`rm -r ${socketFolder}; chown -R ${account} /nix`), configure(flakes));

/** Debian's package sets NIX_REMOTE=daemon in the environment of all user managers (environment.d(5)). */
const useStoreDirectly = script(
	'rm /usr/lib/environment.d/nix-daemon.conf; systemctl try-restart user@1000.service',
);

/** Nix as builds need it. */
export const readyNix = steps(configure(flakes), join);

export const nixSituations: readonly NixSituation[] = [
	{
		// As Debian's packages leave it.
		name: 'nix-fresh',
		arrange: steps(),
		code: 'nix-refused',
		fix: steps(configure(flakes), join),
	},
	{name: 'nix-ready', arrange: readyNix, code: 'nix-ready'},
	{
		name: 'nix-trusted',
		arrange: steps(configure(flakes, 'trusted-users = root alice'), join),
		code: 'nix-ready',
	},
	{name: 'nix-flakes-off', arrange: steps(configure(), join), code: 'nix-flakes-off', fix: 'printed'},
	{
		name: 'nix-command-without-flakes',
		arrange: steps(configure('experimental-features = nix-command'), join),
		code: 'nix-flakes-off',
		fix: 'printed',
	},
	{
		name: 'nix-daemon-stopped',
		arrange: steps(configure(flakes), join, stopDaemon),
		code: 'nix-daemon-stopped',
		fix: 'printed',
	},
	{
		name: 'nix-daemon-socket-left',
		// The socket of a daemon that was killed.
		arrange: steps(
			configure(flakes),
			join,
			stopDaemon,
			script(
				`node -e "require('net').createServer().listen('${socket}', () => process.kill(process.pid, 'SIGKILL'))"; chmod 666 ${socket}`,
			),
		),
		code: 'nix-daemon-stopped',
		fix: startDaemon,
	},
	{
		name: 'nix-socket-refused',
		arrange: steps(configure(flakes), script(`chmod 750 ${socketFolder}`)),
		code: 'nix-refused',
		fix: script(`chmod 755 ${socketFolder}`),
	},
	{name: 'nix-not-in-group', arrange: steps(configure(flakes)), code: 'nix-refused', fix: join},
	{
		name: 'nix-user-not-allowed',
		arrange: steps(configure(flakes, 'allowed-users = admin'), join),
		code: 'nix-refused',
		fix: configure(flakes),
	},
	{name: 'nix-single-user', arrange: steps(giveStoreTo('alice'), useStoreDirectly), code: 'nix-ready'},
	{
		name: 'nix-single-user-told-to-use-a-daemon',
		arrange: giveStoreTo('alice'),
		code: 'nix-daemon-stopped',
		fix: useStoreDirectly,
	},
	{
		name: 'nix-single-user-of-someone-else',
		arrange: steps(giveStoreTo('admin'), useStoreDirectly),
		code: 'nix-store-unusable',
		fix: script('chown -R alice /nix'),
	},
	{
		name: 'nix-single-user-read-only',
		arrange: steps(
			giveStoreTo('alice'),
			useStoreDirectly,
			script('runuser -u alice -- nix-store --init; mount --bind /nix /nix; mount -o remount,bind,ro /nix'),
		),
		code: 'nix-store-unusable',
		fix: script('mount -o remount,bind,rw /nix'),
	},
	{
		name: 'nix-configuration-damaged',
		arrange: steps(configure(flakes, 'this is not a setting'), join),
		code: 'nix-config-damaged',
		fix: configure(flakes),
	},
	{
		name: 'nix-missing',
		arrange: steps(configure(flakes), join, script('mv /usr/bin/nix /usr/bin/nix.away')),
		code: 'nix-missing',
		fix: script('mv /usr/bin/nix.away /usr/bin/nix'),
	},
];
