import {exitCode, SetupError} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {detectLinux} from '../platform/linux/detect.ts';
import {unitName} from '../platform/linux/systemd.ts';
import {ownFolders} from '../platform/own-folders.ts';
import type {System} from '../platform/system.ts';

/** Everything that has to be known before anything is asked. Reads only. */
export const detect = async (system: System): Promise<Facts> => {
	if (system.platform !== 'linux') {
		throw new SetupError({
			what: 'This version sets Vira up on Linux only.',
			next: ['vira-setup --rehearse linux   shows it on a simulated machine.'],
			code: exitCode.unsuitable,
		});
	}
	const {services, ...seen} = await detectLinux(system);
	return {
		platform: 'linux',
		user: system.user,
		now: new Date(system.now()).toISOString(),
		ownAddresses: system.ownAddresses,
		...seen,
		serviceFile: `${services}/${unitName}`,
		folders: {...ownFolders(system), services},
	};
};
