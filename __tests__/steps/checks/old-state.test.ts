import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {refusedWith, run} from '../../support/run-command.ts';
import {upgradeVira} from '../../support/upgrade.ts';
import {repositoriesIn} from '../../support/vira-database.ts';
import type {NoticeDocument} from '../../../src/ui/scripted/json-text.ts';

const state = '/home/alice/.local/share/vira/state';

/** Set up, with a repository; then the profile got a Vira that cannot read the state. */
const upgraded = async (): Promise<Simulation> => {
	const machine = await simulate();
	await run(machine, '--repository', 'a=https://x/a');
	await upgradeVira(machine);
	return machine;
};

/** Where the old state was put. */
const keptIn = async (machine: Simulation): Promise<string> =>
	`${state}/${(await machine.list(state))?.find((name) => name.startsWith('before-reset-')) ?? 'nowhere'}`;

test('a script is refused, with what would be lost, and nothing changes', async () => {
	expect(await refusedWith(await upgraded())).toEqual({
		status: 3,
		said: [
			`The state in ${state} has schema version 8, but this Vira needs 9. When it starts, it would delete the database and 0 job folders. vira-setup moves them aside instead, and Vira starts without repositories.`,
		],
		changed: false,
	});
});

test('after it is accepted, the old state is kept, and the previous Vira exports its repositories', async () => {
	const machine = await upgraded();
	const {code, document} = await run(machine, '--allow-state-reset', '--no-repository');
	const kept = await keptIn(machine);
	expect([code, document.outcome]).toEqual([0, 'updated']);
	expect(await machine.readFile(`${kept}/schema-version`)).toBe('8');
	expect(await repositoriesIn(machine, kept)).toEqual({a: 'https://x/a'});
	expect(await machine.readFile(`${kept}/repositories.json`)).toBe('{"repositories":{"a":"https://x/a"}}\n');
	expect(await machine.inspect(kept)).toMatchObject({mode: 0o700});
	expect(await machine.inspect(`${kept}/repositories.json`)).toMatchObject({mode: 0o600});
	expect(await machine.readFile(`${state}/schema-version`)).toBe('9');
	expect(await repositoriesIn(machine)).toEqual({});
});

test('its repositories do not conflict with others of the same name and another URL', async () => {
	const machine = await upgraded();
	expect(await run(machine, '--allow-state-reset', '--repository', 'a=https://y/a')).toMatchObject({code: 0});
	expect(await repositoriesIn(machine)).toEqual({a: 'https://y/a'});
});

test('a state that an earlier upgrade moved aside is neither used nor changed', async () => {
	const machine = await upgraded();
	await run(machine, '--allow-state-reset', '--no-repository');
	const kept = await keptIn(machine);
	const before = await repositoriesIn(machine, kept);
	const {vira} = await machine.events.state();
	// The clock was set back: the next name would be the same.
	const clock = Date.parse(
		kept.replace(/^.*-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/u, '$1-$2-$3T$4:$5:$6Z'),
	);
	await machine.events.change({clock, vira: {...vira, schema: 10}} as Partial<MachineState>);
	expect(await run(machine, '--allow-state-reset')).toMatchObject({code: 0});
	expect(await repositoriesIn(machine, kept)).toEqual(before);
	expect(await machine.readFile(`${kept}-2/schema-version`)).toBe('9');
});

test('if no Vira can read it any more, it is kept all the same, with the way to read it', async () => {
	const machine = await upgraded();
	await machine.deleteFile('/home/alice/.local/state/nix/profiles/profile-1-link');
	const {document} = await run(machine, '--allow-state-reset', '--dry-run');
	expect(document['warnings']).toMatchObject([
		{
			code: 'state-reset',
			setting: 'autoResetState',
			fixes: [
				{say: expect.stringContaining('OLD_VIRA')},
				{
					command: expect.stringMatching(
						/^OLD_VIRA --state-dir \S+\/before-reset-\d{8}T\d{6} export \| grep -o '\{\.\*\}' > repositories\.json$/u,
					),
				},
			],
		},
	]);
});

describe('if the new Vira does not work', () => {
	test('and replaced the old one, the state stays where no start deletes it, with the way back', async () => {
		const machine = await upgraded();
		const {vira} = await machine.events.state();
		await machine.events.change({vira: {...vira, behaviour: 'never-answers'}} as Partial<MachineState>);
		const {code, document} = await run(machine, '--allow-state-reset', '--wait', '5');
		const [told] = document['notUndone'] as readonly NoticeDocument[];
		expect([code, told?.message]).toEqual([
			6,
			expect.stringMatching(
				new RegExp(
					`^Vira was not started again: ${vira?.path} cannot read its state and would delete it. The state is in ${state}/before-reset-\\w+.$`,
					'u',
				),
			),
		]);
		expect(await machine.inspect(`${state}/ViraState`)).toBeUndefined();
		// A boot starts the service, which finds nothing to delete.
		await machine.events.reboot();
		await run(machine, 'stop');
		const [, move = '', use = ''] = told?.fixes.map(({command = ''}) => command).slice(1) ?? [];
		await machine.deleteFolder(`${state}/ViraState`, {withContents: true});
		await machine.deleteFolder(`${state}/workspace`, {withContents: true});
		await machine.deleteFile(`${state}/schema-version`);
		const [, ...moved] = move.split(' ');
		for (const path of moved.slice(0, -1)) await machine.move(path, `${state}/${path.split('/').at(-1)}`);
		expect(use).toMatch(/^vira-setup --package \/nix\/store\/\S+$/u);
		expect(await run(machine, ...use.split(' ').slice(1))).toMatchObject({code: 0});
		expect(await repositoriesIn(machine)).toEqual({a: 'https://x/a'});
	});

	test('and the old one still exists, the state is where it was, and the old one runs', async () => {
		const machine = await upgraded();
		const {vira, otherViras} = await machine.events.state();
		const [old] = otherViras;
		// The service runs a program that the upgrade has left as it was.
		await machine.events.change({vira: {...vira, schema: 8, behaviour: 'well'}} as Partial<MachineState>);
		await machine.events.change({
			otherViras: [{...old, schema: 9, behaviour: 'never-answers'}],
		} as Partial<MachineState>);
		const words = ['--package', old?.path ?? '', '--allow-state-reset', '--wait', '5'];
		const {code, document} = await run(machine, ...words);
		expect([code, document['notUndone']]).toEqual([6, []]);
		expect(await repositoriesIn(machine)).toEqual({a: 'https://x/a'});
		expect((await machine.events.state()).units['vira.service']).toMatchObject({active: 'active'});
	});
});

test('with the reset turned off such a Vira is refused: it would not start', async () => {
	expect(await refusedWith(await upgraded(), '--no-auto-reset-state')).toEqual({
		status: 2,
		said: [
			`--state-dir: The state in ${state} has schema version 8, but this Vira needs 9. It would refuse to start. Use another folder, use the Vira that created it, or turn on "Reset old database": the old state is then moved aside.`,
		],
		changed: false,
	});
});
