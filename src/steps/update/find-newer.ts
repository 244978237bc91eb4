import {Cancelled, exitCode, SetupError} from '../../errors.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import type {LinkFolder} from '../../platform/installed/situation.ts';
import {look} from '../../platform/paths.ts';
import {inStore} from '../../platform/vira/programs.ts';
import {answerOf, whyFailed} from '../../platform/run-result.ts';
import type {System} from '../../platform/system.ts';
import {evaluateCommand, installablesIn, linkFolderOf, outPathsIn} from '../../platform/vira/nix.ts';
import type {Settings} from '../../settings/options.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {outOf} from '../plan/plan-replacements.ts';

const storePathOf = (path: string): string => path.split('/').slice(0, 4).join('/');

/** A large flake is downloaded and evaluated. */
const evaluationLimitMs = 10 * 60_000;

/** What is asked, and the builds that exist. */
export interface Lookup {
	readonly system: System;
	readonly facts: Facts;
	readonly settings: Settings;
	readonly built: readonly LinkFolder[];
	readonly signal: AbortSignal;
}

/** An installable whose newest state is another build than the current one. Paths are in the store. */
export interface Newer {
	readonly installable: string;
	/** undefined: there is no current build. */
	readonly from: string | undefined;
	/** undefined: Nix knows it only after the build. */
	readonly to: string | undefined;
}

/** Asks Nix what the newest state of an installable would be built into. Throws if it cannot say. */
const evaluate = async (installable: string, {system, facts, signal}: Lookup): Promise<readonly string[]> => {
	const command = evaluateCommand(installable, facts);
	const result = await system.run(command, {timeoutMs: evaluationLimitMs, signal});
	if (signal.aborted) throw new Cancelled();
	const answer = answerOf(result);
	if (answer !== undefined) return outPathsIn(answer);
	throw new SetupError({
		message: `Nix could not look for a newer ${maskLooks(installable)}.`,
		detail: `${commandText(command.map(maskLooks) as [string, ...string[]])}: ${maskLooks(whyFailed(result))}`,
		fixes: [{say: 'Fix the error, or try again later.'}],
		exit: exitCode.refused,
	});
};

/** A program that the person installed, and the process that runs it. */
export interface ProgramInPlace {
	/** Of the service, absolute. */
	readonly program: string;
	/** What the process was started with, if it is another one: absolute, and can still be run. */
	readonly running?: string;
}

/**
 * Whether the program was replaced since the service started: `/proc/PID/exe` leads to what runs, even if that is deleted
 * (proc(5)). Where there is no /proc, and for a script, that cannot be told.
 */
export const findReplaced = async (
	system: System,
	{service}: Facts,
	program: string,
): Promise<ProgramInPlace> => {
	if (service.mainPid === undefined) return {program};
	const exe = `/proc/${service.mainPid}/exe`;
	const [there, runs] = await Promise.all([look(system, program), look(system, exe)]);
	const [now, then] = [there?.realPath, runs?.linksTo];
	if (now === undefined || then === undefined) return {program};
	const isSame = inStore(now) && inStore(then) ? storePathOf(now) === storePathOf(then) : now === then;
	const isKnown = (inStore(now) && inStore(then)) || then === `${now} (deleted)`;
	return isSame || !isKnown ? {program} : {program, running: exe};
};

const lookFor = async (installable: string, lookup: Lookup): Promise<readonly Newer[]> => {
	const newest = await evaluate(installable, lookup);
	const current = lookup.built.find(({path}) => path === linkFolderOf(installable, lookup.facts));
	const from = current && outOf(current);
	const isNewest = from !== undefined && current?.links.every(({storePath}) => newest.includes(storePath));
	return isNewest ? [] : [{installable, from, to: newest[0]}];
};

/** The builds of the settings of which there are newer ones, Vira first. Builds nothing. */
export const findNewer = async (lookup: Lookup): Promise<readonly Newer[]> =>
	(await Promise.all(installablesIn(lookup.settings).map((one) => lookFor(one, lookup)))).flat();
