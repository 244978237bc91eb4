import {SetupError} from '../errors.ts';
import {answerOf} from '../platform/answer-of.ts';
import type {System} from '../platform/system.ts';
import {exportBytes, findExport} from '../platform/vira-export.ts';
import type {SaveExport} from './action.ts';
import {wordsOf} from './words-of.ts';
import {commandText} from '../platform/command-text.ts';

/** Vira opens its whole database for it, which can be large. */
const limitMs = 100_000;

/**
 * Writes the repositories as `vira import` takes them. Throws a SetupError where Vira does not give them, unless they
 * are not needed: there is no file then, rather than one that would be worth nothing.
 */
export const saveExport = async (
	{command, path, mode, mayFail, onFailure}: SaveExport,
	system: System,
): Promise<void> => {
	const result = await system.run(command, {timeoutMs: limitMs, mostBytes: exportBytes});
	const answer = answerOf(result);
	const exported = answer === undefined ? undefined : findExport(answer);
	// Bytes that were no UTF-8 are lost by now, and a backup with others in their place would be none.
	const isWhole = exported?.json.includes('\uFFFD') === false;
	if (exported && isWhole) return system.writeFile(path, `${exported.json}\n`, mode);
	if (mayFail) return undefined;
	const empty = exported ? 'What it printed is not UTF-8.' : 'There are no repositories in what it printed.';
	const why = answer !== undefined ? empty : wordsOf(result);
	throw new SetupError({...onFailure, why: `${commandText(command)}: ${why}`});
};
