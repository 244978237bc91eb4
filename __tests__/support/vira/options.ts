import {integer, logLevel, natural, text, type ValueKind} from './values.ts';

/** An option without a value is a flag. */
export interface Option {
	readonly flag: string;
	readonly short?: string;
	readonly value?: ValueKind;
	readonly default?: string;
	readonly help: string;
}

export interface Command {
	readonly help: string;
	readonly options: readonly Option[];
	readonly word?: string;
}

export type CommandName = 'web' | 'info' | 'export' | 'import' | 'ci';

export const helpOption: Option = {flag: '--help', short: '-h', help: 'Show this help text'};

export const globalOptions: readonly Option[] = [
	{flag: '--state-dir', value: text('STATE_DIR'), default: './state', help: 'Folder that holds the state'},
	{
		flag: '--log-level',
		value: logLevel,
		default: 'Info',
		help: 'Least severity that is logged: Debug, Info, Warning, Error',
	},
	{flag: '--auto-reset-state', help: 'Delete the state when its schema is not the one of this version'},
	{flag: '--version', help: 'Show version'},
];

const webOptions: readonly Option[] = [
	{flag: '--host', value: text('HOST'), default: '0.0.0.0', help: 'Name or address to listen on'},
	{flag: '--port', value: integer('PORT'), default: '5005', help: 'TCP port to listen on'},
	{flag: '--base-path', value: text('BASE_PATH'), default: '/', help: 'URL path of the pages behind a proxy'},
	{flag: '--no-https', help: 'Serve HTTP; excludes --tls-cert and --tls-key'},
	{flag: '--tls-cert', value: text('TLS_CERT'), help: 'Certificate; needs --tls-key'},
	{flag: '--tls-key', value: text('TLS_KEY'), help: 'Private key; needs --tls-cert'},
	{flag: '--import', value: text('FILE'), help: 'JSON file of repositories to add at start'},
	{
		flag: '--max-concurrent-builds',
		value: integer('COUNT'),
		default: '2',
		help: 'Number of builds that run at once',
	},
	{flag: '--auto-build-new-branches', help: 'Build branches that were never built before'},
	{
		flag: '--job-retention-days',
		value: natural('DAYS'),
		default: '14',
		help: 'Days after which jobs are deleted, 0 for never',
	},
];

export const commands: Readonly<Record<CommandName, Command>> = {
	web: {help: 'Serve the web page', options: webOptions},
	info: {help: 'Show versions and the platform', options: []},
	export: {help: 'Print the state as JSON', options: []},
	import: {help: 'Read state as JSON from standard input', options: []},
	ci: {
		help: 'Run a pipeline once',
		options: [{flag: '--only-build', short: '-b', help: 'Build and do nothing more'}],
		word: 'DIRECTORY',
	},
};

export const isCommandName = (word: string): word is CommandName => Object.hasOwn(commands, word);
