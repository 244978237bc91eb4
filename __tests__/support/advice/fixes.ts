import {commandText} from '../../../src/platform/command-text.ts';
import type {Command} from '../../../src/platform/system.ts';
import type {Document} from '../valid-document.ts';
import {attempt, type Attempt} from '../run-command.ts';
import {commandStart} from './printed-commands.ts';
import type {Simulated} from './simulated-shell.ts';

/** The problem, by a name, and each line that is printed for it. */
export interface Problem {
	readonly name: string;
	readonly fixes: readonly string[];
}

interface Told {
	readonly code: string;
	readonly level?: string;
	readonly fixes?: readonly string[] | string | null;
	readonly fixable?: boolean;
}

const listIn = (document: Document, field: string): readonly Told[] =>
	(document[field] ?? []) as readonly Told[];

const linesOf = ({fixes, fixable = false}: Told): readonly string[] => [
	...(fixable ? ['vira-setup doctor --fix   fixes it'] : []),
	...(typeof fixes === 'string' ? [fixes] : (fixes ?? [])),
];

interface ErrorPart {
	readonly message: string;
	readonly hint: string | null;
}

interface LeftPart {
	readonly path: string | null;
	readonly what: string;
	readonly byHand?: Command;
}

/** What an uninstall leaves, by its path. */
const leftIn = (document: Document): readonly Problem[] =>
	(Array.isArray(document['left']) ? (document['left'] as readonly LeftPart[]) : []).map(
		({path, what, byHand}) => ({
			name: `left ${path ?? what}`,
			fixes: [...(byHand ? [commandText(byHand)] : []), what],
		}),
	);

const errorOf = (document: Readonly<Record<string, unknown>>): readonly Problem[] => {
	const error = document['error'] as ErrorPart | undefined;
	if (!error) return [];
	const lines = [
		...error.message.split('\n').filter((line) => commandStart.test(line)),
		...(error.hint?.split('\n') ?? []),
	];
	return [{name: error.message.split('\n')[0] ?? '', fixes: lines}];
};

/** All problems in a document, and the fixes that it prints for them. */
export const problemsIn = ({document}: Pick<Attempt, 'document'>): readonly Problem[] => [
	...errorOf(document),
	...['checks', 'warnings', 'drift'].flatMap((field) =>
		listIn(document, field)
			.filter(({level}) => level !== 'fine')
			.map((one) => ({name: one.code, fixes: linesOf(one)})),
	),
	...leftIn(document),
	...((document['notes'] ?? []) as readonly {message: string; fixes: readonly string[]}[]).map(
		({message, fixes}) => ({name: message, fixes: fixes}),
	),
	...((document['notUndone'] ?? []) as readonly ErrorPart[]).flatMap((error) => errorOf({error})),
];

/** Runs the program on a simulated machine, and returns its report. */
export const problemsOf = async (machine: Simulated, asked: string): Promise<readonly Problem[]> =>
	problemsIn(await attempt(machine, ...asked.split(' ').filter((word) => word !== '')));

/** Only shows something: nothing changes. */
export const onlyShows = (line: string): boolean =>
	/   (?:shows|lists|tells) (?!the plan|the change|what becomes)/u.test(line) ||
	/^(?:cat|date|launchctl print|systemctl --user status|vira-setup (?:logs|status|export|--help|--dry-run))(?: |$)/u.test(
		line,
	);

/** The commands of a printed line, in the order in which they are to be typed; none in a sentence without one. */
export const stepsIn = (line: string): readonly string[] => {
	const [command = '', explanation = ''] = line.split(/ {3}(.*)/su);
	const [whole = '', rest] = commandStart.exec(command) ?? [];
	if (rest === undefined) return [];
	const found = whole.startsWith('(') ? rest.slice(0, rest.lastIndexOf(')')) : rest;
	const after = /then:? (vira-setup(?: \w+)?)\.?$/u.exec(explanation)?.[1];
	return [...found.split(/[,;] then:? /u), ...(after === undefined ? [] : [after])];
};
