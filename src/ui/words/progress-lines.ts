import type {PlanStep} from '../../steps/plan/plan-steps.ts';
import type {OfAction, Progress} from '../../platform/actions/action.ts';
import type {Finding} from '../../platform/actions/action-kind.ts';
import {printable} from '../text.ts';
import {checkTexts, describeAction} from './describe.ts';

/** The conclusion says it again. */
export const isSaidAgain = ({code}: Finding): boolean =>
	code === 'starts-at-boot' || code === 'survives-logout';

/** Who reads the progress, and how. */
export interface ProgressReader {
	/** Takes one line. */
	readonly report: (line: string) => void;
	/** The home folder, which is shown as `~`. */
	readonly home: string;
	/** Hides secrets: an action contains only paths and URLs of the settings; everything else may quote any of them. */
	readonly mask: (text: string) => string;
	/** The steps of the plan; absent: each action is a line. */
	readonly steps?: readonly PlanStep[];
	/** Whether a person waits, who reads when each wait begins and why a step failed, and then the conclusion. */
	readonly waits?: boolean;
}

/** A finished action, or the step that ends with it; undefined: its step continues. */
const finishedLine = ({index, action}: OfAction, {home, steps}: ProgressReader): string | undefined => {
	if (!steps) return `✔ ${describeAction(action, home)}`;
	const ended = steps.find(({to}) => to === index + 1);
	return ended && `✔ ${ended.title}`;
};

/** What has happened, if it is worth a line. */
const eventLine = (progress: Progress, reader: ProgressReader): string | undefined => {
	const {home, mask} = reader;
	switch (progress.at) {
		case 'finished':
			return finishedLine(progress, reader);
		case 'failed':
			return `✖ ${describeAction(progress.action, home)}`;
		case 'undone':
			return `✔ Undo: ${describeAction(progress.action, home)}`;
		case 'not-undone':
			return `✖ Could not undo: ${describeAction(progress.action, home)}`;
		case 'checked':
			return `${progress.finding.level === 'ok' ? '✔' : '!'} ${printable(mask(progress.finding.message))}`;
		default:
			return undefined;
	}
};

/** A wait that begins. */
const waitLine = (progress: Progress, {home}: ProgressReader): string | undefined => {
	if (progress.at === 'working')
		return `  ${describeAction(progress.action, home)}: this can take a few minutes.`;
	if (progress.at !== 'checking') return undefined;
	return `  ${checkTexts[progress.what]}: up to ${Math.round(progress.withinMs / 1000)} s.`;
};

const reasonLines = (progress: Progress, {mask}: ProgressReader): readonly string[] =>
	progress.at === 'failed' || progress.at === 'not-undone' ? [`    ${mask(progress.failure.message)}`] : [];

/** How often the output of a long command is shown. */
const linesEveryMs = 10_000;

/** Shows only a part of the output of a long command. */
const thinned = ({mask}: ProgressReader): ((progress: Progress) => string | undefined) => {
	let told = '';
	return (progress) => {
		if (progress.at !== 'working') return undefined;
		const turn = Math.floor(progress.elapsedMs / linesEveryMs);
		const now = `${progress.index} ${turn}`;
		if (turn === 0 || now === told) return undefined;
		told = now;
		return mask(`  ${Math.round(progress.elapsedMs / 1000)} s: ${printable(progress.line)}`);
	};
};

/** Progress as lines that never change: each wait and its result are shown once. */
const progressLines = (reader: ProgressReader): ((progress: Progress) => readonly string[]) => {
	const {waits = false} = reader;
	const workLine = thinned(reader);
	let told = '';
	return (progress) => {
		if (waits && progress.at === 'checked' && isSaidAgain(progress.finding)) return [];
		const wait = waits ? waitLine(progress, reader) : undefined;
		if (wait !== undefined && wait !== told) {
			told = wait;
			return [wait];
		}
		const line = workLine(progress) ?? eventLine(progress, reader);
		return [...(line === undefined ? [] : [line]), ...(waits ? reasonLines(progress, reader) : [])];
	};
};

/** Reports progress line by line and returns the result of the stream. */
export const followInLines = async <T>(
	stream: AsyncGenerator<Progress, T>,
	reader: ProgressReader,
): Promise<T> => {
	const linesOf = progressLines(reader);
	for (;;) {
		const next = await stream.next();
		if (next.done) return next.value;
		for (const line of linesOf(next.value)) reader.report(line);
	}
};
