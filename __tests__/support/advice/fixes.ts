import type {Fix} from '../../../src/notice.ts';
import type {NoticeDocument} from '../notices.ts';
import {fixOf} from '../printed-fix.ts';
import {attempt, type Attempt} from '../run-command.ts';
import type {Document} from '../valid-document.ts';
import {commandStart} from './printed-commands.ts';
import type {Simulated} from './simulated-shell.ts';

/** The problem, by a name, and each line that is printed for it. */
export interface Problem {
	readonly name: string;
	readonly fixes: readonly string[];
}

/** A fix of a document as a line: the command, and what it does. */
const lineOf = ({say, command}: Fix): string => (command === undefined ? say : `${command}   ${say}`);

/** A printed line in the form that it has here: a document takes the command out of a sentence. */
export const asInDocument = (line: string): string => lineOf(fixOf(line));

const listIn = (document: Document, field: string): readonly NoticeDocument[] =>
	(document[field] ?? []) as readonly NoticeDocument[];

const linesOf = ({fixes}: Pick<NoticeDocument, 'fixes'>): readonly string[] => fixes.map(lineOf);

interface Leftover extends Pick<NoticeDocument, 'fixes'> {
	readonly path: string | null;
	readonly what: string;
}

/** What an uninstall does not remove, by its path. */
const leftoversIn = (document: Document): readonly Problem[] =>
	((document['leftovers'] ?? []) as readonly Leftover[]).map(({path, what, fixes}) => ({
		name: `left ${path ?? what}`,
		fixes: [...linesOf({fixes}), what],
	}));

const errorOf = (error: NoticeDocument | undefined): readonly Problem[] => {
	if (!error) return [];
	const {message, detail} = error;
	const lines = `${message}\n${detail ?? ''}`.split('\n');
	return [
		{
			name: lines[0] ?? '',
			fixes: [...lines.filter((line) => commandStart.test(line)), ...linesOf(error)],
		},
	];
};

/** All problems in a document, and the fixes that it prints for them. */
export const problemsIn = ({document}: Pick<Attempt, 'document'>): readonly Problem[] => [
	...errorOf(document['error'] as NoticeDocument | undefined),
	...['checks', 'warnings', 'drift'].flatMap((field) =>
		listIn(document, field)
			.filter(({level}) => level !== 'ok')
			.map((one) => ({name: one.code, fixes: linesOf(one)})),
	),
	...leftoversIn(document),
	...listIn(document, 'notes').map((one) => ({name: one.message, fixes: linesOf(one)})),
	...listIn(document, 'notUndone').flatMap(errorOf),
];

/** Runs the program on a simulated machine, and returns its report. */
export const problemsOf = async (machine: Simulated, asked: string): Promise<readonly Problem[]> =>
	problemsIn(await attempt(machine, ...asked.split(' ').filter((word) => word !== '')));

/** Only shows something: nothing changes. */
export const onlyShows = (line: string): boolean =>
	/   (?:shows|lists|tells) (?!the plan|the change|what becomes)/iu.test(line) ||
	/^(?:cat|date|launchctl print|systemctl --user status|vira-setup (?:logs|status|export|--help|--dry-run))(?: |$)/u.test(
		line,
	);

/** The commands of a printed line, in the order in which they are to be typed; none in a sentence without one. */
export const stepsIn = (line: string): readonly string[] => {
	const [command = ''] = line.split(/ {3}/u);
	const [whole = '', rest] = commandStart.exec(command) ?? [];
	if (rest === undefined) return [];
	const found = whole.startsWith('(') ? rest.slice(0, rest.lastIndexOf(')')) : rest;
	return found.split(' && ');
};
