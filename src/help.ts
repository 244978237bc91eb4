import {verbNames, verbs, type Verb} from './command-line.ts';
import {flagsOfVerb, type ToldFlag} from './flags-of-verb.ts';
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

/** How a flag is typed: `--config <FILE>`, `--[no-]https`. */
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
			'Verbs',
			verbNames.map((name) => [name, verbs[name].does]),
		);
	for (const flag of flagsOfVerb(verb ?? 'install'))
		sections.set(flag.heading, [...(sections.get(flag.heading) ?? []), ...rowsOf(flag)]);
	return sections;
};

const headOf = (verb: Verb | undefined): readonly string[] =>
	verb === undefined
		? [
				'Usage: vira-setup [VERB] [FLAG…]',
				'',
				'Sets up Vira, the CI server for Nix projects, as a service that starts at boot.',
			]
		: [`Usage: vira-setup ${verb} [FLAG…]`, '', verbs[verb].does];

/** The verb whose page is asked for; undefined: that of the program. */
export const verbAmong = (words: readonly string[]): Verb | undefined =>
	verbNames.find((name) => words.includes(name));

/** What `--help` prints: of the program, or of one of its verbs. */
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
			? ['', 'Each setting can also be given as a variable: VIRA_SETUP_PORT=8443.']
			: []),
		...(verb === undefined ? ['vira-setup VERB --help   lists the flags of a verb.'] : []),
		'',
	].join('\n');
};
