import {stripVTControlCharacters} from 'node:util';
import {maskLooks} from '../../settings/secret-looks.ts';
import type {Cause} from './cause.ts';

/** What Vira says of one cause, and what is to be told of it. */
interface Meaning {
	/** Its first line, from the line's beginning on: what a build says stands elsewhere. */
	readonly said: RegExp;
	/** `after` are the lines that follow. */
	readonly cause: (match: RegExpExecArray, after: readonly string[]) => Cause;
}

const another = 'vira-setup   gives Vira another port; or end the other program';

/** A string as Haskell shows it: `\"`, `\\`, and every character beyond ASCII as a decimal number, `\8230`. */
const shown = (text: string): string =>
	text
		.replaceAll(/\\(?:(\d+)|&|(.))/gu, (_, code: string | undefined, sign: string | undefined) =>
			code === undefined ? (sign ?? '') : String.fromCodePoint(Number(code)),
		)
		.trim();

/** A conflict is told on three lines: the name, the URL that Vira has, and the one that it was to import. */
const conflict = ([, name = '']: RegExpExecArray, after: readonly string[]): Cause => {
	const existing = /^ *Existing: "(.*)"$/u.exec(after[0] ?? '')?.[1];
	const url = existing === undefined ? '' : `, ${maskLooks(shown(existing))}`;
	return {
		reason: 'repository-conflict',
		sentence: `Vira has a repository ${shown(name)} with another URL${url}, and does not start with the one in the settings.`,
		mend: [
			'vira-setup   gives the repository the URL that Vira has, or another name, or leaves it out',
			"Left out, Vira starts, and the repository can be deleted on Vira's page.",
		],
	};
};

/** The words of Vira's own sources (State/Reset.hs, State/JSON.hs, App/Run.hs), and of the libraries it is made of. */
const meanings: readonly Meaning[] = [
	{
		said: /^vira: Network\.Socket\.bind: resource busy/u,
		cause: () => ({
			reason: 'port-in-use',
			sentence: 'The port that Vira is to listen on is already in use.',
			mend: [another],
		}),
	},
	{
		said: /^vira: Network\.Socket\.(?:bind|getAddrInfo)\b.*: (.+)$/u,
		cause: ([, why = '']) => ({
			reason: 'address-unusable',
			sentence: `Vira cannot listen on its address: ${why}.`,
			mend: ['vira-setup   gives Vira another address or port'],
		}),
	},
	{said: /^Repository '"(.*)"' already exists with different URL:$/u, cause: conflict},
	{
		said: /^(?:Import failed: Invalid JSON format|vira: .*: openBinaryFile: .+)$/u,
		cause: ([words]) => ({
			reason: 'import-unreadable',
			sentence: `Vira cannot read the file of its repositories: ${words.replace(/^(?:vira|Import failed): /u, '')}.`,
			mend: ['vira-setup   writes that file again'],
			bySetup: true,
		}),
	},
	{
		said: /^ERROR: (?:Schema version mismatch|Found existing state but no schema version file)\.$/u,
		cause: (_, after) => {
			const numberOf = (which: string): string | undefined =>
				new RegExp(`^ *${which} version: (\\d+)$`, 'mu').exec(after.join('\n'))?.[1];
			const [stored, current] = [numberOf('Stored'), numberOf('Current')];
			const numbers = stored && current ? `: it has schema ${stored}, and this Vira reads ${current}` : '';
			return {
				reason: 'schema-mismatch',
				sentence: `The state is of another schema than this Vira reads${numbers}.`,
				mend: [
					'vira-setup --auto-reset-state   moves the old state aside, and shows that first',
					'Or use the Vira that has made it.',
				],
			};
		},
	},
	{
		said: /^vira: StateIsLocked "(.*)\/ViraState\/open\.lock"$/u,
		cause: ([, folder = '']) => ({
			reason: 'state-locked',
			sentence: `Another process holds the state in ${shown(folder)}.`,
			mend: ['End every other Vira on this state folder, then: vira-setup start'],
		}),
	},
	{
		// At its start it reads two files of its state in the same way, and the repositories by openBinaryFile.
		said: /^vira: (?!.*\/(?:schema-version|cache-keys\/[^/]*): )(\/.*): withBinaryFile: (.+)$/u,
		cause: ([, path = '', why = '']) => ({
			reason: 'certificate-unusable',
			sentence: `Vira cannot read ${path}: ${why}.`,
			mend: ['vira-setup   checks the certificate and its key'],
		}),
	},
	{
		said: /^vira: no keys found$/u,
		cause: () => ({
			reason: 'certificate-unusable',
			sentence: 'Vira cannot use the key of its certificate.',
			mend: ['vira-setup   checks the certificate and its key'],
		}),
	},
	{
		said: /^Invalid option `(.*)'$/u,
		cause: ([, option = '']) => ({
			reason: 'unknown-option',
			sentence: `This Vira does not know the option ${maskLooks(option)}, or was given it twice.`,
			mend: ['vira-setup   checks what this Vira knows'],
		}),
	},
	{
		said: /^vira: (?:readCreateProcess|callProcess): (\S+) (.*) \(exit (\d+)\): failed$/u,
		cause: ([, program = '', words = '', status = '']) => {
			const command = [program, ...words.split(' ').map((word) => word.replace(/^"(.*)"$/u, '$1'))].join(' ');
			return {
				reason: 'tool-failed',
				sentence: `A program that Vira needs for its start failed with status ${status}: ${command}`,
				mend: [`${command}   shows why`, 'Then: vira-setup start'],
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
			if (match) return cause(match, plain.slice(index + 1));
		}
	}
	return undefined;
};
