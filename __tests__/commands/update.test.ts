import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {lines, run, told} from '../support/run-command.ts';

const flake = 'github:juspay/vira';

/** A machine on which Vira was built by Nix, and whose flake has another commit since. */
const behind = async (next: {schema?: number; behaviour?: 'well' | 'exits-at-once'} = {}): Promise<Simulation> => {
	const machine = await simulate({vira: undefined});
	expect((await run(machine, '--package', flake)).code).toBe(0);
	await commit(machine, '0.2.0.0', next);
	return machine;
};

const commit = async (
	machine: Simulation,
	version: string,
	next: {schema?: number; behaviour?: 'well' | 'exits-at-once'} = {},
): Promise<void> => {
	const revision = version.replaceAll('.', '').padEnd(40, 'a');
	const vira = {version, schema: 8, behaviour: 'well', revision, ...next} as const;
	const {flakes} = await machine.events.state();
	await machine.events.change({
		flakes: {...flakes, [flake]: {name: `vira-${version}`, vira, seconds: 5, commit: revision}},
	});
};



const stateFolder = '/home/alice/.local/share/vira/state';
const nixFolder = '/home/alice/.local/state/vira-setup/nix';

const where = async (machine: Simulation) => ({
	links: await machine.list(nixFolder),
	state: await machine.list(stateFolder),
	schema: await machine.readFile(`${stateFolder}/schema-version`),
	former: (JSON.parse((await machine.readFile('/home/alice/.local/state/vira-setup/receipt.json')) ?? '') as {former: unknown}).former,
});
const update = (machine: Simulation, ...words: readonly string[]) => lines(machine, ['update', '--non-interactive', ...words]);
const rollback = (machine: Simulation, ...words: readonly string[]) => lines(machine, ['rollback', '--non-interactive', ...words]);

test('update rolled', async () => {
	const machine = await behind({schema: 9});
	await update(machine, '--allow-state-reset');
	expect(await rollback(machine, '--dry-run')).toEqual([]);
});
test('update rolled2', async () => {
	const machine = await behind({schema: 9});
	await update(machine, '--allow-state-reset');
	expect(await rollback(machine)).toEqual([]);
});
test('update rolled3', async () => {
	const machine = await behind({schema: 9});
	await update(machine, '--allow-state-reset');
	expect(await where(machine)).toEqual([]);
});
test('update rolled3b', async () => {
	const machine = await behind({schema: 9});
	await update(machine, '--allow-state-reset');
	await rollback(machine);
	expect(await where(machine)).toEqual([]);
});
test('update rolled4', async () => {
	const machine = await behind({schema: 9});
	await update(machine, '--allow-state-reset');
	await rollback(machine);
	await rollback(machine);
	expect(await where(machine)).toEqual([]);
});
describe;lines;told;
