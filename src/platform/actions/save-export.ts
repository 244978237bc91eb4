import {SetupError} from '../../errors.ts';
import {answerOf} from '../run-result.ts';
import type {System} from '../system.ts';
import {exportBytes, findExport} from '../vira/vira-export.ts';
import type {SaveExport} from './action.ts';
import {wordsOf} from './words-of.ts';
import {commandText} from '../command-text.ts';

/** Vira opens its whole database for an export, and that can be large. */
const limitMs = 100_000;

/**
 * Writes the repositories in the format of `vira import`. If Vira does not export them, throws a SetupError or, if they
 * are optional, writes no file, as a useless one would be worse.
 */
export const saveExport = async (
	{command, path, mode, mayFail, onFailure}: SaveExport,
	system: System,
): Promise<void> => {
	const result = await system.run(command, {timeoutMs: limitMs, mostBytes: exportBytes});
	const answer = answerOf(result);
	const exported = answer === undefined ? undefined : findExport(answer);
	// Invalid UTF-8 has been replaced by now: such a backup would be damaged.
	const isWhole = exported?.json.includes('\uFFFD') === false;
	if (exported && isWhole) return system.writeFile(path, `${exported.json}\n`, mode);
	if (mayFail) return undefined;
	const empty = exported ? 'Its output is not UTF-8.' : 'Its output contains no repositories.';
	const why = answer !== undefined ? empty : wordsOf(result);
	throw new SetupError({...onFailure, why: `${commandText(command)}: ${why}`});
};
