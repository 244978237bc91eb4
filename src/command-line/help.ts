import {allCommands, cliCommands, commandNamed, examples, type CliCommand} from './commands.ts';
import {everyFlag, flagsOfCommand, isToggle, type DescribedFlag} from './flags-of-command.ts';

/** The words of a text on lines of at most this many columns; a longer word has a line of its own. */
export const wrap = (text: string, columns: number): readonly string[] =>
	text.split(' ').reduce<readonly string[]>((lines, word) => {
		const last = lines.at(-1);
		if (last === undefined || last.length + word.length + 1 > columns) return [...lines, word];
		return [...lines.slice(0, -1), `${last} ${word}`];
	}, []);

type HelpRow = readonly [term: string, note: string];
/** Rows under a heading. */
type HelpSection = readonly [heading: string, rows: readonly HelpRow[]];

const between = 2;

const rowLines = ([term, note]: HelpRow, termColumns: number, columns: number): readonly string[] => {
	const [first = '', ...rest] = wrap(note, Math.max(columns - termColumns - 2 * between, 20));
	const margin = ' '.repeat(between);
	return [
		`${margin}${term.padEnd(termColumns)}${margin}${first}`,
		...rest.map((line) => ' '.repeat(termColumns + 2 * between) + line),
	];
};

const widest = (rows: readonly HelpRow[]): number => Math.max(...rows.map(([term]) => term.length));

const sectionLines = (
	[heading, rows]: HelpSection,
	termColumns: number,
	columns: number,
): readonly string[] => ['', `${heading}:`, ...rows.flatMap((row) => rowLines(row, termColumns, columns))];

/** How an option is typed: `--config <FILE>`, `--[no-]https`. */
const typed = (flag: DescribedFlag): string => {
	const {name, value} = flag;
	if (isToggle(flag)) return `--[no-]${name}`;
	if (!value) return `--${name}`;
	return value.isOptional ? `--${name} [${value.placeholder}]` : `--${name} <${value.placeholder}>`;
};

const rowsOf = (flag: DescribedFlag): readonly HelpRow[] => [
	[typed(flag), [flag.help, ...flag.notes].join(' ')],
	...(flag.negation === undefined || isToggle(flag) ? [] : [[`--no-${flag.name}`, flag.negation] as const]),
];

/** Rows of options; where one has a short form, all names stand below each other. */
const flagRows = (flags: readonly DescribedFlag[], rows: (flag: DescribedFlag) => readonly HelpRow[]) => {
	const hasShort = flags.some(({short}) => short !== undefined);
	return flags.flatMap((flag) => {
		const before = flag.short === undefined ? ' '.repeat(4) : `-${flag.short}, `;
		return rows(flag).map(([term, note]): HelpRow => [hasShort ? before + term : term, note]);
	});
};

/** The first sentence of a text. */
const brief = (text: string): string => text.split(/(?<=\.) /u, 1)[0] ?? '';

/** Every option of a command, under its headings: those of settings are grouped as in the form. */
const commandSections = (command: CliCommand): readonly HelpSection[] => {
	const flags = flagsOfCommand(command);
	return [...new Set(flags.map(({heading}) => heading))].map((heading) => [
		heading,
		flagRows(
			flags.filter((flag) => flag.heading === heading),
			rowsOf,
		),
	]);
};

const commandPage = (command: CliCommand, columns: number): readonly string[] => {
	const {does, more = [], argument, alias, settings} = cliCommands[command];
	const sections = commandSections(command);
	const termColumns = widest(sections.flatMap(([, rows]) => rows));
	const head = [
		does,
		...more,
		...(argument && argument.choices.length > 0
			? [`${argument.placeholder} is one of ${argument.choices.join(', ')}.`]
			: []),
		...(alias === undefined ? [] : [`The command can also be written as ${alias}.`]),
	];
	return [
		`Usage: vira-setup ${command}${argument ? ` ${argument.placeholder}${argument.isRepeated ? '…' : ''}` : ''} [OPTION…]`,
		'',
		...wrap(head.join(' '), columns),
		...sections.flatMap((section) => sectionLines(section, termColumns, columns)),
		...(settings
			? [
					'',
					'Each setting also has an environment variable, such as VIRA_SETUP_PORT=8443.',
					'A switch also takes a value: --https=no is the same as --no-https.',
				]
			: []),
	];
};

/** One screen: the commands, the options that most people need, and where the others are. */
const programPage = (columns: number): readonly string[] => {
	const commands = Object.entries(allCommands).map(([name, {does}]): HelpRow => [name, does]);
	const common = flagRows(
		everyFlag.filter(({isCommon}) => isCommon),
		(flag) => [[typed(flag), brief(flag.help)]],
	);
	const more: readonly HelpRow[] = [
		['vira-setup help install', 'lists every setting with its option and default'],
		['vira-setup help COMMAND', 'lists the options of a command'],
		['man vira-setup', 'shows the manual'],
	];
	const shown = examples.map(({command, does}): HelpRow => [command, does]);
	const sections: readonly HelpSection[] = [
		['Commands', commands],
		['Common options', common],
		['Examples', shown],
		['More help', more],
	];
	return [
		'Usage: vira-setup [COMMAND] [OPTION…]',
		'',
		...wrap('Sets up Vira, the CI server for Nix, as a service that starts automatically.', columns),
		...sections.flatMap((section) => sectionLines(section, widest(section[1]), columns)),
	];
};

/** The command whose page is asked for; undefined: the page of the program. */
export const commandAmong = (words: readonly string[]): CliCommand | undefined =>
	words.map(commandNamed).find((name) => name !== undefined);

/** What `--help` prints: the page of the program, or of a command. */
export const helpPage = (command: CliCommand | undefined, columns: number): string =>
	[...(command === undefined ? programPage(columns) : commandPage(command, columns)), ''].join('\n');
