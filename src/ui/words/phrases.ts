import {commandText, shellWord} from '../../platform/command-text.ts';
import type {Command, Lend} from '../../platform/system.ts';
import {printable} from '../text.ts';
import {differences, type GivenFlag} from '../../settings/flags.ts';
import {optionOf, type Settings} from '../../settings/options.ts';
import {maskText} from '../../settings/secrets/mask-looks.ts';
import {maskItem, masker, holdsSecrets} from '../../settings/secrets/masker.ts';
import {entryName} from '../../settings/items.ts';
import {shortPath} from './describe.ts';

/** What several conclusions say in the same words, after a setup, a removal or a command. */
export const simulationOnly = 'Simulation only. Nothing on this machine changed.';

export const asBefore = 'Everything is as it was before.';

export const notAllUndone = '! Some changes could not be undone:';

export const whatToDo = 'What to do:';

export const lastLogLines = 'Last log lines:';

/** What the previews of a setup and of a removal say in the same words. */
export const plannedChanges = 'These changes would be made:';

export const commandsInOrder = 'Commands, in this order';

export const leftInPlace = 'Left in place';

export const upToDate = 'Already up to date. Nothing would change.';

export const checking = 'Checking…';

export const stopping = 'Stopping… Changes in progress are finished or undone first.';

/** What both front ends say of a machine that Vira cannot be set up on, or that needs a decision. */
export const cannotSetUp = 'Vira cannot be set up here:';

export const trySimulation = 'Try it on a simulated machine (changes nothing here)';

export const quitLabel = 'Quit';

export const doManually = 'To do this manually:';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `2 problems, 1 warning`; kinds of which there are none are left out, problems only where there are warnings. */
export const countText = ({
	problems,
	warnings,
}: {
	readonly problems: number;
	readonly warnings: number;
}): string =>
	[
		...(problems > 0 ? [counted(problems, 'problem')] : []),
		...(warnings > 0 ? [counted(warnings, 'warning')] : []),
	].join(', ');

/** The lines on the bare terminal right above the prompt of sudo. */
export const linesAtSudo = (command: Command, simulation: boolean): readonly string[] => [
	// true(1) only asks for the password ahead of time.
	...(command.at(-1) === '/usr/bin/true'
		? ['One step needs administrator rights. sudo asks for your password:']
		: [
				'This command needs administrator rights. sudo asks for your password:',
				`  ${printable(commandText(command))}`,
			]),
	...(simulation ? ['(On this simulated machine, any password works.)'] : []),
];

/** Lends a terminal that has only lines to sudo, which is announced first. */
export const lendLines =
	(write: (line: string) => void, simulation: boolean): Lend =>
	(command, use) => {
		for (const line of linesAtSudo(command, simulation)) write(line);
		return use();
	};

/** A command that applies settings without asking. */
interface EquivalentCommand {
	/** For a shell to read: `"${SECRET_…:?}"` stands for each secret, and the shell stops if one is not set. */
	readonly text: string;
	/** The variables that must hold the secrets, in their order in the command. */
	readonly secrets: readonly string[];
}

/** SECRET_API_TOKEN for `API_TOKEN=…`, for a repository `vira=…` SECRET_VIRA, and SECRET_PACKAGE for a package. */
const variableFor = ({option, flag, text = ''}: GivenFlag, taken: readonly string[]): string => {
	const name = optionOf(option).kind === 'map' ? entryName(text) : flag.slice(2);
	const base = `SECRET_${name.replaceAll(/\W+/gu, '_').toUpperCase()}`;
	if (!taken.includes(base)) return base;
	const next = taken.filter((one) => one === base || one.startsWith(`${base}_`)).length + 1;
	return `${base}_${next}`;
};

/** The parts of a text before, between and after its secrets; only its name if the mask changed more than the secrets. */
const partsOf = (text: string, masked: string): readonly string[] => {
	const parts = masked.split(maskText);
	const [first = '', last = ''] = [parts[0], parts.at(-1)];
	const middle = text.slice(first.length, text.length - last.length);
	let from = 0;
	const follows = (part: string): boolean => {
		const at = middle.indexOf(part, from);
		from = at + part.length;
		return at >= 0;
	};
	const isSame =
		text.startsWith(first) && text.endsWith(last) && parts.slice(1, -1).every((part) => follows(part));
	// A mask has as many lines as the secret, so the parts of a text of several lines do not match.
	return isSame && !text.includes('\n') ? parts : [text.slice(0, text.indexOf('=') + 1), ''];
};

/** Quotes a word and replaces each secret in it with a variable. */
const withoutSecrets = (given: GivenFlag, mask: (text: string) => string, taken: string[]): string => {
	const {option, text = ''} = given;
	const masked = maskItem(option, text, mask);
	if (text === masked) return shellWord(text);
	const parts = partsOf(text, masked);
	return parts
		.flatMap((part, index) => {
			const quoted = part === '' ? [] : [shellWord(part)];
			if (index === 0) return quoted;
			const variable = variableFor(given, taken);
			taken.push(variable);
			return [`"\${${variable}:?}"`, ...quoted];
		})
		.join('');
};

/**
 * The command that gives these settings on a machine without saved settings: the differences from the defaults. `run`
 * are further flags.
 */
export const equivalentCommand = (
	settings: Settings,
	defaults: Settings,
	run: readonly string[] = [],
): EquivalentCommand => {
	const mask = masker(settings);
	const secrets: string[] = [];
	const words = differences(defaults, settings).flatMap((given) =>
		given.text === undefined ? [given.flag] : [given.flag, withoutSecrets(given, mask, secrets)],
	);
	return {
		text: ['vira-setup', '--non-interactive', ...run.map(shellWord), ...words].join(' '),
		secrets,
	};
};

/** Settings that were saved to a file, and its full path. */
export interface SavedFile {
	readonly settings: Settings;
	readonly path: string;
	/** Whether it is a file of a simulated machine, which no command here can read. */
	readonly simulation?: boolean | undefined;
}

/** Where the settings were saved, and how to use the file. */
export const savedLines = (
	{settings, path, simulation = false}: SavedFile,
	home: string,
): readonly string[] => [
	simulation
		? `✔ Saved to ${printable(shortPath(path, home))} on the simulated machine. On a real machine, this would use it:`
		: `✔ Saved to ${printable(shortPath(path, home))}. To use it, here or on another machine:`,
	`  ${printable(commandText(['vira-setup', '--config', path]))}`,
	...(holdsSecrets(settings) ? ['! The file contains secrets in plain text. Only you can read it.'] : []),
];

/** What the question for the path says of the file. */
export const aboutSaving = 'Only you can read the file. Nothing is installed.';
