import {putPrograms} from '../furniture.ts';
import {makeFolders, writeWithFolders, type Machine} from '../machine.ts';
import {followed} from '../machine-paths.ts';

/** Puts what a Mac has on its disk before anybody sets anything up: an account begins without LaunchAgents. */
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
	// Where System Settings keeps the password of whom it logs in automatically.
	if (state.mac?.autoLogin !== undefined)
		await writeWithFolders(machine, '/etc/kcpassword', {content: '', mode: 0o600});
	await putPrograms(machine);
};
