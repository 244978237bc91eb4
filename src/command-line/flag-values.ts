import {formats, runFlags, simulatedMachines, type Format, type SimulatedMachine} from './commands.ts';
import {usage, withoutValue} from './parse-arguments.ts';
import type {LogWanted} from '../platform/service-manager/log-source.ts';

/** The value of --wait. */
export const parseSeconds = (text: string): number => {
	const seconds = Number(text);
	if (/^\d+$/u.test(text) && seconds >= 1 && seconds <= 3600) return seconds;
	throw usage('--wait: Must be a whole number of seconds from 1 to 3600.');
};

interface LogFlags {
	readonly follow?: boolean;
	readonly lines?: string;
	readonly since?: string;
}

/** More than any log has, and within the 31 bits of journalctl(1). */
const mostLines = 999_999_999;

/** With --since, all lines are shown by default. */
export const logOf = ({follow = false, lines, since}: LogFlags): LogWanted => {
	const count = lines ?? (since === undefined ? runFlags.lines.default : undefined);
	if (count !== undefined && !/^\d+$/u.test(count))
		throw usage('--lines: Must be a whole number, such as 100.');
	if (since?.trim() === '') throw usage('--since: Must be a time, such as yesterday.');
	return {follow, lines: count === undefined ? undefined : Math.min(Number(count), mostLines), since};
};

/** The value of --format. */
export const formatOf = ({format = runFlags.format.default}: {readonly format?: string}): Format => {
	const known = formats.find((name) => name === format.toLowerCase());
	if (known === undefined) throw usage(`--format: Must be one of: ${formats.join(', ')}.`);
	return known;
};

/** The value of --to: how many backups to go back. */
export const parseBack = (text: string): number => {
	if (/^[123]$/u.test(text)) return Number(text);
	throw usage('--to: Must be 1, 2 or 3, the number of backups that are kept.');
};

interface SimulationFlags {
	readonly simulate?: string | true;
	readonly simulationFolder?: string;
}

/** The machine to simulate; --simulation-folder alone means the default one. */
export const simulationOf = ({simulate, simulationFolder}: SimulationFlags): SimulatedMachine | undefined => {
	if (simulate === undefined && simulationFolder === undefined) return undefined;
	if (simulate === undefined || simulate === true) return runFlags.simulate.default;
	const machine = simulatedMachines.find((name) => name === simulate);
	if (machine !== undefined) return machine;
	throw usage(
		`--simulate: Unknown machine "${withoutValue(simulate)}". Must be one of: ${simulatedMachines.join(', ')}.`,
	);
};
