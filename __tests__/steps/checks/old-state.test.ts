import {expect, test} from '@jest/globals';
import type {MachineState} from '../../../src/platform/rehearsal/machine-state.ts';
import type {Rehearsal} from '../../../src/platform/rehearsal/rehearsal-linux.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {rehearse} from '../../support/rehearsal.ts';
import {refusedWith, run} from '../../support/run-command.ts';
import {upgradeVira} from '../../support/upgrade.ts';
import {repositoriesIn} from '../../support/vira-database.ts';

const state = '/home/alice/.local/share/vira/state';

/** Set up, with a repository; then the profile got a Vira that cannot read the state. */
const upgraded = async (): Promise<Rehearsal> => {
	const machine = await rehearse();
	await run(machine, '--repository', 'a=https://x/a');
	await upgradeVira(machine);
	return machine;
};

/** Where the old state was put. */
const keptIn = async (machine: Rehearsal): Promise<string> =>
	`${state}/${(await machine.list(state))?.find((name) => name.startsWith('before-reset-')) ?? 'nowhere'}`;

test('a script is refused, with what would be lost, and nothing changes', async () => {
	expect(await refusedWith(await upgraded())).toEqual({
		status: 3,
		said: [
			`The state in ${state} is of schema 8, this Vira's is 9: at its start it would delete the database and 0 job folders. They are moved aside instead, and Vira begins without repositories.`,
		],
		changed: false,
	});
});

test('once it is accepted the old state is kept, and its repositories are exported by the Vira before', async () => {
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

test('its repositories are no obstacle to others of the same name with another URL', async () => {
	const machine = await upgraded();
	expect(await run(machine, '--allow-state-reset', '--repository', 'a=https://y/a')).toMatchObject({code: 0});
	expect(await repositoriesIn(machine)).toEqual({a: 'https://y/a'});
});

test('what an earlier upgrade has put aside is neither used nor touched', async () => {
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

test('where no Vira can read it any more, it is kept all the same, with the way to read it', async () => {
	const machine = await upgraded();
	await machine.deleteFile('/home/alice/.local/state/nix/profiles/profile-1-link');
	const {document} = await run(machine, '--allow-state-reset', '--dry-run');
	expect(document['warnings']).toMatchObject([
		{
			code: 'state-reset',
			setting: 'autoResetState',
			mend: [
				'Its repositories can be read by the Vira that made it:',
				expect.stringMatching(
					/^vira --state-dir \S+\/before-reset-\d{8}T\d{6} export \| grep -o '\{\.\*\}' > repositories\.json$/u,
				),
			],
		},
	]);
});

test('when the new Vira turns out to be no good, the old state is where it was', async () => {
	const machine = await upgraded();
	const {vira} = await machine.events.state();
	await machine.events.change({vira: {...vira, behaviour: 'never-answers'}} as Partial<MachineState>);
	const before = await pictureOf(machine);
	const {code, document} = await run(machine, '--allow-state-reset', '--wait', '5');
	// The program was replaced in its place: to start the old service would have it delete the state.
	const told = `Vira was not started again: ${vira?.path} would delete the state in ${state}.`;
	expect([code, document['notUndone']]).toMatchObject([6, [{message: told}]]);
	const after = await pictureOf(machine);
	const inState = ({files}: typeof before) =>
		Object.entries(files).filter(([path]) => path.startsWith(state));
	expect(inState(after)).toEqual(inState(before));
});

test('with the reset switched off such a Vira is refused: it would not start', async () => {
	expect(await refusedWith(await upgraded(), '--no-auto-reset-state')).toEqual({
		status: 2,
		said: [
			`--state-dir: The state in ${state} is of schema 8, this Vira's is 9: it would refuse to start. Use another folder, use the Vira that made it, or turn "Reset on upgrade" on: the old state is then moved aside.`,
		],
		changed: false,
	});
});
