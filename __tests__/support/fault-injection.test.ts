import {expect, test} from '@jest/globals';
import type {RunResult, System} from '../../src/platform/system.ts';
import {changesIn, failingAt} from './fault-injection.ts';
import {machineWithUnit, type, unitPath} from './installed.ts';
import {pictureOf} from './picture-of.ts';

/** Five changes, and a few questions in between. */
const changeThings = async (system: System): Promise<readonly string[]> => {
	const outcomes: string[] = [];
	const note = async (change: Promise<unknown>): Promise<void> => {
		const outcome = await change.then(
			(result) => String((result as RunResult | undefined)?.exitCode ?? 'done'),
			(error: unknown) => (error as NodeJS.ErrnoException).code ?? '',
		);
		outcomes.push(outcome);
	};
	await note(system.makeFolder('/home/alice/new', 0o700));
	await system.inspect('/home/alice/new');
	await note(system.writeFile('/home/alice/notes', 'hello', 0o600));
	await note(type(system, 'systemctl --user daemon-reload'));
	await type(system, 'systemctl --user is-active vira.service');
	await note(type(system, 'loginctl --no-ask-password enable-linger alice'));
	await note(system.deleteFile('/home/alice/notes'));
	return outcomes;
};

test('changes are counted, queries are not', async () => {
	expect(await changesIn(await machineWithUnit(), changeThings)).toBe(5);
});

test.each([
	[1, ['ENOSPC', 'done', '0', '0', 'done']],
	[2, ['done', 'ENOSPC', '0', '0', 'done']],
	[3, ['done', 'done', '1', '0', 'done']],
	[4, ['done', 'done', '0', '1', 'done']],
	[5, ['done', 'done', '0', '0', 'ENOSPC']],
	[6, ['done', 'done', '0', '0', 'done']],
])('change %i fails and no other', async (n, outcomes) => {
	expect(await changeThings(failingAt(await machineWithUnit(), n))).toEqual(outcomes);
});

test('a change that fails is not made, unless only its result is lost', async () => {
	const [before, after] = [await machineWithUnit(), await machineWithUnit()];
	await changeThings(failingAt(before, 4));
	await changeThings(failingAt(after, 4, 'after'));
	expect((await before.events.state()).lingering).toBe(false);
	expect((await after.events.state()).lingering).toBe(true);
});

test('a snapshot stays the same while nothing but time passes', async () => {
	const machine = await machineWithUnit();
	const before = await pictureOf(machine);
	await type(machine, 'systemctl --user is-active vira.service');
	await machine.sleep(60_000);
	expect(await pictureOf(machine)).toEqual(before);
});

test.each([
	['a file', (machine: System) => machine.writeFile('/home/alice/notes', '', 0o600)],
	['a mode', (machine: System) => machine.writeFile(unitPath, '', 0o600)],
	['lingering', (machine: System) => type(machine, 'loginctl enable-linger alice')],
	['enabling', (machine: System) => type(machine, 'systemctl --user enable vira.service')],
	['starting', (machine: System) => type(machine, 'systemctl --user start vira.service')],
])('a snapshot shows %s', async (_, change) => {
	const machine = await machineWithUnit();
	const before = await pictureOf(machine);
	await change(machine);
	expect(await pictureOf(machine)).not.toEqual(before);
});
