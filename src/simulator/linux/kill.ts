import type {RunResult} from '../../platform/system.ts';
import {changeUnit, unitOf, type Machine} from '../machine.ts';
import {failed, said} from '../result.ts';
import {endVira} from '../vira/vira-life.ts';
import {unknownCommand} from '../words.ts';
import {log} from './journal.ts';
import {mainProcessEnded} from './service-life.ts';
import {startedVira} from './unit-process.ts';

const endLeft = async (machine: Machine, name: string, pid: number): Promise<boolean> => {
	const {left = []} = unitOf(machine, name);
	const found = left.find((one) => one.pid === pid);
	if (!found) return false;
	const says = async (text: string): Promise<void> => log(machine, name, {by: 'vira', pid, text});
	await endVira({machine, process: found.process, says, listens: () => undefined}, 'SIGINT');
	changeUnit(machine, name, {left: left.filter((one) => one !== found)});
	return true;
};

const end = async (machine: Machine, pid: number): Promise<boolean> => {
	for (const name of Object.keys(machine.state.units)) {
		if (await endLeft(machine, name, pid)) return true;
		const vira = startedVira(machine, name);
		if (!vira || unitOf(machine, name).mainPid !== pid) continue;
		await endVira(vira, 'SIGINT');
		// systemd treats it as a clean exit (systemd.service(5), SuccessExitStatus=).
		mainProcessEnded(machine, name, 0);
		return true;
	}
	return false;
};

/** kill(1) with SIGINT, for the processes of units. */
export const kill = async (machine: Machine, command: readonly string[]): Promise<RunResult> => {
	const [, flag, ...pids] = command;
	if (flag !== '-INT' || pids.length === 0) throw unknownCommand(command);
	for (const pid of pids)
		if (!(await end(machine, Number(pid)))) return failed(`kill: (${pid}) - No such process`);
	return said('');
};
