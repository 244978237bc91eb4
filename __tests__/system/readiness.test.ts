import {afterAll, afterEach, beforeAll, describe, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {chosenSuite} from '../../scripts/machine/recipe.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {timeLimitMs} from '../support/alice.ts';
import {checkRepositories, optionsFor, followPrinted, readinessBy} from './forge/check.ts';
import {openForge} from './forge/forge.ts';
import {loginSituations, resetLogins} from './forge/login-situations.ts';
import {nixSituations} from './forge/nix-situations.ts';
import {packages} from './forge/packages.ts';
import {reset, type Situation} from './forge/situation.ts';
import {situations} from './forge/situations.ts';

/** The first machine creates its base image. */
const bootLimitMs = 600_000;

/** Situations that need the same machine are checked at once. */
const groups = new Map<string, Situation[]>();
for (const situation of situations) {
	const {arrange, shell, service, serviceConfig} = situation;
	const key = JSON.stringify([
		situations.findIndex((one) => one.arrange === arrange),
		shell,
		service,
		serviceConfig,
	]);
	groups.set(key, [...(groups.get(key) ?? []), situation]);
}

const byName = <T>(all: readonly Situation[], value: (one: Situation) => T): Readonly<Record<string, T>> =>
	Object.fromEntries(all.map((one) => [one.name, value(one)]));

describe('repositories', () => {
	let machine: Machine;

	beforeAll(async () => {
		machine = await bootMachine({packages});
		await Promise.all([openForge(machine), installVira(machine)]);
	}, bootLimitMs);
	afterAll(async () => machine.destroy());

	/** What is still not ready after the fix of each. */
	const unfixed = async (
		group: readonly Situation[],
		found: Awaited<ReturnType<typeof checkRepositories>>,
	): Promise<readonly unknown[]> => {
		const left = [];
		const others = new Set<string>();
		for (const {name, url, shell = {}, service = {}, serviceConfig = {}, fix} of group) {
			const check = found.get(name);
			// The right URL is the same for many.
			const other = fix !== 'printed' && !fix?.arrange && !fix?.service ? fix?.url : undefined;
			if (!fix || !check || others.has(other ?? '')) continue;
			if (other !== undefined) others.add(other);
			const printed = fix === 'printed' ? await followPrinted(machine, check) : [];
			const given = fix === 'printed' ? {} : fix;
			await given.arrange?.(machine);
			const options = [
				...optionsFor({...service, ...given.service}, {...serviceConfig, ...given.serviceConfig}),
				...printed,
			];
			const fixed = await checkRepositories(machine, {[name]: given.url ?? url}, {shell, options});
			if (fixed.get(name)?.code !== 'repository-ready') left.push([name, fixed.get(name)]);
		}
		return left;
	};

	test.each([...groups.values()].map((group) => ({names: group.map(({name}) => name).join(', '), group})))(
		'$names: is recognized, and ready after the fix, if there is one',
		async ({group}) => {
			const [{arrange, shell = {}, service = {}, serviceConfig = {}} = {}] = group;
			await reset(machine);
			await arrange?.(machine);
			const urls = byName(group, ({url}) => url);
			const found = await checkRepositories(machine, urls, {
				shell,
				options: optionsFor(service, serviceConfig),
			});
			expect(Object.fromEntries([...found].map(([name, {code}]) => [name, code]))).toEqual(
				byName(group, ({code}) => code),
			);
			expect(await unfixed(group, found)).toEqual([]);
		},
		timeLimitMs,
	);

	test(
		'doctor finds those of the settings',
		async () => {
			await reset(machine);
			const group = situations.filter(
				({arrange, shell, service}) => arrange === undefined && shell === undefined && service === undefined,
			);
			const words = group.flatMap(({name, url}) => ['--repository', `${name}=${url}`]);
			await machine.run(['vira-setup', '--non-interactive', ...words], {as: 'alice'});
			const found = (await readinessBy(machine, ['doctor'])).flatMap(({item, code}) =>
				item === undefined ? [] : [[item, code]],
			);
			expect(Object.fromEntries(found)).toEqual(byName(group, ({code}) => code));
		},
		timeLimitMs,
	);

	test(
		'over SSH, with the lines of the unit alone: git can read it, whatever the system configures for SSH',
		async () => {
			const [found] = situations.filter(({name}) => name === 'ssh-system-configuration');
			await reset(machine);
			await found?.arrange?.(machine);
			const checks = await checkRepositories(machine, {app: found?.url ?? ''});
			expect(checks.get('app')?.code).toBe('repository-ready');
		},
		timeLimitMs,
	);
});

describe('caches and GitHub', () => {
	let machine: Machine;

	beforeAll(async () => {
		machine = await bootMachine({packages});
		await Promise.all([openForge(machine), installVira(machine)]);
		const url = 'https://github.com/public/project.git';
		await machine.run(['vira-setup', '--non-interactive', '--repository', url], {as: 'alice'});
	}, bootLimitMs);
	afterAll(async () => machine.destroy());

	const found = async () =>
		(await readinessBy(machine, ['doctor'])).filter(({group, level}) => group === 'forges' && level !== 'ok');
	const shown = (checks: Awaited<ReturnType<typeof found>>) =>
		checks.map(({level, code}) => `${level} ${code}`);

	test.each(loginSituations)(
		'$name: is recognized, and fine after the fix, if there is one',
		async ({arrange, finds, fix}) => {
			await resetLogins(machine);
			await arrange(machine);
			const checks = await found();
			expect(shown(checks)).toEqual(finds === undefined ? [] : [finds]);
			const [check] = checks;
			if (!fix || !check) return;
			await (fix === 'printed' ? followPrinted(machine, check) : fix(machine));
			expect(shown(await found())).toEqual([]);
		},
		timeLimitMs,
	);
});

describe('Nix', () => {
	let machine: Machine | undefined;

	afterEach(async () => machine?.destroy());

	const problemsOn = async (one: Machine) =>
		(await readinessBy(one, ['doctor'])).filter(
			({code, level}) => level === 'error' && code.startsWith('nix'),
		);

	/** The Nix of Debian 11 is older than flakes, and asks no daemon before it says so: only a newer one can build. */
	const isTooOld = chosenSuite() === 'bullseye';
	const expectedOf = (code: string): string =>
		isTooOld && !['nix-missing', 'nix-config-damaged'].includes(code) ? 'nix-too-old' : code;

	test.each(nixSituations)(
		'$name: is recognized, and ready after the fix, if there is one; on Debian 11, too old',
		async ({arrange, code, fix}) => {
			const booted = await bootMachine({packages});
			machine = booted;
			await arrange(booted);
			const [problem] = await problemsOn(booted);
			expect(problem?.code ?? 'nix-ready').toBe(expectedOf(code));
			if (!fix || !problem || isTooOld) return;
			await (fix === 'printed' ? followPrinted(booted, problem) : fix(booted));
			expect(await problemsOn(booted)).toEqual([]);
		},
		bootLimitMs,
	);
});
