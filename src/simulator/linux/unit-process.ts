import {append} from '../append.ts';
import {changeUnit, unitOf, type Machine} from '../machine.ts';
import type {StartedVira} from '../vira/vira-life.ts';
import {log} from './journal.ts';
import {defineUnit} from './unit-definition.ts';

/** The Vira that a unit runs, if any; its output goes where the unit sends it. */
export const startedVira = (machine: Machine, unit: string): StartedVira | undefined => {
	const {process, mainPid: pid, loaded} = unitOf(machine, unit);
	const outputs = loaded && defineUnit(unit, loaded, machine.state).outputs;
	return (
		process && {
			machine,
			process,
			says: async (text, stream) => {
				const output = outputs?.[stream] ?? 'journal';
				if (output === 'journal') log(machine, unit, {by: 'vira', pid, text});
				else await append(machine, output, `${text}\n`);
			},
			listens: (listens) => changeUnit(machine, unit, {process: {...process, listens}}),
		}
	);
};
