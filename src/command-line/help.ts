import {allCommands, verbNames, verbs, type Verb} from './commands.ts';
import {flagsOfVerb, type ToldFlag} from './flags-of-command.ts';
import {wrap} from './wrap.ts';

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

const isToggle = ({value, negation}: ToldFlag): boolean => value === undefined && negation !== undefined;

/** How an option is typed: `--config <FILE>`, `--[no-]https`. */
const typed = (flag: ToldFlag): string => {
	const {name, short, value} = flag;
	if (isToggle(flag)) return `--[no-]${name}`;
	const word = `${short === undefined ? '' : `-${short}, `}--${name}`;
	if (!value) return word;
	return value.isOptional ? `${word} [${value.placeholder}]` : `${word} <${value.placeholder}>`;
};

const rowsOf = (flag: ToldFlag): readonly Row[] => [
	[typed(flag), [flag.help, ...flag.notes].join(' ')],
	...(flag.negation === undefined || isToggle(flag) ? [] : [[`--no-${flag.name}`, flag.negation] as const]),
];

const sectionsOf = (verb: Verb | undefined): ReadonlyMap<string, readonly Row[]> => {
	const sections = new Map<string, readonly Row[]>();
	if (verb === undefined)
		sections.set(
			'Commands',
			Object.entries(allCommands).map(([name, {does}]) => [name, does]),
		);
	for (const flag of flagsOfVerb(verb ?? 'install'))
		sections.set(flag.heading, [...(sections.get(flag.heading) ?? []), ...rowsOf(flag)]);
	return sections;
};

const argumentText = ({argument}: (typeof verbs)[Verb]): string =>
	argument === undefined ? '' : ` ${argument.placeholder}`;

const aboutVerb = ({does, argument}: (typeof verbs)[Verb]): string =>
	argument === undefined ? does : `${does} ${argument.placeholder} is one of ${argument.choices.join(', ')}.`;

const headOf = (verb: Verb | undefined): readonly string[] =>
	verb === undefined
		? [
				'Usage: vira-setup [COMMAND] [OPTION…]',
				'',
				'Sets up Vira, the CI server for Nix projects, as a service that starts automatically.',
			]
		: [`Usage: vira-setup ${verb}${argumentText(verbs[verb])} [OPTION…]`, '', aboutVerb(verbs[verb])];

/** The command whose page is asked for; undefined: the page of the program. */
export const verbAmong = (words: readonly string[]): Verb | undefined =>
	verbNames.find((name) => words.includes(name));

/** What `--help` prints: the page of the program, or of a command. */
export const helpPage = (verb: Verb | undefined, columns: number): string => {
	const sections = sectionsOf(verb);
	const termColumns = Math.max(...[...sections.values()].flat().map(([term]) => term.length));
	return [
		...headOf(verb).flatMap((line) => wrap(line, columns)),
		...[...sections].flatMap(([heading, rows]) => [
			'',
			`${heading}:`,
			...rows.flatMap((row) => rowLines(row, termColumns, columns)),
		]),
		...(verbs[verb ?? 'install'].settings
			? ['', 'Each setting also has an environment variable, such as VIRA_SETUP_PORT=8443.']
			: []),
		...(verb === undefined ? ['vira-setup help COMMAND   lists the options of a command'] : []),
		'',
	].join('\n');
};
