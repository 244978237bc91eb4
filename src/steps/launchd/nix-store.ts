import {expandHome} from '../../platform/service.ts';
import {nothing, problem, type Check} from '../checks/check.ts';
import {look} from '../place.ts';

/** Profiles of Nix, and the store itself: what is named by them is there only while the store is mounted. */
export const fromNix =
	/^\/nix\/|\/\.nix-profile\/|\/nix\/profile\/|^\/etc\/profiles\/|^\/run\/current-system\//u;

/** Right after a Mac has started, /nix may not be mounted yet: a Vira that is in it is not lost. */
export const checkNixStore: Check = async ({facts, settings, system}) => {
	if (facts.platform !== 'macos' || facts.mac.nixMounted) return nothing;
	const path = expandHome(settings.package, facts.user.home);
	if (!fromNix.test(path) || (await look(system, path)) !== undefined) return nothing;
	return problem(
		'package',
		'The Nix store is not mounted, and this Vira is in it. After a start of the Mac that can take a minute; then start vira-setup again.',
	);
};
