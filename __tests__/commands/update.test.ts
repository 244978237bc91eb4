import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {lines, progress, run, told} from '../support/run-command.ts';

const flake = 'github:juspay/vira';
const gh = 'nixpkgs#gh';
const stateFolder = '/home/alice/.local/share/vira/state';
const nixFolder = '/home/alice/.local/state/vira-setup/nix';
const revision = (version: string): string => version.replaceAll('.', '').padEnd(40, 'a');

interface Next {
	readonly schema?: number;
	readonly behaviour?: 'well' | 'exits-at-once';
	readonly fails?: true;
}

/** The flake of Vira gets another commit. */
const commit = async (machine: Simulation, version: string, {fails, ...next}: Next = {}): Promise<void> => {
	const vira = {version, schema: 8, behaviour: 'well', revision: revision(version), ...next} as const;
	const {flakes} = await machine.events.state();
	const newest = {name: `vira-${version}`, vira, seconds: 5, commit: version, ...(fails && {fails})};
	await machine.events.change({flakes: {...flakes, [flake]: newest}});
};

/** A machine whose Vira was built by Nix, and is one commit behind. */
const behind = async (next: Next = {}, ...words: readonly string[]): Promise<Simulation> => {
	const machine = await simulate({vira: undefined});
	expect((await run(machine, '--package', flake, ...words)).code).toBe(0);
	await commit(machine, '0.2.0.0', next);
	return machine;
};

const update = (machine: Simulation, ...words: readonly string[]) =>
	lines(machine, ['update', '--non-interactive', ...words]);
const rollback = (machine: Simulation, ...words: readonly string[]) =>
	lines(machine, ['rollback', '--non-interactive', ...words]);

/** The version of the Vira that runs, the schema of its state, and the names of the link folders. */
const now = async (machine: Simulation) => {
	const {units} = await machine.events.state();
	const program = units['vira.service']?.process?.program ?? '';
	const {stdout} = await machine.run([program, '--version']);
	const schema = await machine.readFile(`${stateFolder}/schema-version`);
	const links = (await machine.list(nixFolder)) ?? [];
	return [stdout.trim(), schema, links.map((name) => name.replace(/^.*-fe93dc0b/u, 'vira'))];
};

const before = ['0.1.0.0', '8', ['vira']];
const after = ['0.2.0.0', '8', ['vira', 'vira.ykwb7wwh']];

test('the newest build of the same package runs afterwards, and the former one is kept', async () => {
	const machine = await behind();
	expect((await update(machine)).slice(0, 3)).toEqual([
		0,
		'updated',
		'✔ Vira is updated: 0.2.0.0 (0200aaa).',
	]);
	expect(await now(machine)).toEqual(after);
	expect((await run(machine, '--check')).code).toBe(0);
	expect((await update(machine)).slice(0, 2)).toEqual([0, 'unchanged']);
});

test('the preview names versions, revisions and each step, and changes nothing', async () => {
	const machine = await behind();
	const shown = await update(machine, '--dry-run');
	expect(shown.slice(0, 14)).toEqual([
		0,
		'planned',
		'Nothing was changed. These changes would be made:',
		'',
		'Another build:',
		'  Vira  0.1.0.0 (5f2c1d7) → 0.2.0.0 (0200aaa)',
		'',
		'! Vira restarts: builds that are running now are interrupted.',
		'',
		'Steps:',
		'  Stop Vira',
		"  Back up Vira's repositories",
		'  Switch to what was built',
		'  Start Vira',
	]);
	expect(await now(machine)).toEqual(before);
});

describe('--check', () => {
	test('exits with 10 if there is a newer one, and builds nothing', async () => {
		const machine = await behind();
		const [code, {changed, updates}] = await told(machine, 'update --check');
		expect([code, changed, updates]).toEqual([
			10,
			true,
			[
				{
					package: flake,
					from: {
						storePath: '/nix/store/ykwb7wwh4r4h2k2w6a1p25r943wyqs2f-vira-0.1.0.0',
						version: '0.1.0.0',
						revision: '5f2c1d7e0b9a48c36d51e7f20a8b94c6d3e1f075',
						schema: 8,
					},
					to: {
						storePath: expect.stringMatching(/-vira-0\.2\.0\.0$/u),
						version: null,
						revision: null,
						schema: null,
					},
				},
			],
		]);
		expect(await progress(machine, 'update --check')).toEqual([]);
		expect(await now(machine)).toEqual(before);
	});

	test('exits with 0 if there is none', async () => {
		const machine = await simulate({vira: undefined});
		await run(machine, '--package', flake);
		expect(await lines(machine, 'update --check')).toEqual([
			0,
			'planned',
			'✔ Already up to date. Nothing would change.',
		]);
	});
});

