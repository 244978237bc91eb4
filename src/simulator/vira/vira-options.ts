/** How a value has to look; absent for a flag without one. */
export interface Option {
	readonly value?: string;
	/** What is said of a value that does not fit; undefined: it fits. */
	readonly trouble?: (text: string) => string | undefined;
	readonly help: string;
}

export type Options = Readonly<Record<string, Option>>;

/** Numbers are read as Haskell's types have them, and no other limit is kept. */
const number =
	(pattern: RegExp) =>
	(text: string): string | undefined =>
		pattern.test(text) ? undefined : `cannot parse value \`${text}'`;

const integer = number(/^\s*-?\d+\s*$/u);

const natural = number(/^\s*\d+\s*$/u);

const level = (text: string): string | undefined =>
	/^(?:debug|info|warning|warn|error)$/iu.test(text)
		? undefined
		: 'Invalid log level. Choose from: Debug, Info, Warning, Error';

export const globalOptions: Options = {
	'--version': {help: 'Show version'},
	'--state-dir': {value: 'STATE_DIR', help: 'Folder of the state (default: ./state)'},
	'--log-level': {value: 'LOG_LEVEL', trouble: level, help: 'Debug, Info, Warning, Error (default: Info)'},
	'--auto-reset-state': {help: 'Delete the state when its schema is another one'},
};

const webOptions: Options = {
	'--port': {value: 'PORT', trouble: integer, help: 'TCP port (default: 5005)'},
	'--host': {value: 'HOST', help: 'Name or address to bind (default: 0.0.0.0)'},
	'--base-path': {value: 'BASE_PATH', help: 'URL path (default: /)'},
	'--no-https': {help: 'Serve HTTP'},
	'--tls-cert': {value: 'TLS_CERT', help: 'Certificate; needs --tls-key'},
	'--tls-key': {value: 'TLS_KEY', help: 'Private key; needs --tls-cert'},
	'--import': {value: 'FILE', help: 'JSON file of repositories to add at start'},
	'--max-concurrent-builds': {value: 'COUNT', trouble: integer, help: 'Builds at a time (default: 2)'},
	'--auto-build-new-branches': {help: 'Build branches that were never built'},
	'--job-retention-days': {value: 'DAYS', trouble: natural, help: 'Days, 0 for ever (default: 14)'},
};

export type CommandName = 'web' | 'export' | 'import' | 'info';

/** The commands that can be played: `vira ci` runs a pipeline, which no machine here has. */
export const commands: Readonly<Record<CommandName, Options>> = {
	web: webOptions,
	export: {},
	import: {},
	info: {},
};

export const isCommand = (name: string): name is CommandName => Object.hasOwn(commands, name);
