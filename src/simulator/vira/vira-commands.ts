import type {Command, RunResult} from '../../platform/system.ts';
import type {Machine} from '../machine.ts';
import type {MachineState} from '../machine-state.ts';
import type {SimulatedVira} from './vira-process.ts';
import {output} from '../result.ts';
import {commandNotFound} from '../command-words.ts';
import {infoText, ViraFailure, type Say, type Stream} from './vira-words.ts';
import {readViraWords, type ViraRequest} from './vira-grammar.ts';
import {exportState, importState, stateOf} from './vira-state.ts';

/** As Haskell names processors (base, System.Info). */
const architectureOf = ({mac}: MachineState): string =>
	mac?.architecture === 'arm64' ? 'aarch64' : 'x86_64';

const firstRevision = '5f2c1d7e0b9a48c36d51e7f20a8b94c6d3e1f075';

/** What `vira info` prints. */
const viraInfo = ({state}: Machine, {version, schema, revision = firstRevision}: SimulatedVira): string =>
	infoText({
		version,
		revision,
		host: state.hostName,
		os: state.mac ? 'darwin' : 'linux',
		architecture: architectureOf(state),
		schema,
	});

/** A command of a person's, who works in the folder `/`. */
interface CommandGiven {
	readonly vira: SimulatedVira;
	readonly command: Command;
	/** What it reads from standard input. */
	readonly input: string;
}

const performCommand = async (
	machine: Machine,
	{vira, command, input}: CommandGiven,
	{asked, say}: {readonly asked: ViraRequest; readonly say: Say},
): Promise<void> => {
	switch (asked.does) {
		case 'show-version':
			return say(vira.version, 'stdout');
		case 'show-help':
			return say(asked.text, 'stdout');
		case 'refuse':
			throw new ViraFailure(asked.text);
		case 'info':
			return say(viraInfo(machine, vira), 'stdout');
		case 'export':
			return exportState({machine, vira, say, ...stateOf(asked.values, '/')});
		case 'import':
			return importState({machine, vira, say, ...stateOf(asked.values, '/')}, input);
		case 'web':
			throw commandNotFound(command);
	}
};

/** Runs a command of Vira's that comes to its end. */
export const runVira = async (machine: Machine, given: CommandGiven): Promise<RunResult> => {
	const printed: Record<Stream, string> = {stdout: '', stderr: ''};
	const say: Say = async (text, stream) => {
		printed[stream] += `${text}\n`;
	};
	const end = (exitCode: number): RunResult => ({
		...output(printed.stdout, exitCode),
		stderr: printed.stderr.trimEnd(),
	});
	try {
		await performCommand(machine, given, {asked: readViraWords(given.command.slice(1)), say});
		return end(0);
	} catch (error) {
		if (!(error instanceof ViraFailure)) throw error;
		if (error.words !== undefined) await say(error.words, 'stderr');
		return end(1);
	}
};
