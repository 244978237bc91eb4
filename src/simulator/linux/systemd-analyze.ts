import {asPrograms, type Machine} from '../machine.ts';
import {posix} from 'node:path';
import type {RunResult} from '../../platform/system.ts';
import {runtimeFolder} from '../fixtures.ts';
import {failed, errorOutput, notFound, output} from '../result.ts';
import {sortWords, commandNotFound} from '../command-words.ts';
import {remarkOn} from './line-remarks.ts';
import {defineUnit} from './unit-definition.ts';
import {parseUnitFile} from '../../platform/systemd/unit/unit-file.ts';
import {serviceKeys, unitKeys} from './unit-keys.ts';

/** Variables for a command, in addition to those of the session. */
type Variables = Readonly<Record<string, string>>;

const badUnit = (name: string): string => `Unit ${name} has a bad unit file setting.`;

const whyUnusable = async (
	{state, files}: Machine,
	unit: {readonly name: string; readonly path: string; readonly text: string},
): Promise<readonly string[]> => {
	const {name, path, text} = unit;
	const {fatal, program} = defineUnit(name, {path, text, dropIns: []}, state);
	if (fatal !== undefined) return [`${name}: ${fatal}`, badUnit(name)];
	// The folders of the system are not simulated, but every system has a shell (execve(2)).
	if (program === '/bin/sh') return [];
	const found = await files.inspect(program);
	if (found?.executable === true) return [];
	const why = found ? 'Permission denied' : 'No such file or directory';
	return [`${name}: Command ${program} is not executable: ${why}`];
};

const verifyUnitFile = async (machine: Machine, path: string): Promise<RunResult> => {
	const {state, files} = machine;
	const name = posix.basename(path);
	const text = await files.readFile(path, asPrograms);
	if (text === undefined) return failed(`Failed to prepare filename ${path}: No such file or directory`);
	const remarks = parseUnitFile(text).flatMap((assignment) => {
		const remark = remarkOn(assignment, state.systemd ?? 0);
		return remark ? [{...remark, words: `${path}:${assignment.line}: ${remark.words}`}] : [];
	});
	const lines = remarks.map(({words}) => words);
	if (remarks.some(({fatal}) => fatal)) {
		const fatal = `${name}: Unit configuration has fatal error, unit will not be started.`;
		return failed([...lines, fatal, badUnit(name)].join('\n'));
	}
	const unusable = await whyUnusable(machine, {name, path, text});
	return unusable.length > 0 ? failed([...lines, ...unusable].join('\n')) : errorOutput(lines.join('\n'));
};

/** systemd-analyze(1), verify, for one unit; messages and statuses as seen with systemd 247, 252 and 257. */
export const systemdAnalyze =
	(variables: Variables) =>
	async (machine: Machine, command: readonly string[]): Promise<RunResult> => {
		if (machine.state.systemd === undefined) return notFound;
		const {plain, flags} = sortWords(command, {alone: ['--user'], valued: ['--man']});
		const [subcommand, path, ...more] = plain;
		if (subcommand !== 'verify' || path === undefined || more.length > 0 || !flags.has('--user'))
			throw commandNotFound(command);
		const folder = variables['XDG_RUNTIME_DIR'] ?? runtimeFolder(machine.state);
		// It does not exist before the first login, or after the last logout without lingering.
		if (!(await machine.files.inspect(folder)))
			return failed(`Failed to create directory '${folder}/systemd/': No such file or directory`);
		return verifyUnitFile(machine, path);
	};

const section = (name: string, keys: readonly string[]): string =>
	`[${name}]\n${keys.map((key) => `${key}=OTHER\n`).join('')}`;

/** systemd(1) itself: the only option that is run directly. */
export const systemdProgram = ({state}: Machine, command: readonly string[]): RunResult => {
	if (state.systemd === undefined) return notFound;
	if (command.slice(1).join(' ') !== '--user --dump-configuration-items') throw commandNotFound(command);
	return output(`${section('Unit', unitKeys)}\n${section('Service', serviceKeys(state.systemd))}`);
};
