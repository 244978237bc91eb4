import {filmSvg, type Shot} from './film.ts';
import {inThemes, openSitting, unchecked, type Picture, type Sitting} from './pictures.ts';
import {stillOf, type Run, type Still} from './still.ts';

const spinner = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';

/** The timetable of the recording, in milliseconds. It does not depend on how long anything took. */
const times = {beginning: 1000, aKey: 600, aTurn: 100, aStep: 200, aWait: 1400, ending: 3000} as const;

const isWritten = (runs: readonly Run[]): boolean => runs.some(({text}) => text.trim() !== '');

/** How long a person needs for a screen: the more lines, the longer. */
const readingMs = ({rows}: Still): number => 800 + 110 * rows.filter(isWritten).length;

const turns = ({text}: Run): boolean => spinner.includes(text.charAt(0));

const deadline = /\d+(?= of \d+ s *$)/u;

/** Seconds never pass twice alike: what a step took is left out, and the time of a wait begins at 0. */
const withoutTime = (run: Run): Run => {
	const text = deadline.test(run.text)
		? run.text.replaceAll('█', '░').replace(deadline, '0')
		: run.text.replace(/(?:^| {2})\d+(?:\.\d)? s *$/u, '').trimEnd();
	return {...run, text, cells: run.cells - (run.text.length - text.length)};
};

const mapRuns = ({rows, cursor}: Still, change: (run: Run) => Run): Still => ({
	rows: rows.map((runs) => runs.map(change).filter(({text}) => text !== '')),
	cursor,
});

/** What is being done: the lines with a spinner. */
const taskOf = ({rows}: Still): string =>
	rows
		.filter((runs) => runs.some(turns))
		.map((runs) => runs.map((run) => (turns(run) ? run.text.slice(1) : run.text)).join(''))
		.join('\n');

/** The last frame of each task; between two tasks there is nothing to see. */
const tasksIn = (frames: readonly Still[]): readonly Still[] => {
	const working = frames
		.map((frame) => mapRuns(frame, withoutTime))
		.filter(({rows}) => rows.flat().some(turns));
	return working.filter((frame, index) => {
		const next = working[index + 1];
		return !next || taskOf(next) !== taskOf(frame);
	});
};

/** The task at one moment: how often the spinner has turned, and for how long this task has been running. */
const moment = (task: Still, turn: number, ms: number): Still =>
	mapRuns(task, (run) => {
		const sign = spinner.charAt(turn % spinner.length);
		const text = turns(run) ? sign + run.text.slice(1) : run.text;
		return {...run, text: text.replace(deadline, String(Math.round(ms / 1000)))};
	});

/** The tasks one after the other, each as long as it takes to see it. */
export const workShots = (frames: readonly Still[]): readonly Shot[] => {
	const moments = tasksIn(frames).flatMap((task) => {
		const waits = task.rows.flat().some(({text}) => deadline.test(text));
		const count = (waits ? times.aWait : times.aStep) / times.aTurn;
		return Array.from({length: count}, (_, index) => ({task, ms: index * times.aTurn}));
	});
	return moments.map(({task, ms}, turn) => ({still: moment(task, turn, ms), ms: times.aTurn}));
};

/** How the picture shows the keys. */
const signs: Readonly<Record<string, string>> = {'\r': '⏎ Enter'};

/**
 * An animated picture of a whole run. It is the same each time: what is on the screen until the next key is one still,
 * and the work has a still for each task.
 */
export const recordingOf = async (
	program: string,
	sitting: Sitting,
	name: string,
): Promise<readonly Picture[]> => {
	const {screen, ended} = openSitting(program, sitting);
	const {size, screens} = sitting;
	const still = (): Still => stillOf(screen.cells, size.rows, screen.cursor);
	let frames: Still[] = [];
	screen.watch(() => frames.push(still()));
	const shots: Shot[] = [];
	for (const {shows, then} of screens) {
		await screen.settles(shows, unchecked);
		const beginning = shots.length === 0 ? frames.slice(0, 1) : [];
		shots.push(...beginning.map((frame) => ({still: frame, ms: times.beginning})), ...workShots(frames));
		frames = [];
		const shown = still();
		if (then === undefined) {
			// No one types on the final screen.
			shots.push({still: {rows: shown.rows}, ms: readingMs(shown) + times.ending});
			continue;
		}
		shots.push({still: shown, ms: readingMs(shown)});
		shots.push({still: shown, ms: times.aKey, key: signs[then] ?? then});
		screen.press(then);
	}
	await ended;
	return inThemes(name, (theme) => filmSvg(shots, size, theme));
};