test('an extra package gets its newest build too', async () => {
	const machine = await behind({}, '--extra-package', gh);
	const {flakes} = await machine.events.state();
	await machine.events.change({flakes: {...flakes, [gh]: {name: 'gh-2.70.0', seconds: 1, commit: 'next'}}});
	const shown = await update(machine, '--dry-run');
	expect(shown.slice(4, 7)).toEqual([
		'Other builds:',
		'  Vira        0.1.0.0 (5f2c1d7) → 0.2.0.0 (0200aaa)',
		'  nixpkgs#gh  gh-2.65.0 → gh-2.70.0',
	]);
	expect((await update(machine))[0]).toBe(0);
	expect((await update(machine, '--check'))[0]).toBe(0);
});

describe('nothing changes if the new Vira', () => {
	test('cannot be built', async () => {
		const machine = await behind({fails: true});
		const shown = await update(machine);
		expect([shown[0], shown.join('\n')]).toEqual([
			5,
			expect.stringContaining('Nix could not build github:juspay/vira.'),
		]);
		expect(await now(machine)).toEqual(before);
	});

	test('exits: the former one runs again, with the last lines of the new one', async () => {
		const machine = await behind({behaviour: 'exits-at-once'});
		const shown = await update(machine);
		expect(shown.slice(0, 3)).toEqual([6, 'failed', '✖ Vira exited with status 1.']);
		expect(shown).toContain('  vira: something is wrong with this Vira');
		expect(shown).toContain('✔ Vira is running as before. Its URL: https://localhost:5005/');
		expect(await now(machine)).toEqual(before);
		expect((await run(machine, '--check')).code).toBe(0);
	});

	test('cannot read the state, unless that is accepted', async () => {
		const machine = await behind({schema: 9});
		expect((await update(machine)).slice(-2)).toEqual([
			'  vira-setup update --dry-run   shows everything that would be done',
			'  vira-setup update --allow-state-reset   accepts that',
		]);
		expect(await now(machine)).toEqual(before);
		expect((await update(machine, '--allow-state-reset'))[0]).toBe(0);
		expect(await now(machine)).toEqual(['0.2.0.0', '9', after[2]]);
	});
});

describe('rollback after an update', () => {
	test('brings the former Vira back, and a second one the newer', async () => {
		const machine = await behind();
		await update(machine);
		expect((await rollback(machine)).slice(1, 3)).toEqual([
			'updated',
			'✔ Vira is as before the update: 0.1.0.0 (5f2c1d7).',
		]);
		expect((await now(machine)).slice(0, 2)).toEqual(['0.1.0.0', '8']);
		await rollback(machine);
		expect((await now(machine)).slice(0, 2)).toEqual(['0.2.0.0', '8']);
	});

	test('brings its state back with it, and each Vira keeps its own', async () => {
		const machine = await behind({schema: 9});
		await update(machine, '--allow-state-reset');
		expect((await rollback(machine))[0]).toBe(0);
		expect((await now(machine)).slice(0, 2)).toEqual(['0.1.0.0', '8']);
		expect((await rollback(machine))[0]).toBe(0);
		expect((await now(machine)).slice(0, 2)).toEqual(['0.2.0.0', '9']);
	});

	test('first undoes what was changed after the update', async () => {
		const machine = await behind();
		await update(machine);
		await run(machine, '--port', '5006');
		const shown = await rollback(machine, '--to', '2', '--dry-run');
		expect(shown.slice(4, 6)).toEqual(['Another build:', '  Vira  0.2.0.0 (0200aaa) → 0.1.0.0 (5f2c1d7)']);
		expect((await rollback(machine))[0]).toBe(0);
		expect((await now(machine))[0]).toBe('0.2.0.0');
	});
});

test('of several updates, the last two builds are kept', async () => {
	const machine = await behind();
	await update(machine);
	await commit(machine, '0.3.0.0');
	await update(machine);
	expect((await now(machine))[0]).toBe('0.3.0.0');
	expect(await machine.list(nixFolder)).toHaveLength(2);
});

test('--to changes to another package, and rollback returns to the same build as before', async () => {
	const machine = await behind();
	const {flakes} = await machine.events.state();
	const other = {
		name: 'vira-fork',
		vira: {version: '0.9', schema: 8, behaviour: 'well'},
		seconds: 1,
	} as const;
	await machine.events.change({flakes: {...flakes, 'github:alice/vira': other}});
	expect((await update(machine, '--to', 'github:alice/vira'))[0]).toBe(0);
	expect((await now(machine))[0]).toBe('0.9');
	expect((await rollback(machine))[0]).toBe(0);
	expect((await now(machine))[0]).toBe('0.1.0.0');
});

test('a Vira that Nix did not build is named, and nothing changes', async () => {
	const machine = await simulate();
	await run(machine);
	const [code, {outcome, warnings}] = await told(machine, 'update');
	expect([code, outcome, warnings]).toEqual([
		0,
		'unchanged',
		[expect.objectContaining({code: 'update-elsewhere'})],
	]);
});

test('without a setup, there is nothing to update', async () => {
	expect((await lines(await simulate(), 'update'))[0]).toBe(3);
});
