import {chosenSuite} from '../../../scripts/machine/recipe.ts';

/**
 * What a machine of these tests has in addition. debootstrap does not see that libdbi-perl provides what nix-bin's own
 * packages depend on.
 */
export const packages = [
	'libdbi-perl',
	'nix-bin',
	'nix-setup-systemd',
	'ca-certificates',
	'git',
	'iproute2',
	'openssh-client',
	'openssh-server',
	...(chosenSuite() === 'bullseye' ? [] : ['gh']),
];
