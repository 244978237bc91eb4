import {exitCode, SetupError, type ExitCode} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {foundOn} from '../platform/find-installed.ts';
import {refusedTogether} from '../refused-together.ts';
import type {Problem} from '../settings/rules.ts';
import {defaultSettings, withGiven} from '../settings/options.ts';
import {detect} from '../steps/detect.ts';
import {nothingIn, notSetUp} from '../steps/installation.ts';
import {isUsable, keptSettings, type KeptSettings, type UsableSettings} from '../steps/kept-settings.ts';
import {filesOf, loadFiles, withSettings} from '../steps/load.ts';
import {managerOf} from '../steps/managers.ts';
import {demandKnownFormat} from '../steps/newer-format.ts';
import type {Proposal, Proposed} from '../steps/propose.ts';
import {hashOf} from '../steps/receipt.ts';
import type {Existing, Left} from '../steps/situation.ts';
import {refuseAdvice} from '../ui/refuse-advice.ts';
import {momentText} from '../ui/verbs/span-text.ts';
import type {Ui} from '../ui/ui.ts';
import {untilAborted} from '../ui/until-aborted.ts';
import {aloneUnlessAsking} from './alone.ts';
import {askAndDo} from './ask-and-do.ts';
import type {Run} from './run.ts';

const nothingKept = 'vira-setup keeps what it replaces, and it has not replaced any settings here yet.';

const nameOf = ({until}: KeptSettings): string =>
	until === undefined
		? 'settings of some time before'
		: `the settings until ${momentText(Date.parse(until))}`;

/** Which settings can be gone back to, one a line; none but these. */
const listed = (versions: readonly KeptSettings[]): readonly string[] =>
	versions.flatMap((kept, index) => (isUsable(kept) ? [`--to ${index + 1}   ${nameOf(kept)}`] : []));

const othersThan = (versions: readonly KeptSettings[], chosen: KeptSettings): readonly string[] =>
	listed(versions.map((kept) => (kept === chosen ? {...kept, saved: undefined} : kept))).map(
		(line) => `vira-setup rollback ${line}`,
	);

const choose = (versions: readonly KeptSettings[], back: number): UsableSettings => {
	const chosen = versions[back - 1];
	if (!chosen)
		throw new SetupError({
			what:
				versions.length === 0
					? 'There is nothing to go back to.'
					: `There is no version ${back} to go back to.`,
			why: versions.length === 0 ? nothingKept : `These are kept:\n  ${listed(versions).join('\n  ')}`,
			code: exitCode.unsuitable,
		});
	if (isUsable(chosen)) return chosen;
	const [why = '', ...next] = chosen.trouble;
	throw new SetupError({
		what: `It is not possible to go back to ${nameOf(chosen)}. Nothing was changed.`,
		why,
		next: [...next, ...othersThan(versions, chosen)],
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
	{saved: {given, unknown}}: UsableSettings,
): Existing => ({...left, saved: {given: existing?.saved?.given ?? given, unknown}});

/** Where a run was killed, nobody can say which settings are those before these. */
const demandFinished = ({receipt, files}: Left, facts: Facts): void => {
	if (receipt?.state !== 'pending') return;
	if (receipt.removing)
		throw new SetupError({
			what: 'An uninstall was ended before it was done.',
			next: ['vira-setup   sets Vira up again, vira-setup uninstall   removes the rest.'],
			code: exitCode.unsuitable,
		});
	const {settings} = filesOf(facts);
	const isSaved = receipt.files[settings] === hashOf(files.get(settings)?.content ?? '');
	throw new SetupError({
		what: 'A run of vira-setup was ended before it was done.',
		why: isSaved
			? 'Its settings are saved already; Vira may not run with them yet.'
			: 'Its settings were not saved yet: those before it still hold.',
		next: isSaved
			? [
					'vira-setup   brings it to its end.',
					'vira-setup rollback   after that goes back to those before it.',
				]
			: ['vira-setup   puts everything as it was.', 'vira-setup rollback   after that goes further back.'],
		code: exitCode.unsuitable,
	});
};

/** undefined: the settings are gone or cannot be used, and others are kept. */
const readable = (left: Left, facts: Facts, versions: readonly KeptSettings[]): Existing | undefined => {
	try {
		return withSettings(left, facts);
	} catch (error) {
		if (!versions.some(isUsable)) throw error;
		return undefined;
	}
};

/** The person has named no option, and so is told of none. */
const unusableNow = (
	problems: readonly Problem[],
	chosen: UsableSettings,
	versions: readonly KeptSettings[],
): SetupError => {
	const {complaint} = refusedTogether(problems);
	return new SetupError({
		...complaint,
		what: `It is not possible to go back to ${nameOf(chosen)}. Nothing was changed.`,
		why: problems.map(({item, message}) => (item === undefined ? message : `${item}: ${message}`)).join('\n'),
		next: othersThan(versions, chosen),
		code: exitCode.unsuitable,
	});
};

const withNote = (proposal: Proposal, chosen: UsableSettings): Proposed => {
	const note = {code: 'goes-back', message: `It goes back to ${nameOf(chosen)}.`} as const;
	const {preview} = proposal;
	return {good: true, proposal: {...proposal, preview: {...preview, warnings: [note, ...preview.warnings]}}};
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
	if (existing && !existing.saved) throw new SetupError(notSetUp(facts, nothingIn(left, facts)));
	demandFinished(left, facts);
	const chosen = choose(versions, request.back);
	const answers = withGiven(defaultSettings(foundOn(facts)), chosen.saved.given);
	const seen = {facts, existing: seenFrom(existing, left, chosen)};
	const through = (proposed: Proposed): Proposed => {
		if (proposed.good) return withNote(proposed.proposal, chosen);
		if (request.interactive) return proposed;
		throw unusableNow(proposed.problems, chosen, versions);
	};
	return askAndDo(run, seen, {ui, begun: {begin: 'preview', answers, through}});
};

/** Sets Vira up with settings that it had before; what is replaced by that is kept in turn. */
export const rollback = (run: Run, opening: Promise<Ui>): Promise<ExitCode> =>
	aloneUnlessAsking(run, (alone) => lookAndGoBack(alone, opening));
