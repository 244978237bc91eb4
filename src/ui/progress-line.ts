import type {Finding, Progress} from '../steps/progress.ts';
import {describeAction} from './describe.ts';
import {printable} from './printable.ts';

/** The final words say it again. */
export const isSaidAgain = ({code}: Finding): boolean =>
	code === 'starts-at-boot' || code === 'survives-logout';

/**
 * What has just been done or seen. Of the settings, an action has nothing but paths and URLs; what was seen may quote
 * any of them.
 */
export const progressLine = (
	progress: Progress,
	{home, mask}: {readonly home: string; readonly mask: (text: string) => string},
): string | undefined => {
	switch (progress.at) {
		case 'finished':
			return `✔ ${describeAction(progress.action, home)}`;
		case 'failed':
			return `✖ ${describeAction(progress.action, home)}`;
		case 'undone':
			return `Undone: ${describeAction(progress.action, home)}`;
		case 'not-undone':
			return `✖ Not undone: ${describeAction(progress.action, home)}`;
		case 'checked':
			return `${progress.finding.good ? '✔' : '!'} ${printable(mask(progress.finding.message))}`;
		default:
			return undefined;
	}
};

/** How often a long command has a line. */
const linesEveryMs = 10_000;

/** Thins out what a long command says. */
export const thinned = (): ((progress: Progress) => string | undefined) => {
	let told = '';
	return (progress) => {
		if (progress.at !== 'working') return undefined;
		const turn = Math.floor(progress.elapsedMs / linesEveryMs);
		const now = `${progress.index} ${turn}`;
		if (turn === 0 || now === told) return undefined;
		told = now;
		return `  ${Math.round(progress.elapsedMs / 1000)} s: ${printable(progress.line)}`;
	};
};
