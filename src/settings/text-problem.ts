import {maskText} from './secret-looks.ts';

/** The most bytes that Linux gives a program in one argument or variable (execve(2), MAX_ARG_STRLEN). */
const mostBytes = 131_071;

export const bytesIn = (text: string): number => Buffer.byteLength(text);

export const sumOf = (numbers: readonly number[]): number =>
	numbers.reduce((total, number) => total + number, 0);

/** What variables take of the room that a program is given: their bytes, and where each of them is. */
export const bytesOfVariables = (variables: Readonly<Record<string, string>>): number =>
	sumOf(Object.entries(variables).map(([name, value]) => bytesIn(name) + bytesIn(value) + 10));

const refusals: readonly (readonly [RegExp, string])[] = [
	[/\0/u, 'It holds a NUL character, which no program can be given.'],
	[/\p{Cs}/u, 'It holds half a character (a lone surrogate), which no file can hold: enter it anew.'],
	[/\uFFFD/u, 'It contains U+FFFD, which stands for bytes that are not UTF-8. Enter it again.'],
	[
		/\p{Noncharacter_Code_Point}/u,
		'It holds a code point that is no character, such as U+FFFE, which systemd refuses: leave it out.',
	],
	// Copied from a preview or a document, it would take the place of the secret.
	[
		new RegExp(maskText, 'u'),
		`It holds ${maskText}, which stands for a secret that was not shown: give the secret itself.`,
	],
];

/** What keeps a text from reaching a process unchanged, whichever option it is for. */
export const textProblem = (text: string): string | undefined => {
	if (bytesIn(text) > mostBytes)
		return 'Keep it under 128 KiB, the most that Linux gives a program in one piece.';
	return refusals.find(([pattern]) => pattern.test(text))?.[1];
};

/** What `~` may become. */
const longestHome = 256;

/** The longest name in a file system (limits.h, NAME_MAX), on either platform. */
const longestName = 255;

/** What keeps a text from being the name of a folder, beside the characters in it. */
export const folderNameProblem = (name: string): string | undefined =>
	bytesIn(name) > longestName
		? `Use a name of at most ${longestName} bytes: Vira gives it to a folder.`
		: undefined;

/** What no file system has (limits.h): a longer name or path could be neither made nor opened. */
export const pathProblem = (path: string): string | undefined => {
	if (path.split('/').some((name) => bytesIn(name) > longestName))
		return 'Use names of at most 255 bytes in it.';
	const whole = bytesIn(path) + (path.startsWith('~') ? longestHome - 1 : 0);
	return whole > 4095 ? 'Use a path of at most 4095 bytes, with your home folder in it.' : textProblem(path);
};
