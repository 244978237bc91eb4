import type {Reason} from '../../errors.ts';
import {stripVTControlCharacters} from 'node:util';
import {sentenceOf, type Fix, type Notice} from '../../notice.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {moveStateAside} from '../service-manager/service-words.ts';

/** A log line of Vira, and the cause that it means. */
interface Meaning {
	/**
	 * The first line, matched from its beginning: output of builds is elsewhere. Haskell begins an error with the name of
	 * the program, whatever it is called.
	 */
	readonly said: RegExp;
	/** `after` are the lines that follow, `lines` all lines. */
	readonly cause: (match: RegExpExecArray, after: readonly string[], lines: readonly string[]) => Cause;
}

const anotherPort: Fix = {
	say: 'uses another port; or stop the other program',
	command: 'vira-setup --port PORT',
};

/** A Haskell program prints no other code, but output of a build may look like it. */
const characterOf = (code: number): string => (code <= 0x10_ff_ff ? String.fromCodePoint(code) : '\uFFFD');

/** A string as Haskell shows it: `\"`, `\\`, and every character beyond ASCII as a decimal number, `\8230`. */
const shown = (text: string): string =>
	text
		.replaceAll(/\\(?:(\d+)|&|(.))/gu, (_, code: string | undefined, sign: string | undefined) =>
			code === undefined ? (sign ?? '') : characterOf(Number(code)),
		)
		.trim();

const certificateFix: Fix = {say: 'checks the certificate and its key', command: 'vira-setup'};

const conflicting = /^Repository '"(.*)"' already exists with different URL:$/u;

/** Each conflict takes three lines: the name, the URL that Vira has, and the URL to import. */
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
	message: `Vira does not start: it has ${conflictsAmong(lines).join(', ')}, but the settings have a different URL.`,
	fixes: [
		{say: 'changes the URL or the name of the repository, or removes it', command: 'vira-setup'},
		{say: "Without it in the settings, Vira starts; the repository can then be deleted on Vira's page."},
	],
});

/** Messages from Vira's own sources (State/Reset.hs, State/JSON.hs, App/Run.hs) and from its libraries. */
const meanings: readonly Meaning[] = [
	{
		said: /^[^\s:]+: Network\.Socket\.bind: resource busy/u,
		cause: () => ({
			reason: 'port-in-use',
			message: "Vira's port is already in use.",
			fixes: [anotherPort],
		}),
	},
	{
		said: /^[^\s:]+: Network\.Socket\.(?:bind|getAddrInfo)\b.*: (.+)$/u,
		cause: ([, why = '']) => ({
			reason: 'address-unusable',
			message: sentenceOf(`Vira cannot listen on its address: ${why}`),
			fixes: [{say: 'changes the address or the port', command: 'vira-setup'}],
		}),
	},
	{said: conflicting, cause: (_, __, lines) => conflict(lines)},
	{
		said: /^(?:Import failed: Invalid JSON format|[^\s:]+: .*: openBinaryFile: .+)$/u,
		cause: ([words]) => ({
			reason: 'import-unreadable',
			message: sentenceOf(
				`Vira cannot read its repositories file: ${words.replace(/^(?:Import failed|[^\s:]+): /u, '')}`,
			),
			fixes: [{say: 'rewrites the file', command: 'vira-setup'}],
			bySetup: true,
		}),
	},
	{
		said: /^ERROR: (?:Schema version mismatch|Found existing state but no schema version file)\.$/u,
		cause: (_, after) => {
			const numberOf = (which: string): string | undefined =>
				new RegExp(`^ *${which} version: (\\d+)$`, 'mu').exec(after.join('\n'))?.[1];
			const [stored, current] = [numberOf('Stored'), numberOf('Current')];
			const why = stored && current ? `its schema is ${stored}, not ${current}` : 'it has a different schema';
			return {
				reason: 'schema-mismatch',
				message: `This Vira cannot read the state: ${why}.`,
				fixes: [moveStateAside('--auto-reset-state'), {say: 'Or use the Vira that created it.'}],
			};
		},
	},
	{
		said: /^[^\s:]+: StateIsLocked "(.*)\/ViraState\/open\.lock"$/u,
		cause: ([, folder = '']) => ({
			reason: 'state-locked',
			message: `Another process is using the state in ${shown(folder)}.`,
			fixes: [{say: 'Stop every other Vira that uses this folder, then:', command: 'vira-setup start'}],
		}),
	},
	{
		// At startup it reads two files of its state in the same way, and the repositories with openBinaryFile.
		said: /^[^\s:]+: (?!.*\/(?:schema-version|cache-keys\/[^/]*): )(\/.*): withBinaryFile: (.+)$/u,
		cause: ([, path = '', why = '']) => ({
			reason: 'certificate-unusable',
			message: sentenceOf(`Vira cannot read ${path}: ${why}`),
			fixes: [certificateFix],
		}),
	},
	{
		said: /^[^\s:]+: no keys found$/u,
		cause: () => ({
			reason: 'certificate-unusable',
			message: 'Vira cannot use the key of its certificate.',
			fixes: [certificateFix],
		}),
	},
	{
		said: /^Invalid option `(.*)'$/u,
		cause: ([, option = '']) => ({
			reason: 'unknown-option',
			message: `This Vira does not know the option ${maskLooks(option)}, or got it twice.`,
			fixes: [{say: 'checks which options this Vira knows', command: 'vira-setup'}],
		}),
	},
	{
		said: /^[^\s:]+: (?:readCreateProcess|callProcess): (\S+) (.*) \(exit (\d+)\): failed$/u,
		cause: ([, program = '', words = '', status = '']) => {
			const command = [program, ...words.split(' ').map((word) => word.replace(/^"(.*)"$/u, '$1'))].join(' ');
			return {
				reason: 'tool-failed',
				message: `A program that Vira needs at startup failed (exit status ${status}): ${command}`,
				fixes: [
					{say: 'shows why', command},
					{say: 'Then:', command: 'vira-setup start'},
				],
			};
		},
	},
];

/**
 * Why Vira exited, according to its log; the last known message counts. undefined: the log has none. `lines` are those
 * of one start, oldest first.
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
export const unknownCause = 'The cause is unknown. See the last log lines.';

/** Why a service is not running properly. */
export interface Cause extends Pick<Notice, 'message' | 'fixes'> {
	readonly reason: Reason;
	/** Whether running setup again with the same settings fixes it. */
	readonly bySetup?: true;
}
