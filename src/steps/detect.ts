import {exitCode, SetupError} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {detectLinux} from '../platform/systemd/detect/detect.ts';
import {unitName} from '../platform/systemd/systemctl.ts';
import {detectMac} from '../platform/launchd/detect/detect.ts';
import {ownFolders} from '../platform/installed/our-files.ts';
import type {System} from '../platform/system.ts';

/** All facts that are needed before the first question. Reads only. */
export const detect = async (system: System): Promise<Facts> => {
	const {user, ownAddresses} = system;
	const own = ownFolders(system);
	const known = {user, ownAddresses, now: new Date(system.now()).toISOString()};
	switch (system.platform) {
		case 'linux': {
			const {services, ...seen} = await detectLinux(system);
			const serviceFiles = [`${services}/${unitName}`] as const;
			return {platform: 'linux', ...known, ...seen, serviceFiles, folders: {...own, services}};
		}
		case 'darwin': {
			const {services, ...seen} = await detectMac(system, own.config);
			return {platform: 'macos', ...known, ...seen, folders: {...own, services}};
		}
		case 'other':
			throw new SetupError({
				message: 'vira-setup supports only Linux and macOS.',
				fixes: [{say: 'shows it on a simulated machine', command: 'vira-setup --simulate linux'}],
				exit: exitCode.unsuitable,
			});
	}
};
