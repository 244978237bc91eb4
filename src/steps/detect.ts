import {exitCode, SetupError} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {ownFolders} from '../platform/installed/our-files.ts';
import {managerKindOn} from '../platform/service-manager/registry.ts';
import type {System} from '../platform/system.ts';

/** All facts that are needed before the first question. Reads only. */
export const detect = async (system: System): Promise<Facts> => {
	const kind = await managerKindOn(system);
	if (!kind)
		throw new SetupError({
			message: 'vira-setup supports only Linux and macOS.',
			fixes: [{say: 'shows it on a simulated machine', command: 'vira-setup --simulate linux'}],
			exit: exitCode.unsuitable,
		});
	const {user, ownAddresses} = system;
	const now = new Date(system.now()).toISOString();
	return kind.detect(system, {user, ownAddresses, now, folders: ownFolders(system)});
};
