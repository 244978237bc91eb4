import {changeUnit, unitOf, type Machine} from '../machine.ts';
import type {StartedVira} from '../vira/vira-life.ts';
import {log} from './journal.ts';

/** The Vira that a unit runs, if it runs one; it writes to the journal. */
export const startedVira = (machine: Machine, unit: string): StartedVira | undefined => {
	const {process, mainPid: pid} = unitOf(machine, unit);
	return (
		process && {
			machine,
			process,
			// Both outputs lead to the journal (systemd.exec(5), StandardOutput= and StandardError=).
			says: async (text) => log(machine, unit, {by: 'vira', pid, text}),
			listens: (listens) => changeUnit(machine, unit, {process: {...process, listens}}),
		}
	);
};
