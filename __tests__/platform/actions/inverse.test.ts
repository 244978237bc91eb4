import {describe, expect, test} from '@jest/globals';
import type {System} from '../../../src/platform/system.ts';
import {undo} from '../../../src/steps/execute/apply.ts';
import type {Applied} from '../../../src/platform/actions/action.ts';
import {kinds, type Kind} from '../../support/scenarios.ts';
import {changeModes} from '../../support/in-folder.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {removeFrom} from '../../support/removal.ts';
import {run} from '../../support/run-command.ts';
import {drain, settle} from '../../support/settle.ts';

const changes: readonly (readonly [what: string, change: (system: System) => Promise<Applied>])[] = [
	['an update', (system) => settle(system, {port: 8443, environment: {A: 'b'}})],
	['an update that removes a file', (system) => settle(system, {repositories: {}})],
	['a removal', (system) => removeFrom(system)],
];

describe.each(Object.entries<Kind>(kinds))('on %s', (_, {fresh, words}) => {
	test.each(changes)(
		'undoing %s restores the old text and the old mode of each file',
		async (_what, change) => {
			const machine = await fresh();
			await run(machine, ...words, '--repository', 'a=https://x/a');
			await machine.sleep(5000);
			await changeModes(machine);
			const before = await pictureOf(machine);
			const applied = await change(machine);
			if (applied.result !== 'done') throw new Error(applied.result);
			expect((await drain(undo(applied.done, machine))).end).toEqual([]);
			expect(await pictureOf(machine)).toEqual(before);
		},
	);
});
