import {exitCode, SetupError} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import {isOfNewerVersion} from '../../platform/paths.ts';
import type {System} from '../../platform/system.ts';
import {isNewerFormat} from '../../settings/settings-file.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import type {Existing, Left} from '../../platform/installed/situation.ts';
import {load} from './load.ts';

/** Our own files that a newer version of vira-setup has written. */
export const newerFiles = (facts: Facts, {files}: Left): readonly string[] => {
	const paths = filesOf(facts);
	return [paths.settings, paths.receipt].filter((path) => isNewerFormat(files.get(path)?.content ?? ''));
};

/** Throws if a setup would replace what a newer version has written. */
export const demandKnownFormat = (facts: Facts, existing: Left): void => {
	const newer = newerFiles(facts, existing);
	if (newer.length === 0) return;
	throw new SetupError({
		message: newer.map(isOfNewerVersion).join('\n'),
		detail: 'It may contain something that this version does not know and would lose. Nothing was changed.',
		fixes: [
			{say: 'Use the newer version.'},
			{
				say: `To start over with this version, move it aside: ${newer.map((path) => `mv ${path} ${path}.away`).join(' && ')}`,
			},
		],
		exit: exitCode.unsuitable,
	});
};

/** As `load`; throws if a newer version wrote our files. */
export const loadKnown = async (system: System, facts: Facts): Promise<Existing> => {
	const existing = await load(system, facts);
	demandKnownFormat(facts, existing);
	return existing;
};
