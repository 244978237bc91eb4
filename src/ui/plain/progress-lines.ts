import type {Progress} from '../../platform/actions/progress.ts';
import {checkTexts, describeAction} from '../words/describe.ts';
import {isSaidAgain, progressLine, thinned} from '../words/progress-line.ts';

interface Place {
	readonly home: string;
	readonly mask: (text: string) => string;
}

/** A line for a wait that has just begun. */
const waitLine = (progress: Progress, {home}: Place): string | undefined => {
	if (progress.at === 'working')
		return `  ${describeAction(progress.action, home)}: this can take a few minutes.`;
	if (progress.at !== 'checking') return undefined;
	return `  ${checkTexts[progress.what]}: up to ${Math.round(progress.withinMs / 1000)} s.`;
};

const complaintLines = (progress: Progress, {mask}: Place): readonly string[] =>
	progress.at === 'failed' || progress.at === 'not-undone' ? [`    ${mask(progress.complaint.what)}`] : [];

/** Progress as lines that never change: each wait and its result are shown once. */
export const progressTeller = (place: Place): ((progress: Progress) => readonly string[]) => {
	const workLine = thinned();
	let told = '';
	return (progress) => {
		if (progress.at === 'checked' && isSaidAgain(progress.finding)) return [];
		const wait = waitLine(progress, place);
		if (wait !== undefined && wait !== told) {
			told = wait;
			return [wait];
		}
		const work = workLine(progress);
		const line = work === undefined ? progressLine(progress, place) : place.mask(work);
		return [...(line === undefined ? [] : [line]), ...complaintLines(progress, place)];
	};
};
