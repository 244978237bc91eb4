import {expandHome} from '../../settings/value.ts';
import {isInstallable} from '../../settings/nix.ts';
import {lookInto} from '../../platform/paths.ts';
import type {Check} from '../../platform/service-manager/check.ts';

/** A folder that does not exist here, such as a store path of another machine, provides no programs. */
export const checkExtraPackages: Check = async ({system, settings, facts}) => {
	const folders = settings.extraPackages.filter((one) => !isInstallable(one));
	const found = await Promise.all(
		folders.map(async (given) => {
			const path = expandHome(given, facts.user.home);
			const [folder, programs] = await Promise.all([lookInto(system, path), lookInto(system, `${path}/bin`)]);
			if (programs) return [];
			return [folder ? `${path} has no bin folder` : `${path} does not exist`];
		}),
	);
	return {
		problems: [],
		warnings: found.flat().map((what) => ({
			code: 'extra-package-missing',
			option: 'extraPackages',
			message: `The extra package ${what}: builds cannot find its programs.`,
			fixes: [{say: 'Install it, use another one, or remove it from the extra packages.'}],
		})),
	};
};
