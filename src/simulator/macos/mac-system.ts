import {posix} from 'node:path';
import type {System} from '../../platform/system.ts';
import {freshMac, putMacFixtures, type GivenMac} from './fresh-mac.ts';
import {followMacCommand, runAtTerminal, runMacCommand} from './run-mac-command.ts';
import {openMachine, otherMachine, type Keeper, type MachinePlace} from '../keeper.ts';
import {belongsToUser, type FileAccess} from '../files/machine-files.ts';
import type {MachineState} from '../machine-state.ts';
import {sharedSystem, type SimulatedSystem, type SimulationOptions} from '../simulated-system.ts';
import {searchPath} from '../programs.ts';

const environmentOf = (state: MachineState): System['environment'] => ({
	HOME: state.user.home,
	USER: state.user.name,
	LOGNAME: state.user.name,
	SHELL: '/bin/zsh',
	PATH: searchPath(state).join(':'),
	...(state.mac?.caller.viaSsh && {SSH_CONNECTION: '192.0.2.7 52144 192.0.2.20 22', SSH_TTY: '/dev/ttys001'}),
	...state.environment,
});

/** Folders of root in which every user can create files. */
const shared = ['/tmp'];

/** Fails in a folder of root. With write access to a folder, a user can replace any file in it (unlink(2), rename(2)). */
const demandWritable = (state: MachineState, path: string): void => {
	const folder = posix.dirname(path);
	const isIn = (other: string): boolean => folder === other || folder.startsWith(`${other}/`);
	if (state.user.uid === 0 || belongsToUser(state, folder) || shared.some(isIn)) return;
	throw Object.assign(new Error(`EACCES: permission denied, '${path}'`), {code: 'EACCES'});
};

type Changing = Pick<FileAccess, 'writeFile' | 'move' | 'deleteFile' | 'makeFolder' | 'deleteFolder'>;

/** Changes files with the permissions of this person; folders of root need sudo. */
const asUser = ({inTurn}: Keeper): Changing => {
	const change = <T>(paths: readonly string[], work: (files: FileAccess) => Promise<T>): Promise<T> =>
		inTurn(async ({state, files}) => {
			for (const path of paths) demandWritable(state, path);
			const result = await work(files);
			// What is written there now belongs to the person.
			state.readOnly = state.readOnly.filter((path) => !paths.includes(path));
			return result;
		});
	return {
		writeFile: (path, content, mode) => change([path], (files) => files.writeFile(path, content, mode)),
		move: (from, to) => change([from, to], (files) => files.move(from, to)),
		deleteFile: (path) => change([path], (files) => files.deleteFile(path)),
		makeFolder: (path, mode) =>
			inTurn(async ({state, files}) => {
				if ((await files.inspect(path)) === undefined) demandWritable(state, path);
				return files.makeFolder(path, mode);
			}),
		deleteFolder: (path, options) => change([path], (files) => files.deleteFolder(path, options)),
	};
};

/** Opens a Mac; a new one has alice logged in to its desktop, except for what is given. */
export const openMac = async (place: MachinePlace, given: GivenMac = {}): Promise<Keeper> => {
	const keeper = await openMachine(place, {state: freshMac(given), putFixtures: putMacFixtures});
	if (!keeper.seen().mac) throw otherMachine(place.folder, 'Linux');
	return keeper;
};

/** A simulated Mac: commands get the same answers as on a real one, and nothing real changes. */
export const macSystem = (
	keeper: Keeper,
	options: SimulationOptions,
): SimulatedSystem & {readonly platform: 'darwin'} => ({
	...sharedSystem(
		keeper,
		{runCommand: runMacCommand, following: followMacCommand, runAtTerminal, commandMs: 20},
		options,
	),
	...asUser(keeper),
	platform: 'darwin',
	user: keeper.seen().user,
	get environment() {
		return environmentOf(keeper.seen());
	},
	ownAddresses: keeper.seen().addresses,
});
