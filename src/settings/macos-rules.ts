import {askedOptions, optionOf, type OptionName, type Settings} from './options.ts';
import {formatValue} from './value.ts';
import {type Problem, type Rule, bytesOfVariables} from './problem.ts';
import {maskLooks} from './secrets/mask-looks.ts';
import {isSecretName} from './secrets/assigned-secrets.ts';

/** A text in the property list: its option, the subject of a message about it, and its item. */
type Written = readonly [option: OptionName, text: string, subject?: string, item?: string];

const written = (name: OptionName, settings: Settings): readonly Written[] => {
	const [option, value] = [optionOf(name), settings[name]];
	if (option.kind === 'list')
		return formatValue(value).map((item): Written => [name, item, 'A folder', item]);
	if (option.kind === 'map')
		return option.asVariables
			? Object.entries(value ?? {}).map(([key, text]): Written => [name, String(text), key, key])
			: [];
	return typeof value === 'string' ? [[name, value]] : [];
};

const writtenTexts = (settings: Settings): readonly Written[] =>
	askedOptions('macos', settings).flatMap((name) => written(name, settings));

const codeOf = (character: string): string =>
	`U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** XML 1.0, section 2.2: these cannot be escaped either. Tabs and line breaks are fine. */
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/u;

const hasPropertyListText: Rule = (settings) =>
	writtenTexts(settings).flatMap(([option, text, subject = 'It', item]): readonly Problem[] => {
		const character = unwritable.exec(text)?.[0];
		if (character === undefined) return [];
		const message = `${subject} contains the control character ${codeOf(character)}, which a launchd property list cannot store. Remove it.`;
		return [item === undefined ? {option, message} : {option, item, message}];
	});

/** Variables that sh resets in each program that it starts: seen with bash 5.2 and dash. */
const setByShells =
	/^(?:_|PWD|OLDPWD|SHLVL|IFS|PPID|PS[124]|OPTIND|OPTERR|LINENO|RANDOM|HISTCMD|SRANDOM|EPOCHSECONDS|EPOCHREALTIME|SHELLOPTS|POSIXLY_CORRECT|COMP_WORDBREAKS|BASH|BASHPID|BASHOPTS|BASH_(?:VERSION|VERSINFO|SUBSHELL|COMMAND|ARGV0))$/u;

/** For the dynamic linker: macOS removes them in its own sh (System Integrity Protection Guide, Runtime Protections). */
const takenFromShells = 'DYLD_';

/** The agent may have to wait for the Nix store, and uses a shell for that. */
const changedByItsShell: Rule = ({environment}) =>
	Object.keys(environment)
		.filter((name) => setByShells.test(name) || name.startsWith(takenFromShells))
		.map((name) => ({
			option: 'environment',
			item: name,
			message: `${name} cannot be set on macOS: the shell that waits for the Nix store changes it. Remove it.`,
		}));

const kibi = 1024;

/** A program gets 1 MiB (ARG_MAX, limits.h) including its arguments and PATH, which need the rest. */
const fitsOnMacos: Rule = ({environment}) =>
	bytesOfVariables(environment) > 640 * kibi
		? [
				{
					option: 'environment',
					message:
						'Together, the variables must be smaller than 640 KiB: macOS gives a program 1 MiB, including its arguments.',
				},
			]
		: [];

/** How a Mac's file system compares names, unless it is case-sensitive (APFS Reference, j_drec_hashed_key_t). */
const asCompared = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC');

/** Each repository has a folder of its name. Two repositories in one folder would change each other's files. */
const namesApart: Rule = ({repositories}) => {
	const seen = new Map<string, string>();
	return Object.keys(repositories).flatMap((name): readonly Problem[] => {
		const first = seen.get(asCompared(name));
		seen.set(asCompared(name), first ?? name);
		if (first === undefined) return [];
		const message = `${name} would share a folder with ${first}: the file system of a Mac does not distinguish these names. Use another name.`;
		return [{option: 'repositories', item: name, message}];
	});
};

/** Every account may ask launchd about a daemon and see its variables (launchctl(1), print). */
const keepsSecrets: Rule = ({domain, environment}) =>
	domain === 'system'
		? Object.entries(environment)
				.filter(([name, value]) => value !== '' && (isSecretName(name) || maskLooks(value) !== value))
				.map(([name]) => ({
					option: 'environment',
					item: name,
					message: `${name} looks like a secret, and every account on this Mac can read the variables of a daemon. Keep it in a file that only you can read, such as ~/.netrc, or use the domain gui or user.`,
				}))
		: [];

/** What launchd and macOS do not accept. */
export const macosRules: readonly Rule[] = [
	hasPropertyListText,
	changedByItsShell,
	fitsOnMacos,
	keepsSecrets,
	namesApart,
];
