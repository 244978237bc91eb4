import {putPrograms} from '../furniture.ts';
import {makeFolders, writeWithFolders, type Machine} from '../machine.ts';
import {followed} from '../machine-paths.ts';

/** Creates the files of a new Mac. A new account has no LaunchAgents folder. */
export const furnishMac = async (machine: Machine): Promise<void> => {
	const {state} = machine;
	await makeFolders(machine, '/Users');
	// A home folder can be on another volume, with a link to it.
	await makeFolders(machine, followed(state.user.home, state.links) ?? state.user.home, 0o750);
	await makeFolders(machine, `${state.user.home}/Library`, 0o700);
	const folders = [
		'/Library/LaunchAgents',
		'/Library/LaunchDaemons',
		'/Library/Preferences',
		'/Volumes',
		'/tmp',
	];
	for (const folder of [...folders, '/nix/store']) await makeFolders(machine, folder);
	// System Settings stores the password for automatic login here.
	if (state.mac?.autoLogin !== undefined)
		await writeWithFolders(machine, '/etc/kcpassword', {content: '', mode: 0o600});
	await putPrograms(machine);
};
