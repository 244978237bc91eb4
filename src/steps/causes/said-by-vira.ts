import {stripVTControlCharacters} from 'node:util';
import {maskLooks} from '../../settings/secret-looks.ts';
import type {Cause} from './cause.ts';

/** What Vira says of one cause, and what is to be told of it. */
interface Meaning {
	/**
	 * Its first line, from the line's beginning on: what a build says stands elsewhere. Haskell begins an error with the
	 * name of the program, whatever it is called.
	 */
	readonly said: RegExp;
	/** `after` are the lines that follow, `lines` all of them. */
	readonly cause: (match: RegExpExecArray, after: readonly string[], lines: readonly string[]) => Cause;
}

const another = 'vira-setup --port PORT   takes another port; or stop the other program';

/** No program of Haskell prints another, but what a build says may look like it. */
const characterOf = (code: number): string => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD');

/** A string as Haskell shows it: `\"`, `\\`, and every character beyond ASCII as a decimal number, `\8230`. */
const shown = (text: string): string =>
	text
		.replaceAll(/\\(?:(\d+)|&|(.))/gu, (_, code: string | undefined, sign: string | undefined) =>
			code === undefined ? (sign ?? '') : characterOf(Number(code)),
		)
		.trim();

const conflicting = /^Repository '"(.*)"' already exists with different URL:$/u;

/** Each conflict is told on three lines: the name, the URL that Vira has, and the one that it was to import. */
const conflictsAmong = (lines: readonly string[]): readonly string[] =>
	lines.flatMap((line, index) => {
		const name = conflicting.exec(line)?.[1];
		const url = /^ *Existing: "(.*)"$/u.exec(lines[index + 1] ?? '')?.[1];
		if (name === undefined) return [];
		return [
			url === undefined ? `"${shown(name)}"` : `"${shown(name)}" with the URL ${maskLooks(shown(url))}`,
		];
	});

const conflict = (lines: readonly string[]): Cause => ({
	reason: 'repository-conflict',
	message: `Vira does not start: it has ${conflictsAmong(lines).join(', ')}, and the settings have another URL.`,
	fixes: [
		'vira-setup   gives the repository the URL that Vira has, or another name, or leaves it out',
		"Left out, Vira starts, and the repository can be deleted on Vira's page.",
	],
});

/** The words of Vira's own sources (State/Reset.hs, State/JSON.hs, App/Run.hs), and of the libraries it is made of. */
const meanings: readonly Meaning[] = [
	{
		said: /^[^\s:]+: Network\.Socket\.bind: resource busy/u,
		cause: () => ({
			reason: 'port-in-use',
			message: 'The port that Vira is to listen on is already in use.',
			fixes: [another],
		}),
	},
	{
		said: /^[^\s:]+: Network\.Socket\.(?:bind|getAddrInfo)\b.*: (.+)$/u,
		cause: ([, why = '']) => ({
			reason: 'address-unusable',
			message: `Vira cannot listen on its address: ${why}.`,
			fixes: ['vira-setup   gives Vira another address or port'],
		}),
	},
	{said: conflicting, cause: (_, __, lines) => conflict(lines)},
	{
		said: /^(?:Import failed: Invalid JSON format|[^\s:]+: .*: openBinaryFile: .+)$/u,
		cause: ([words]) => ({
			reason: 'import-unreadable',
			message: `Vira cannot read the file of its repositories: ${words.replace(/^(?:Import failed|[^\s:]+): /u, '')}.`,
			fixes: ['vira-setup   writes that file again'],
			bySetup: true,
		}),
	},
	{
		said: /^ERROR: (?:Schema version mismatch|Found existing state but no schema version file)\.$/u,
		cause: (_, after) => {
			const numberOf = (which: string): string | undefined =>
				new RegExp(`^ *${which} version: (\\d+)$`, 'mu').exec(after.join('\n'))?.[1];
			const [stored, current] = [numberOf('Stored'), numberOf('Current')];
			const numbers = stored && current ? ` (${stored}, and this Vira needs ${current})` : '';
			return {
				reason: 'schema-mismatch',
				message: `This Vira cannot read the state: it has another schema${numbers}.`,
				fixes: [
					'vira-setup --auto-reset-state   shows the plan, then moves the old state aside',
					'Or use the Vira that made it.',
				],
			};
		},
	},
	{
		said: /^[^\s:]+: StateIsLocked "(.*)\/ViraState\/open\.lock"$/u,
		cause: ([, folder = '']) => ({
			reason: 'state-locked',
			message: `Another process is using the state in ${shown(folder)}.`,
			fixes: ['End every other Vira on this state folder, then: vira-setup start'],
		}),
	},
	{
		// At its start it reads two files of its state in the same way, and the repositories by openBinaryFile.
		said: /^[^\s:]+: (?!.*\/(?:schema-version|cache-keys\/[^/]*): )(\/.*): withBinaryFile: (.+)$/u,
		cause: ([, path = '', why = '']) => ({
			reason: 'certificate-unusable',
			message: `Vira cannot read ${path}: ${why}.`,
			fixes: ['vira-setup   checks the certificate and its key'],
		}),
	},
	{
		said: /^[^\s:]+: no keys found$/u,
		cause: () => ({
			reason: 'certificate-unusable',
			message: 'Vira cannot use the key of its certificate.',
			fixes: ['vira-setup   checks the certificate and its key'],
		}),
	},
	{
		said: /^Invalid option `(.*)'$/u,
		cause: ([, option = '']) => ({
			reason: 'unknown-option',
			message: `This Vira does not know the option ${maskLooks(option)}, or was given it twice.`,
			fixes: ['vira-setup   checks what this Vira knows'],
		}),
	},
	{
		said: /^[^\s:]+: (?:readCreateProcess|callProcess): (\S+) (.*) \(exit (\d+)\): failed$/u,
		cause: ([, program = '', words = '', status = '']) => {
			const command = [program, ...words.split(' ').map((word) => word.replace(/^"(.*)"$/u, '$1'))].join(' ');
			return {
				reason: 'tool-failed',
				message: `A program that Vira needs for its start failed with status ${status}: ${command}`,
				fixes: [`${command}   shows why`, 'Then: vira-setup start'],
			};
		},
	},
];

/**
 * Why Vira has ended, by its own words; where there are several, what it said last counts. undefined: it has said
 * nothing that is known. `lines` are those of one start, oldest first.
 */
export const saidByVira = (lines: readonly string[]): Cause | undefined => {
	const plain = lines.map(stripVTControlCharacters);
	for (const [index, line] of [...plain.entries()].toReversed()) {
		for (const {said, cause} of meanings) {
			const match = said.exec(line);
			if (match) return cause(match, plain.slice(index + 1), plain);
		}
	}
	return undefined;
};
