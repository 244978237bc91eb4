import {exitCode, SetupError} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {isNewerFormat} from '../settings/settings-file.ts';
import {filesOf} from './load.ts';
import type {Left} from './situation.ts';

/** Our own files that a newer version of this program has written: what they mean is not known here. */
export const newerFiles = (facts: Facts, {files}: Left): readonly string[] => {
	const paths = filesOf(facts);
	return [paths.settings, paths.receipt].filter((path) => isNewerFormat(files.get(path)?.content ?? ''));
};

export const writtenByNewer = (path: string): string => `${path} was written by a newer vira-setup.`;

/** Throws where setting up would replace what a newer version has written. */
export const demandKnownFormat = (facts: Facts, existing: Left): void => {
	const newer = newerFiles(facts, existing);
	if (newer.length === 0) return;
	throw new SetupError({
		what: newer.map((path) => writtenByNewer(path)).join('\n'),
		why: 'Something in it may be unknown here, and would be lost. Nothing was changed.',
		next: [
			'Use the newer vira-setup.',
			`To start afresh with this one, move it away: ${newer.map((path) => `mv ${path} ${path}.away`).join(' && ')}`,
		],
		code: exitCode.unsuitable,
	});
};
