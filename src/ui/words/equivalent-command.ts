import {shellWord, commandText} from '../../platform/command-text.ts';
import {differences, type GivenFlag} from '../../settings/flags.ts';
import {optionOf, type Settings} from '../../settings/options.ts';
import {maskText} from '../../settings/secrets/mask-looks.ts';
import {maskItem, masker, holdsSecrets} from '../../settings/secrets/masker.ts';
import {entryName} from '../../settings/items.ts';
import {printable} from '../printable.ts';
import {shortPath} from './describe.ts';

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
}

/** Where the settings were saved, and how to use the file. */
export const savedLines = ({settings, path}: SavedFile, home: string): readonly string[] => [
	`✔ Saved to ${printable(shortPath(path, home))}. To use it, here or on another machine:`,
	`  ${printable(commandText(['vira-setup', '--config', path]))}`,
	...(holdsSecrets(settings) ? ['! The file contains secrets in plain text. Only you can read it.'] : []),
];

/** What the question for the path says of the file. */
export const aboutSaving = 'Only you can read the file. Nothing is installed.';
