import {expandHome} from '../../platform/service.ts';
import {isInstallable} from '../../settings/installable.ts';
import {lookInto} from '../place.ts';
import type {Check} from './check.ts';

/** A folder that nobody has here, such as a store path of another machine, gives builds no program. */
export const checkExtraPackages: Check = async ({system, settings, facts}) => {
	const folders = settings.extraPackages.filter((one) => !isInstallable(one));
	const found = await Promise.all(
		folders.map(async (given) => {
			const path = expandHome(given, facts.user.home);
			const [folder, programs] = await Promise.all([lookInto(system, path), lookInto(system, `${path}/bin`)]);
			if (programs) return [];
			return [folder ? `${path} has no folder bin` : `${path} does not exist`];
		}),
	);
	return {
		problems: [],
		warnings: found.flat().map((what) => ({
			code: 'extra-package-missing',
			option: 'extraPackages',
			message: `The extra package ${what}: builds find no program of it.`,
			fixes: ['Put it there, give another, or take it out of the extra packages.'],
		})),
	};
};
