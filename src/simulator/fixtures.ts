import {posix} from 'node:path';
import {memoryOf, putBuildTools} from './builds.ts';
import {makeFolders, writeWithFolders, type Machine} from './machine.ts';
import type {MachineState} from './machine-state.ts';
import {lingerFile, lingerFolder} from '../platform/systemd/lingering/lingering.ts';

const store = '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9';

const nixProgram = `#!/bin/sh\n# A simulated Nix.\n`;

export const viraProgram = `#!/bin/sh\n# A simulated Vira.\n`;

/** The folder for a person's units, in which `enable` creates its links. */
export const unitFolder = ({user}: MachineState): string => `${user.home}/.config/systemd/user`;

export const runtimeFolder = ({user}: MachineState): string => `/run/user/${user.uid}`;

/** Where `--runtime` creates a link, which is gone when the user manager ends. */
export const runtimeUnitFolder = (state: MachineState): string => `${runtimeFolder(state)}/systemd/user`;

export const unitFolders = (state: MachineState): readonly string[] => [
	`${state.user.home}/.config/systemd/user.control`,
	unitFolder(state),
	'/etc/xdg/systemd/user',
	'/etc/systemd/user',
	runtimeUnitFolder(state),
	'/run/systemd/user',
	`${state.user.home}/.local/share/systemd/user`,
	'/usr/local/lib/systemd/user',
	'/usr/lib/systemd/user',
];

// A profile of nix(1), with the same links as a real one.
const profileLinks = ({user, vira, nix}: MachineState): Record<string, string> => {
	const profiles = `${user.home}/.local/state/nix/profiles`;
	return {
		[`${user.home}/.nix-profile`]: `${profiles}/profile`,
		[`${profiles}/profile`]: 'profile-1-link',
		[`${profiles}/profile-1-link`]: `${store}-profile`,
		...(vira && {[`${store}-profile/bin/vira`]: `${store}-vira-${vira.version}/bin/vira`}),
		...(nix && {
			[`${store}-profile/bin/nix`]: `${store}-nix-${nix.version}/bin/nix`,
			[`${store}-profile/bin/nix-store`]: `${store}-nix-${nix.version}/bin/nix`,
		}),
	};
};

const inProfile = ({user}: MachineState, program: {readonly path: string} | undefined): boolean =>
	program?.path.startsWith(`${user.home}/.nix-profile/`) ?? false;

const putProfile = ({state}: Machine): void => {
	const [vira, nix] = [inProfile(state, state.vira), inProfile(state, state.nix)];
	if (!vira && !nix) return;
	const inside = {...state, vira: vira ? state.vira : undefined, nix: nix ? state.nix : undefined};
	state.links = {...profileLinks(inside), ...state.links};
};

const putNix = async (machine: Machine): Promise<void> => {
	const {nix} = machine.state;
	if (!nix) return;
	const program = {content: nixProgram, mode: 0o555};
	if (inProfile(machine.state, nix))
		return writeWithFolders(machine, `${store}-nix-${nix.version}/bin/nix`, program);
	await writeWithFolders(machine, nix.path, program);
	await writeWithFolders(machine, `${nix.path}-store`, program);
};

const putVira = async (machine: Machine): Promise<void> => {
	const {state} = machine;
	if (!state.vira) return;
	if (!inProfile(state, state.vira))
		return writeWithFolders(machine, state.vira.path, {content: viraProgram, mode: 0o755});
	const program = `${store}-vira-${state.vira.version}/bin/vira`;
	await writeWithFolders(machine, program, {content: viraProgram, mode: 0o555});
};

/** Installs Vira and Nix, through the links of a profile if they are in one. */
export const putPrograms = async (machine: Machine): Promise<void> => {
	putProfile(machine);
	await putVira(machine);
	await putNix(machine);
	for (const link of Object.keys(machine.state.links)) await makeFolders(machine, posix.dirname(link));
};

const kernel = ({wsl}: MachineState): string =>
	wsl ? '5.15.167.4-microsoft-standard-WSL2\n' : '6.1.0-32-amd64\n';

/** random(4): of this boot. */
export const bootId = '5a1f0c3e-7d42-4b8e-9c61-2f7e0d9b4a13';

/** Creates the files that a machine in this state has before anything is set up. */
export const putFixtures = async (machine: Machine): Promise<void> => {
	const {state} = machine;
	const readable = (content: string) => ({content, mode: 0o644});
	await makeFolders(machine, posix.dirname(state.user.home));
	await makeFolders(machine, state.user.home, 0o700);
	await makeFolders(machine, '/tmp');
	await writeWithFolders(machine, '/etc/os-release', readable(state.osRelease));
	await writeWithFolders(machine, '/proc/sys/kernel/osrelease', readable(kernel(state)));
	await writeWithFolders(machine, '/proc/self/mounts', readable('/dev/vda1 / ext4 rw,relatime 0 0\n'));
	await writeWithFolders(machine, '/proc/sys/kernel/random/boot_id', readable(`${bootId}\n`));
	await writeWithFolders(machine, '/proc/meminfo', readable(`MemTotal: ${memoryOf(state) / 1024} kB\n`));
	await putBuildTools(machine);
	if (state.nixos) await writeWithFolders(machine, '/etc/NIXOS', readable(''));
	if (state.container !== undefined)
		await writeWithFolders(machine, '/run/systemd/container', readable(state.container));
	if (state.booted) await makeFolders(machine, '/run/systemd/system');
	for (const folder of ['/run/user', lingerFolder]) await makeFolders(machine, folder);
	await putPrograms(machine);
	await showLogind(machine);
};

/** Creates or removes logind's files: the file for lingering, and the runtime folder while it is needed. */
export const showLogind = async (machine: Machine): Promise<void> => {
	const {state, files} = machine;
	if (state.lingering) await writeWithFolders(machine, lingerFile(state.user), {content: '', mode: 0o644});
	else await files.deleteFile(lingerFile(state.user));
	const runtime = runtimeFolder(state);
	// user-runtime-dir@.service creates it before the manager starts.
	const isTried = state.userManager === 'refused' && (state.session || state.lingering);
	if (state.userManager === 'running' || isTried) await makeFolders(machine, runtime, 0o700);
	else await files.deleteFolder(runtime, {withContents: true});
};
