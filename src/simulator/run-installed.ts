import type {Command, RunResult} from '../platform/system.ts';
import {commandNotFound} from './command-words.ts';
import type {Machine} from './machine.ts';
import {isNix, runNix, type RunContext} from './nix.ts';
import {findProgram, viraProgramAt, execFailure} from './programs.ts';
import {notFound, output} from './result.ts';
import {runVira} from './vira/vira-commands.ts';

/** Runs a program that is not part of the distribution: only Vira and Nix are simulated. */
export const runInstalled = async (
	machine: Machine,
	command: Command,
	pastime: RunContext,
): Promise<RunResult> => {
	const path = await findProgram(machine, command[0]);
	if (path === undefined) return notFound;
	const vira = await viraProgramAt(machine, path);
	if (vira) return runVira(machine, {vira, command, input: pastime.input ?? ''});
	if (await isNix(machine, path)) return runNix(machine, [path, ...command.slice(1)], pastime);
	const failure = await execFailure(machine, path);
	if (failure === 'No such file or directory') return notFound;
	if (failure !== undefined) return {...output(''), exitCode: undefined};
	throw commandNotFound(command);
};
