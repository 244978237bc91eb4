import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {chosenSuite} from '../../scripts/machine/recipe.ts';
import {timeLimitMs} from '../support/alice.ts';
import {endOf, recordedGit, recordedNix, settled} from '../support/recorded/recorded.ts';
import {asService, serviceAsks, shellAsks} from './forge/as-service.ts';
import {openForge} from './forge/forge.ts';
import {flake, nixSituations} from './forge/nix-situations.ts';
import {packages} from './forge/packages.ts';
import {reset} from './forge/situation.ts';
import {situations} from './forge/situations.ts';

/** The first machine creates its base image. */
const bootLimitMs = 600_000;

const suite = chosenSuite();

describe('a repository', () => {
	const recordings = new Map(recordedGit(suite).map((recorded) => [recorded.situation, recorded]));
	let machine: Machine;

	beforeAll(async () => {
		machine = await bootMachine({packages});
		await openForge(machine);
	}, bootLimitMs);
	afterAll(async () => machine.destroy());

	const cases = situations.map((situation) => ({...situation, recorded: recordings.get(situation.name)}));

	test.each(cases)(
		'$name: git ends in the service as recorded; after the fix, if there is one, it lists the branches',
		async ({url, arrange, shell, service = {}, serviceConfig = {}, varies = false, fix, recorded}) => {
			if (!recorded) throw new Error('npm run record was not run.');
			const fresh = async () => {
				await reset(machine);
				await arrange?.(machine);
			};
			const ends = {shell: endOf(recorded.shell), service: endOf(recorded.service)};
			if (ends.shell !== ends.service) {
				await fresh();
				expect(endOf(await shellAsks(machine, url, shell))).toBe(ends.shell);
			}
			await fresh();
			const found = await serviceAsks(machine, url, {environment: service, serviceConfig});
			expect(endOf(found)).toBe(ends.service);
			if (!varies) expect(settled(found.stderr)).toBe(recorded.service.stderr);
			if (!fix) return;
			await fix.arrange?.(machine);
			const fixed = await serviceAsks(machine, fix.url ?? url, {
				environment: {...service, ...fix.service},
				serviceConfig: {...serviceConfig, ...fix.serviceConfig},
			});
			expect([endOf(fixed), fixed.stderr]).toEqual(['lists', expect.any(String)]);
		},
		timeLimitMs,
	);

	test(
		'over SSH, with the lines of the unit alone: git lists the branches, whatever the system configures for SSH',
		async () => {
			const [found] = situations.filter(({name}) => name === 'ssh-system-configuration');
			await reset(machine);
			await found?.arrange?.(machine);
			expect(endOf(await serviceAsks(machine, found?.url ?? ''))).toBe('lists');
		},
		timeLimitMs,
	);
});

describe('Nix', () => {
	const recordings = new Map(recordedNix(suite).map(({situation, answers}) => [situation, answers]));
	const build = ['nix', 'build', '--no-link', '--accept-flake-config', `path:${flake}`];
	let machine: Machine | undefined;

	afterEach(async () => machine?.destroy());

	const cases = nixSituations.map((situation) => ({
		...situation,
		recorded: recordings.get(situation.name)?.find(({command}) => command[1] === 'build'),
	}));

	// Debian 11 has no Nix with flakes.
	(suite === 'bullseye' ? test.skip : test).each(cases)(
		'$name: a flake is built in the service or not, as recorded; after the fix it is',
		async ({arrange, fix, recorded}) => {
			if (!recorded) throw new Error('npm run record was not run.');
			const booted = await bootMachine({packages});
			machine = booted;
			await arrange(booted);
			expect((await asService(booted, build)).exitCode).toBe(recorded.configured.exitCode);
			if (!fix) return;
			await fix(booted);
			const {exitCode, stderr} = await asService(booted, build);
			expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
		},
		bootLimitMs,
	);
});
