import {expandHome} from '../../settings/value.ts';
import {nothing, problem, type Check} from '../service-manager/check.ts';
import {look} from '../paths.ts';
import {storeSoon} from './diagnosis.ts';

/** Nix profiles and the store itself: these paths exist only while the store is mounted. */
export const fromNix =
	/^\/nix\/|\/\.nix-profile\/|\/nix\/profile\/|^\/etc\/profiles\/|^\/run\/current-system\//u;

/** Right after boot, /nix may not be mounted yet: a Vira in it is not missing. */
export const checkNixStore: Check = async ({facts, settings, system}) => {
	if (facts.platform !== 'macos' || facts.mac.nixMounted) return nothing;
	const path = expandHome(settings.package, facts.user.home);
	if (!fromNix.test(path) || (await look(system, path)) !== undefined) return nothing;
	return problem('package', `This Vira is in the Nix store, which is not mounted. ${storeSoon}`);
};
