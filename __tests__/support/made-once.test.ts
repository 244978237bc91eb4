import {expect, test} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {madeOnce} from './made-once.ts';
import {machineIn, simulate} from './simulated-linux.ts';

const machineWith = madeOnce(machineIn, (given: Partial<MachineState>) => simulate(given));

test('changes to one copy are not seen in another', async () => {
	const [one, other] = [await machineWith({}), await machineWith({})];
	await one.writeFile('/home/alice/notes', 'hello', 0o600);
	await one.events.change({lingering: true});
	expect(await other.readFile('/home/alice/notes')).toBeUndefined();
	expect((await other.events.state()).lingering).toBe(false);
});

test('a machine with something missing is a different machine', async () => {
	expect((await (await machineWith({})).events.state()).vira).toBeDefined();
	expect((await (await machineWith({vira: undefined})).events.state()).vira).toBeUndefined();
});
