import {maskText} from './secrets/mask-looks.ts';

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
