import {allCommands, cliCommands, commandNamed, type CliCommand} from './commands.ts';
import {flagsOfCommand, type DescribedFlag} from './flags-of-command.ts';

/** The words of a text on lines of at most this many columns; a longer word has a line of its own. */
export const wrap = (text: string, columns: number): readonly string[] =>
	text.split(' ').reduce<readonly string[]>((lines, word) => {
		const last = lines.at(-1);
		if (last === undefined || last.length + word.length + 1 > columns) return [...lines, word];
		return [...lines.slice(0, -1), `${last} ${word}`];
	}, []);

type Row = readonly [term: string, note: string];

const between = 2;

const rowLines = ([term, note]: Row, termColumns: number, columns: number): readonly string[] => {
	const [first = '', ...rest] = wrap(note, Math.max(columns - termColumns - 2 * between, 20));
	const margin = ' '.repeat(between);
	return [
		`${margin}${term.padEnd(termColumns)}${margin}${first}`,
		...rest.map((line) => ' '.repeat(termColumns + 2 * between) + line),
	];
};

const isToggle = ({value, negation}: DescribedFlag): boolean => value === undefined && negation !== undefined;

/** How an option is typed: `--config <FILE>`, `--[no-]https`. */
const typed = (flag: DescribedFlag): string => {
	const {name, short, value} = flag;
	if (isToggle(flag)) return `--[no-]${name}`;
	const word = `${short === undefined ? '' : `-${short}, `}--${name}`;
	if (!value) return word;
	return value.isOptional ? `${word} [${value.placeholder}]` : `${word} <${value.placeholder}>`;
};

const rowsOf = (flag: DescribedFlag): readonly Row[] => [
	[typed(flag), [flag.help, ...flag.notes].join(' ')],
	...(flag.negation === undefined || isToggle(flag) ? [] : [[`--no-${flag.name}`, flag.negation] as const]),
];

const sectionsOf = (command: CliCommand | undefined): ReadonlyMap<string, readonly Row[]> => {
	const sections = new Map<string, readonly Row[]>();
	if (command === undefined)
		sections.set(
			'Commands',
			Object.entries(allCommands).map(([name, {does}]) => [name, does]),
		);
	for (const flag of flagsOfCommand(command ?? 'install'))
		sections.set(flag.heading, [...(sections.get(flag.heading) ?? []), ...rowsOf(flag)]);
	return sections;
};

const headOf = (command: CliCommand | undefined): readonly string[] => {
	if (command === undefined)
		return [
			'Usage: vira-setup [COMMAND] [OPTION…]',
			'',
			'Sets up Vira, the CI server for Nix projects, as a service that starts automatically.',
		];
	const {does, argument} = cliCommands[command];
	if (argument === undefined) return [`Usage: vira-setup ${command} [OPTION…]`, '', does];
	const {placeholder, choices} = argument;
	return [
		`Usage: vira-setup ${command} ${placeholder} [OPTION…]`,
		'',
		`${does} ${placeholder} is one of ${choices.join(', ')}.`,
	];
};

/** The command whose page is asked for; undefined: the page of the program. */
export const commandAmong = (words: readonly string[]): CliCommand | undefined =>
	words.map(commandNamed).find((name) => name !== undefined);

/** What `--help` prints: the page of the program, or of a command. */
export const helpPage = (command: CliCommand | undefined, columns: number): string => {
	const sections = sectionsOf(command);
	const termColumns = Math.max(...[...sections.values()].flat().map(([term]) => term.length));
	return [
		...headOf(command).flatMap((line) => wrap(line, columns)),
		...[...sections].flatMap(([heading, rows]) => [
			'',
			`${heading}:`,
			...rows.flatMap((row) => rowLines(row, termColumns, columns)),
		]),
		...(cliCommands[command ?? 'install'].settings
			? ['', 'Each setting also has an environment variable, such as VIRA_SETUP_PORT=8443.']
			: []),
		...(command === undefined ? ['vira-setup help COMMAND   lists the options of a command'] : []),
		'',
	].join('\n');
};
