import {unitOf, type Machine} from '../machine.ts';
import type {JournalLine} from '../machine-state.ts';

/** How many lines of a unit are kept. */
const keptLines = 400;

export const log = (machine: Machine, unit: string, line: Omit<JournalLine, 'at'>): void => {
	const {state} = machine;
	const {invocation} = unitOf(machine, unit);
	const lines = line.text.split('\n').map((text) => ({invocation, ...line, at: state.clock, text}));
	state.journal[unit] = [...(state.journal[unit] ?? []), ...lines].slice(-keptLines);
};

/** What the user manager logs about a unit. */
export const managerSays = (machine: Machine, unit: string, text: string): void =>
	log(machine, unit, {by: 'systemd', pid: 912, text});
