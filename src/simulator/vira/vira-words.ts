/** What is said of a state of another schema, or of one that does not say of which. */
export const schemaRefusal = (folder: string, schemas: Schemas): string =>
	schemas.stored === undefined
		? [
				'ERROR: Found existing state but no schema version file.',
				'This may indicate a legacy state or corruption.',
				...byHand(folder),
			].join('\n')
		: [
				'ERROR: Schema version mismatch.',
				...versions(schemas),
				'',
				'Your state is incompatible with this version of Vira.',
				...byHand(folder),
			].join('\n');

/** What is said while such a state is deleted. */
export const schemaReset = (schemas: Schemas, removed: readonly string[]): string =>
	[
		...(schemas.stored === undefined
			? []
			: ['⚠️  WARNING: Schema version mismatch detected.', ...versions(schemas)]),
		'⚠️  Auto-reset is enabled - cleaning state (ViraState and job workspaces).',
		'',
		...removed.map((path) => `⚠️  Removing: ${path}`),
		'',
	].join('\n');

/** The schema that a state says it is of; undefined where no number stands in the file. */
export const storedSchema = (text: string | undefined): number | undefined =>
	text !== undefined && /^\s*-?\d+\s*$/u.test(text) ? Number(text) : undefined;

/** How GHC names what keeps a file from being opened (base, GHC.IO.Exception). */
export const notOpened = (path: string): string =>
	`vira: ${path}: openBinaryFile: does not exist (No such file or directory)`;

/** gh, as it is compiled in, and what readProcess of Haskell's process library says when it fails. */
export const ghFailure =
	'vira: readCreateProcess: /nix/store/3hzqmr4xcn0dkpsv1ywb86ajg27fil59-gh-2.65.0/bin/gh "auth" "status" "--json" "hosts" (exit 1): failed';

/** What `vira info` prints. */
export const infoText = (is: {
	readonly version: string;
	readonly revision: string;
	readonly host: string;
	readonly os: 'linux' | 'darwin';
	readonly architecture: string;
	readonly schema: number;
}): string =>
	[
		`Vira version: ${is.version}`,
		`Git revision: ${is.revision}`,
		`Hostname: ${is.host}`,
		`Platform: ${is.os}/${is.architecture}`,
		`Schema version: ${is.schema}`,
	].join('\n');
/** Ends the simulated Vira with status 1; words go to standard error, as those of an exception that nobody catches. */
export class ViraFailure extends Error {
	readonly words: string | undefined;

	constructor(words?: string) {
		super(words ?? 'Vira ends with status 1');
		this.words = words;
	}
}

/** Where a line of Vira goes. */
export type Stream = 'stdout' | 'stderr';

/** Takes what Vira prints, one or more whole lines at a time. */
export type Say = (text: string, stream: Stream) => Promise<void>;

/** What every command prints that opens the state, on standard output and at every log level (State/Core.hs). */
export const opening = 'Opening ViraState database...';

export const opened = (schema: number): string => `Opened ViraState; schema version = ${schema}`;

export const closing = 'Creating checkpoint before closing...';

/** A text as Haskell shows it: in quotes, and what is not ASCII by its number. */
export const haskellText = (text: string): string => {
	const escaped = text
		.replaceAll(/["\\]/gu, '\\$&')
		.replaceAll(/[^ -~](?=(\d?))/gu, (character, digit: string) => {
			const number = `\\${character.codePointAt(0) ?? 0}`;
			return digit === '' ? number : `${number}\\&`;
		});
	return `"${escaped}"`;
};

export const locked = (stateFolder: string): string =>
	`vira: StateIsLocked ${haskellText(`${stateFolder}/ViraState/open.lock`)}`;

/** How to reset by hand (State/Reset.hs). */
const byHand = (folder: string): readonly string[] => [
	'Please remove ViraState and job workspaces manually and restart:',
	`  rm -rf ${folder}/ViraState`,
	`  rm -rf ${folder}/workspace/*/jobs`,
	'Or use the --auto-reset-state flag to automatically reset on schema changes.',
];

/** Two schemas: the one that the state is of, and that of this Vira. */
interface Schemas {
	readonly stored: number | undefined;
	readonly current: number;
}

const versions = ({stored, current}: Schemas): readonly string[] => [
	`  Stored version: ${stored ?? ''}`,
	`  Current version: ${current}`,
];
