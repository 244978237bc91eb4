import type {Progress} from '../../platform/actions/progress.ts';
import type {Finding} from '../../platform/actions/finding.ts';
import {describeAction} from './describe.ts';
import {printable} from '../printable.ts';

/** The conclusion says it again. */
export const isSaidAgain = ({code}: Finding): boolean =>
	code === 'starts-at-boot' || code === 'survives-logout';

/**
 * One step of the progress. An action contains only paths and URLs of the settings; a finding may quote any of them.
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
			return `✖ Could not undo: ${describeAction(progress.action, home)}`;
		case 'checked':
			return `${progress.finding.level === 'ok' ? '✔' : '!'} ${printable(mask(progress.finding.message))}`;
		default:
			return undefined;
	}
};

/** How often the output of a long command is shown. */
const linesEveryMs = 10_000;

/** Shows only a part of the output of a long command. */
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
