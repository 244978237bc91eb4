import type {SetupError} from '../errors.ts';
import {quotable} from '../settings/problem.ts';
import {optionOf, type Settings} from '../settings/options.ts';
import {mustBeOneOf, parseValue} from '../settings/value.ts';
import type {LogWanted} from '../platform/service-manager/log-source.ts';
import {
	exportFormats,
	simulatedMachines,
	type ExportFormat,
	type SimulatedMachine,
	type CliCommand,
} from './commands.ts';
import {takesMany, type ParsedArguments, type RunValues} from './parse-arguments.ts';
import {runFlags, type RunFlagName} from './run-flags.ts';
import {usage, withoutValue} from './usage-errors.ts';
import {allFlags} from './flags-of-command.ts';

const wrongValue = (name: RunFlagName, text: string, message: string): SetupError => {
	const wrong = quotable(text);
	return usage(`--${name}${wrong === undefined ? '' : ` ${wrong}`}: ${message}`);
};

/** The value of --wait. */
export const parseSeconds = (text: string = runFlags.wait.default): number => {
	const seconds = Number(text);
	if (/^\d+$/u.test(text) && seconds >= 1 && seconds <= 3600) return seconds;
	throw wrongValue('wait', text, 'Must be a whole number of seconds from 1 to 3600.');
};

/** More than any log has, and within the 31 bits of journalctl(1). */
const mostLines = 999_999_999;

/** With --since, all lines are shown by default. */
export const logOf = ({follow, lines, since}: RunValues): LogWanted => {
	const count = lines ?? (since === undefined ? runFlags.lines.default : undefined);
	if (count !== undefined && !/^\d+$/u.test(count))
		throw wrongValue('lines', count, 'Must be a whole number, such as 100.');
	if (since?.trim() === '') throw usage('--since: Must be a time, such as yesterday.');
	return {
		follow: follow ?? false,
		lines: count === undefined ? undefined : Math.min(Number(count), mostLines),
		since,
	};
};

/** The value of --format. */
export const formatOf = (text: string = runFlags.format.default): ExportFormat => {
	const known = exportFormats.find((name) => name === text.toLowerCase());
	if (known === undefined) throw wrongValue('format', text, mustBeOneOf(exportFormats));
	return known;
};

/** The value of --to: how many backups to go back. */
export const parseBack = (text = '1'): number => {
	if (/^[123]$/u.test(text)) return Number(text);
	throw wrongValue('to', text, 'Must be 1, 2 or 3, the number of backups that are kept.');
};

/** The value of --to of update: a Vira as --package takes it. */
export const parseTarget = (text: string | undefined): string | undefined => {
	if (text === undefined) return undefined;
	const parsed = parseValue(optionOf('package'), [text]);
	if (!parsed.good) throw wrongValue('to', text, parsed.problem);
	return parsed.value as string;
};

/** The machine to simulate; --simulation-folder alone means the default one. */
export const simulationOf = (run: RunValues): SimulatedMachine | undefined => {
	const {simulate = run['simulation-folder'] === undefined ? undefined : true} = run;
	if (simulate === undefined || simulate === true) return simulate && runFlags.simulate.default;
	const machine = simulatedMachines.find((name) => name === simulate);
	if (machine !== undefined) return machine;
	throw usage(`--simulate: Unknown machine "${withoutValue(simulate)}". ${mustBeOneOf(simulatedMachines)}`);
};

/** The arguments of `check-repository`, named as those of --repository are. */
export const repositoriesOf = ({
	words: [command = '', ...urls],
}: ParsedArguments): Settings['repositories'] => {
	if (!takesMany([command])) return {};
	if (urls.length === 0) throw usage(`${command} needs the URL of a repository.`);
	const parsed = parseValue(optionOf('repositories'), urls);
	if (!parsed.good) throw usage(`${command}: ${parsed.problem}`);
	return parsed.value as Settings['repositories'];
};

/** What to use instead of an option that a command does not take. */
const instead: Readonly<Record<string, string>> = {
	'--json with export': ' To print the settings as JSON, use --format json.',
	'--format with install': ' Use it with "export".',
};

const notValid = (flag: string, command: CliCommand): string => {
	const why = flag === '--yes' ? ', which never asks' : '';
	return `${flag} is not valid with "${command}"${why}.${instead[`${flag} with ${command}`] ?? ''}`;
};

/** An option that would have no effect is an error, because it was given for a reason. */
export const demandFlagsOf = (command: CliCommand, {run, settings}: ParsedArguments): void => {
	const strange = allFlags
		.filter(({name, commands}) => (name in run || settings.has(name)) && !commands.includes(command))
		.map(({name}) => `--${settings.get(name) === false ? 'no-' : ''}${name}`);
	if (strange.length > 0) throw usage(strange.map((flag) => notValid(flag, command)).join('\n'));
};
