/** How a value has to look; absent for a flag without one. */
interface Option {
	readonly value?: string;
	readonly fits?: (text: string) => boolean;
	readonly help: string;
}

type Options = Readonly<Record<string, Option>>;

const wholeNumber =
	(min: number, max = Number.MAX_SAFE_INTEGER) =>
	(text: string): boolean =>
		/^\d+$/u.test(text) && Number(text) >= min && Number(text) <= max;

const isLevel = (text: string): boolean => /^(?:debug|info|warning|warn|error)$/iu.test(text);

const globalOptions: Options = {
	'--state-dir': {value: 'DIR', help: 'Folder of the state (default: ./state)'},
	'--log-level': {value: 'LEVEL', fits: isLevel, help: 'Debug, Info, Warning, Error (default: Info)'},
	'--auto-reset-state': {help: 'Delete the state when its schema is another one'},
	'--version': {help: 'Show the version'},
};

const webOptions: Options = {
	'--host': {value: 'HOST', help: 'Name or address to bind (default: 0.0.0.0)'},
	'--port': {value: 'PORT', fits: wholeNumber(1, 65_535), help: 'TCP port (default: 5005)'},
	'--base-path': {value: 'PATH', help: 'URL path (default: /)'},
	'--no-https': {help: 'Serve HTTP'},
	'--tls-cert': {value: 'FILE', help: 'Certificate; needs --tls-key'},
	'--tls-key': {value: 'FILE', help: 'Private key; needs --tls-cert'},
	'--import': {value: 'FILE', help: 'JSON file of repositories to add at start'},
	'--max-concurrent-builds': {value: 'COUNT', fits: wholeNumber(1), help: 'Builds at a time (default: 2)'},
	'--auto-build-new-branches': {help: 'Build branches that were never built'},
	'--job-retention-days': {value: 'DAYS', fits: wholeNumber(0), help: 'Days, 0 for ever (default: 14)'},
};

const commands: Readonly<Record<string, Options>> = {web: webOptions, info: {}, export: {}};

/** What a command line asks of Vira. */
export type Asked =
	| {readonly does: 'show-version'}
	| {readonly does: 'show-help' | 'refuse'; readonly text: string}
	| {readonly does: 'web' | 'info' | 'export'; readonly values: ReadonlyMap<string, string>};

class Refusal extends Error {}

const usageOf = (name: string, options: Options): string =>
	`Usage: ${name}${Object.entries(options)
		.map(([flag, {value}]) => ` [${value === undefined ? flag : `${flag} ${value}`}]`)
		.join('')}`;

const helpOf = (name: string, options: Options): string => {
	const all: Options = {...options, '--help': {help: 'Show this help text'}};
	const lines = Object.entries(all).map(
		([flag, {value, help}]) => `  ${(value === undefined ? flag : `${flag} ${value}`).padEnd(32)} ${help}`,
	);
	return [usageOf(name, options), '', 'Available options:', ...lines].join('\n');
};

const readValue = (flag: string, option: Option, given: string | undefined): string => {
	if (option.value === undefined) return '';
	if (given === undefined) throw new Refusal(`The option \`${flag}\` expects an argument.`);
	if (option.fits && !option.fits(given)) throw new Refusal(`option ${flag}: cannot parse value \`${given}'`);
	return given;
};

/** Takes options from the front of the words until a word that is none. */
const takeOptions = (words: string[], options: Options): ReadonlyMap<string, string> => {
	const values = new Map<string, string>();
	while (words[0]?.startsWith('-')) {
		const word = words.shift() ?? '';
		const [flag = '', ...attached] = word.split('=');
		const option: Option | undefined = flag === '--help' ? {help: ''} : options[flag];
		if (!option || values.has(flag) || (option.value === undefined && attached.length > 0))
			throw new Refusal(`Invalid option \`${word}'`);
		const given = attached.length > 0 ? attached.join('=') : option.value === undefined ? '' : words.shift();
		values.set(flag, readValue(flag, option, given));
	}
	return values;
};

const checkTls = (values: ReadonlyMap<string, string>): void => {
	const given = ['--tls-cert', '--tls-key'].filter((flag) => values.has(flag));
	if (values.has('--no-https') && given[0] !== undefined) throw new Refusal(`Invalid option \`${given[0]}'`);
	if (given.length === 1)
		throw new Refusal(`Missing: ${values.has('--tls-cert') ? '--tls-key' : '--tls-cert'} FILE`);
};

const readCommand = (words: string[], globals: ReadonlyMap<string, string>): Asked => {
	const name = words.shift();
	if (name === undefined) throw new Refusal('Missing: COMMAND');
	const options = commands[name];
	if (!options || (name !== 'web' && name !== 'info' && name !== 'export'))
		throw new Refusal(`Invalid argument \`${name}'`);
	try {
		const values = takeOptions(words, options);
		if (values.has('--help')) return {does: 'show-help', text: helpOf(`vira ${name}`, options)};
		if (words[0] !== undefined) throw new Refusal(`Invalid argument \`${words[0]}'`);
		checkTls(values);
		return {does: name, values: new Map([...globals, ...values])};
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return {does: 'refuse', text: `${error.message}\n\n${usageOf(`vira ${name}`, options)}`};
	}
};

/** Reads a command line as strictly as Vira does: global options, the command, its options (app/CLI.hs). */
export const readViraWords = (given: readonly string[]): Asked => {
	const words = [...given];
	try {
		const globals = takeOptions(words, globalOptions);
		if (globals.has('--help'))
			return {does: 'show-help', text: `${helpOf('vira', globalOptions)}\n\nCommands: web, info, export`};
		return globals.has('--version') ? {does: 'show-version'} : readCommand(words, globals);
	} catch (error) {
		if (!(error instanceof Refusal)) throw error;
		return {does: 'refuse', text: `${error.message}\n\n${usageOf('vira', globalOptions)} COMMAND`};
	}
};
