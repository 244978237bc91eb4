import type {RunResult} from '../../platform/system.ts';
import {listenersOn, type SimulatedListener} from '../listeners.ts';
import type {Machine} from '../machine.ts';
import {failed, said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {macOf} from './mac.ts';

/** A process that a job started is in the process group of the job. */
const groupOf = (machine: Machine, pid: number): number => {
	const job = Object.values(macOf(machine).services).find(({process}) => process?.child === pid);
	return job?.pid ?? pid;
};

const nameOf = ({address, port}: SimulatedListener): string => {
	if (address === '::' || address === '0.0.0.0') return `*:${port}`;
	return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
};

/**
 * lsof(8) for the listeners on one port, in its output for other programs (`-F`): a letter and a value on each line.
 * Without root, it only shows the user's own processes.
 */
export const lsof = (machine: Machine, command: readonly string[]): RunResult => {
	const [, numeric, asked, listening, format, fields, ...rest] = command;
	const port = Number(/^-iTCP:(\d+)$/u.exec(asked ?? '')?.[1]);
	const isKnown = numeric === '-nP' && listening === '-sTCP:LISTEN' && format === '-F' && fields === 'pgctn';
	if (!isKnown || rest.length > 0 || Number.isNaN(port)) throw unknownCommand(command);
	const {state} = machine;
	const holders = listenersOn(state, port).filter(({uid}) => uid === state.user.uid);
	if (holders.length === 0) return failed('');
	const lines = holders.flatMap((one) => [
		...[`p${one.pid}`, `g${groupOf(machine, one.pid)}`, `c${one.program}`, 'f18'],
		...[`tIPv${one.address.includes(':') ? 6 : 4}`, `n${nameOf(one)}`],
	]);
	return said(lines.join('\n'));
};
