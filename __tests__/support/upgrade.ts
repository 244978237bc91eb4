import type {Simulation} from './simulated-linux.ts';
import {put} from './installed.ts';

/**
 * A new Vira in the profile, as `nix profile upgrade` leaves it: with a new generation, and with the old one still
 * there. It reads states of a newer schema only.
 */
export const upgradeVira = async (machine: Simulation): Promise<void> => {
	const {vira, links} = await machine.events.state();
	if (!vira) throw new Error('There is no Vira to upgrade.');
	const profiles = '/home/alice/.local/state/nix/profiles';
	const [program, profile] = ['/nix/store/2-vira-0.2.0/bin/vira', '/nix/store/2-profile'];
	await put(machine, program, '#!/bin/sh\n');
	await machine.writeFile(program, '#!/bin/sh\n', 0o555);
	await put(machine, `${profile}/bin/here`, '');
	await machine.events.change({
		vira: {...vira, version: '0.2.0.0', schema: 9},
		otherViras: [{...vira, path: `${profiles}/profile-1-link/bin/vira`}],
		links: {
			...links,
			[`${profiles}/profile`]: 'profile-2-link',
			[`${profiles}/profile-2-link`]: profile,
			[`${profile}/bin/vira`]: program,
		},
	});
};
