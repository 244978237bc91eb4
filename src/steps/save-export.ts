import {SetupError} from '../errors.ts';
import {answerOf} from '../platform/answer-of.ts';
import type {System} from '../platform/system.ts';
import {findExport} from '../platform/vira-export.ts';
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
	const result = await system.run(command, {timeoutMs: limitMs});
	const answer = answerOf(result);
	const exported = answer === undefined ? undefined : findExport(answer);
	if (exported) return system.writeFile(path, `${exported.json}\n`, mode);
	if (mayFail) return undefined;
	const why = answer !== undefined ? 'There are no repositories in what it printed.' : wordsOf(result);
	throw new SetupError({...onFailure, why: `${commandText(command)}: ${why}`});
};
