import {putPrograms} from '../furniture.ts';
import {makeFolders, type Machine} from '../machine.ts';

/** Puts what a Mac has on its disk before anybody sets anything up: an account begins without LaunchAgents. */
export const furnishMac = async (machine: Machine): Promise<void> => {
	const {state} = machine;
	await makeFolders(machine, '/Users');
	await makeFolders(machine, state.user.home, 0o750);
	await makeFolders(machine, `${state.user.home}/Library`, 0o700);
	const folders = [
		'/Library/LaunchAgents',
		'/Library/LaunchDaemons',
		'/Library/Preferences',
		'/Volumes',
		'/tmp',
	];
	for (const folder of [...folders, '/nix/store']) await makeFolders(machine, folder);
	await putPrograms(machine);
};
