import type {Machine} from '../machine.ts';
import {macOf, switchOf} from './mac.ts';

/** Below a home folder, whatever the permission bits are (System Settings > Privacy & Security > Files & Folders). */
const guarded = /^\/(?:Desktop|Documents|Downloads|Library\/(?:Mobile Documents|CloudStorage))(?:\/|$)/iu;

/** Whether macOS refuses a background process access to a path, without asking the user. */
export const isGuarded = async (machine: Machine, path: string): Promise<boolean> => {
	const {files, state} = machine;
	const [found, home] = await Promise.all([files.inspect(path), files.inspect(state.user.home)]);
	const [real, above] = [found?.realPath ?? '', home?.realPath ?? state.user.home];
	const isBelowHome = real.startsWith(`${above}/`) && guarded.test(real.slice(above.length));
	if (!isBelowHome && !real.startsWith('/Volumes/')) return false;
	return switchOf(macOf(machine), 'guardedFolders') === 'refused';
};
