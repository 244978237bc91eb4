import type {Notice} from '../notice.ts';
import type {OptionName, Settings} from './options.ts';
import {maskText} from './secrets/mask-looks.ts';

/** A problem with a set of values, at the option where it can be fixed. The message says what is wrong and what fixes it. */
export interface Problem extends Pick<Notice, 'message'> {
	readonly option: OptionName;
	/** The item of a list, or the name in a map, if it is about one. */
	readonly item?: string;
	/** A value that solves it, as it is typed. */
	readonly suggestion?: string;
}

/** A value that could not be read. */
export interface Misgiven extends Omit<Problem, 'option'> {
	/** undefined: it is about the whole source. */
	readonly option: OptionName | undefined;
	/** Its full name in a settings file, even if no option has it: `systemd.other`. */
	readonly setting?: string;
	/** Where it was given: `--port`, `VIRA_SETUP_PORT`, `--config vira.json: port`. */
	readonly place: string;
}

/**
 * A number, words in letters of one case, or two short words with a space: a secret, given by mistake, hardly looks
 * like it.
 */
const harmless = /^(?:-?\d{1,9}(?:\.\d{1,9})?|[A-Z]?[a-z]+(?:[._\/][a-z]+)*|[a-z]{1,12} [a-z]{1,12})$/u;

/** A wrong value as a message can quote it; undefined if it may be a secret. */
export const quotable = (text: string): string | undefined =>
	text.length <= 40 && harmless.test(text) ? text : undefined;

/** A harmless value as it is typed in a shell. */
export const typedValue = (text: string): string => (text.includes(' ') ? `'${text}'` : text);

export const misgivenText = ({place, message}: Misgiven): string =>
	place === '' ? message : `${place}: ${message}`;

/** Finds one kind of problem. */
export type Rule = (settings: Settings) => readonly Problem[];

/** Number of letters to add, remove, replace or swap with the next to turn one text into the other. */
const distance = (one: string, other: string): number => {
	let before: readonly number[] = [];
	let row = Array.from({length: other.length + 1}, (_, index) => index);
	for (const [index, letter] of Array.from(one).entries()) {
		const above = row;
		row = [index + 1];
		for (const [at, wanted] of Array.from(other).entries()) {
			const isSwapped = letter === other[at - 1] && wanted === one[index - 1];
			row.push(
				Math.min(
					(above[at] ?? 0) + (letter === wanted ? 0 : 1),
					(above[at + 1] ?? 0) + 1,
					(row[at] ?? 0) + 1,
					isSwapped ? (before[at - 1] ?? Infinity) + 1 : Infinity,
				),
			);
		}
		before = above;
	}
	return row.at(-1) ?? 0;
};

/** The known name that was most likely meant: in another case, abbreviated, or with at most two wrong letters. */
export const nearestName = (name: string, known: readonly string[]): string | undefined => {
	const typed = name.toLowerCase();
	const begun = known.filter((one) => one.toLowerCase().startsWith(typed));
	if (typed.length >= 3 && begun.length === 1) return begun[0];
	const [nearest] = known
		.map((one) => ({one, far: distance(typed, one.toLowerCase())}))
		.toSorted((a, b) => a.far - b.far);
	// In a short name, two different letters make another word.
	return nearest && nearest.far <= (typed.length < 5 ? 1 : 2) ? nearest.one : undefined;
};

/** The most bytes that Linux gives a program in one argument or variable (execve(2), MAX_ARG_STRLEN). */
const mostBytes = 131_071;

export const bytesIn = (text: string): number => Buffer.byteLength(text);

export const sumOf = (numbers: readonly number[]): number =>
	numbers.reduce((total, number) => total + number, 0);

/** The part of a program's argument space that variables use: their bytes and a pointer each. */
export const bytesOfVariables = (variables: Readonly<Record<string, string>>): number =>
	sumOf(Object.entries(variables).map(([name, value]) => bytesIn(name) + bytesIn(value) + 10));

const refusals: readonly (readonly [RegExp, string])[] = [
	[/\0/u, 'It contains a NUL character, which cannot be passed to a program. Remove it.'],
	[
		/\p{Cs}/u,
		'It contains half a character (a lone surrogate), which cannot be saved in a file. Enter it again.',
	],
	[/\uFFFD/u, 'It contains U+FFFD, which stands for bytes that are not UTF-8. Enter it again.'],
	[
		/\p{Noncharacter_Code_Point}/u,
		'It contains a noncharacter, such as U+FFFE, which systemd rejects. Remove it.',
	],
	// If it was copied from a preview or a document, it would replace the secret.
	[
		new RegExp(maskText, 'u'),
		`It contains ${maskText}, which stands for a hidden secret. Enter the secret itself.`,
	],
];

/** Why a text cannot reach a process unchanged, whatever its option. */
export const textProblem = (text: string): string | undefined => {
	if (bytesIn(text) > mostBytes)
		return 'Must be shorter than 128 KiB, the limit of Linux for one argument or variable.';
	return refusals.find(([pattern]) => pattern.test(text))?.[1];
};

/** Room for the home folder that replaces `~`. */
const longestHome = 256;

/** The longest name in a file system (limits.h, NAME_MAX), on either platform. */
const longestName = 255;

/** Why a text cannot be a folder name, apart from its characters. */
export const folderNameProblem = (name: string): string | undefined =>
	bytesIn(name) > longestName
		? `Must be at most ${longestName} bytes: Vira creates a folder of this name.`
		: undefined;

/** Longer names and paths can be neither created nor opened (limits.h). */
export const pathProblem = (path: string): string | undefined => {
	if (path.split('/').some((name) => bytesIn(name) > longestName))
		return 'Each name in the path must be at most 255 bytes.';
	const whole = bytesIn(path) + (path.startsWith('~') ? longestHome - 1 : 0);
	return whole > 4095 ? 'Must be at most 4095 bytes, including your home folder.' : textProblem(path);
};
