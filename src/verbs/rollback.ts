import {exitCode, SetupError, type ExitCode} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {foundOn} from '../platform/find-installed.ts';
import {defaultSettings, withGiven} from '../settings/options.ts';
import {detect} from '../steps/detect.ts';
import {begunIn, notSetUp} from '../steps/installation.ts';
import {keptSettings, type KeptSettings} from '../steps/kept-settings.ts';
import {loadFiles, withSettings} from '../steps/load.ts';
import {managerOf} from '../steps/managers.ts';
import {demandKnownFormat} from '../steps/newer-format.ts';
import type {Existing, Left} from '../steps/situation.ts';
import {refuseAdvice} from '../ui/refuse-advice.ts';
import {momentText} from '../ui/verbs/span-text.ts';
import type {Ui} from '../ui/ui.ts';
import {untilAborted} from '../ui/until-aborted.ts';
import {aloneUnlessAsking} from './alone.ts';
import {askAndDo} from './ask-and-do.ts';
import type {Run} from './run.ts';

const nothingKept = 'vira-setup keeps what it replaces, and it has not replaced any settings here yet.';

/** Which settings can be gone back to, one a line. */
const listed = (versions: readonly KeptSettings[]): string =>
	versions
		.map(({until}, index) => `  --to ${index + 1}   the settings until ${momentText(Date.parse(until))}`)
		.join('\n');

const choose = (versions: readonly KeptSettings[], back: number): KeptSettings => {
	const chosen = versions[back - 1];
	if (chosen) return chosen;
	throw new SetupError({
		what:
			versions.length === 0
				? 'There is nothing to go back to.'
				: `There is no version ${back} to go back to.`,
		why: versions.length === 0 ? nothingKept : `These are kept:\n${listed(versions)}`,
		code: exitCode.unsuitable,
	});
};

/**
 * As if the settings of now were what can be used of them. Those that were lost, or that a mistake has spoilt, are no
 * reason not to go back; the chosen ones stand for them then, as the nearest that is known.
 */
const seenFrom = (
	existing: Existing | undefined,
	left: Left,
	{saved: {given, unknown}}: KeptSettings,
): Existing => ({...left, saved: {given: existing?.saved?.given ?? given, unknown}});

/** Where a run was killed, nobody can say which settings are those before these. */
const demandFinished = ({receipt}: Left): void => {
	if (receipt?.state !== 'pending') return;
	throw new SetupError({
		what: receipt.removing
			? 'An uninstall was ended before it was done.'
			: 'A run of vira-setup was ended before it was done.',
		next: receipt.removing
			? ['vira-setup   sets Vira up again, vira-setup uninstall   removes the rest.']
			: ['vira-setup   finishes it; then vira-setup rollback.'],
		code: exitCode.unsuitable,
	});
};

/** undefined: the settings are gone or cannot be used, and others are kept. */
const readable = (left: Left, facts: Facts, versions: readonly KeptSettings[]): Existing | undefined => {
	try {
		return withSettings(left, facts);
	} catch (error) {
		if (versions.length === 0) throw error;
		return undefined;
	}
};

const lookAndGoBack = async (run: Run, opening: Promise<Ui>): Promise<ExitCode> => {
	const {request, system, signal} = run;
	const [facts, ui] = await untilAborted(Promise.all([detect(system), opening]), signal);
	const {refusals} = managerOf(facts);
	if (refusals.length > 0) return refuseAdvice(refusals);
	const left = await untilAborted(loadFiles(system, facts), signal);
	demandKnownFormat(facts, left);
	const versions = keptSettings(left, facts);
	const existing = readable(left, facts, versions);
	if (existing && !existing.saved) throw new SetupError(notSetUp(facts, {begun: begunIn(left)}));
	demandFinished(left);
	const chosen = choose(versions, request.back);
	const answers = withGiven(defaultSettings(foundOn(facts)), chosen.saved.given);
	const seen = {facts, existing: seenFrom(existing, left, chosen)};
	return askAndDo(run, seen, {ui, begun: {begin: 'preview', answers}});
};

/** Sets Vira up with settings that it had before; what is replaced by that is kept in turn. */
export const rollback = (run: Run, opening: Promise<Ui>): Promise<ExitCode> =>
	aloneUnlessAsking(run, (alone) => lookAndGoBack(alone, opening));
