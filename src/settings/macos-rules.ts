import type {OptionName, Settings} from './options.ts';
import type {Problem, Rule} from './rules.ts';
import {maskLooks} from './secret-looks.ts';
import {isSecretName} from './secret-names.ts';
import {bytesOfVariables} from './text-problem.ts';

/** A text that the property list holds: its option, how a sentence calls it, and the item that it is or belongs to. */
type Written = readonly [option: OptionName, text: string | undefined, subject?: string, item?: string];

/** The order is the list's. Without HTTPS a certificate is kept for later and not written. */
const writtenTexts = (settings: Settings): readonly Written[] => [
	['hostname', settings.hostname],
	...(settings.https
		? ([
				['tlsCert', settings.tlsCert],
				['tlsKey', settings.tlsKey],
			] as const)
		: []),
	['basePath', settings.basePath],
	['stateDir', settings.stateDir],
	['package', settings.package],
	...settings.extraPackages.map((folder): Written => ['extraPackages', folder, 'A folder', folder]),
	...Object.entries(settings.environment).map(([name, value]): Written => ['environment', value, name, name]),
];

const codeOf = (character: string): string =>
	`U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

/** Extensible Markup Language 1.0, section 2.2: no escape stands for these either. Tabs and line breaks are fine. */
const unwritable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F]/u;

export const hasPropertyListText: Rule = (settings) =>
	writtenTexts(settings).flatMap(([option, text = '', subject = 'It', item]): readonly Problem[] => {
		const character = unwritable.exec(text)?.[0];
		if (character === undefined) return [];
		const message = `${subject} holds the control character ${codeOf(character)}, which a launchd property list cannot carry: leave it out.`;
		return [item === undefined ? {option, message} : {option, item, message}];
	});

/** What sh sets anew in each program that it starts: seen with bash 5.2 and dash. */
const setByShells =
	/^(?:_|PWD|OLDPWD|SHLVL|IFS|PPID|PS[124]|OPTIND|OPTERR|LINENO|RANDOM|HISTCMD|SRANDOM|EPOCHSECONDS|EPOCHREALTIME|SHELLOPTS|POSIXLY_CORRECT|COMP_WORDBREAKS|BASH|BASHPID|BASHOPTS|BASH_(?:VERSION|VERSINFO|SUBSHELL|COMMAND|ARGV0))$/u;

/** For the dynamic linker: macOS takes them from its own sh (System Integrity Protection Guide, Runtime Protections). */
const takenFromShells = 'DYLD_';

/** The agent may have to wait for the Nix store, which takes a shell. */
export const changedByItsShell: Rule = ({environment}) =>
	Object.keys(environment)
		.filter((name) => setByShells.test(name) || name.startsWith(takenFromShells))
		.map((name) => ({
			option: 'environment',
			item: name,
			message: `${name} cannot be set on macOS: the shell that waits for the Nix store changes it. Leave it out.`,
		}));

const kibi = 1024;

/** A program gets 1 MiB (ARG_MAX, limits.h), its arguments and PATH included: the rest is for those. */
export const fitsOnMacos: Rule = ({environment}) =>
	bytesOfVariables(environment) > 640 * kibi
		? [
				{
					option: 'environment',
					message:
						'Keep the variables under 640 KiB together: macOS gives a program 1 MiB, its arguments included.',
				},
			]
		: [];

/** As a Mac's file system compares names, unless it was made to tell them apart (APFS Reference, j_drec_hashed_key_t). */
const asCompared = (name: string): string => name.normalize('NFC').toLowerCase().normalize('NFC');

/** Each repository has a folder of its name: two of one folder would work on each other's files. */
export const namesApart: Rule = ({repositories}) => {
	const seen = new Map<string, string>();
	return Object.keys(repositories).flatMap((name): readonly Problem[] => {
		const first = seen.get(asCompared(name));
		seen.set(asCompared(name), first ?? name);
		if (first === undefined) return [];
		const message = `${name} would share a folder with ${first}: the file system of a Mac does not tell these names apart. Use another name.`;
		return [{option: 'repositories', item: name, message}];
	});
};

/** Whoever has an account may ask launchd for a daemon, with its variables (launchctl(1), print). */
export const keepsSecrets: Rule = ({domain, environment}) =>
	domain === 'system'
		? Object.entries(environment)
				.filter(([name, value]) => value !== '' && (isSecretName(name) || maskLooks(value) !== value))
				.map(([name]) => ({
					option: 'environment',
					item: name,
					message: `${name} looks like a secret, and every account of this Mac can read the variables of a daemon. Keep it in a file that only you can read, such as ~/.netrc, or take the domain gui or user.`,
				}))
		: [];
