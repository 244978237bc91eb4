import {nothingChanged, exitCode, SetupError, type ExitCode, untilAborted} from '../errors.ts';
import type {Fix} from '../notice.ts';
import type {Facts} from '../platform/facts.ts';
import {foundOn} from '../platform/vira/programs.ts';
import {refusedTogether, refuseAdvice} from '../ui/error-report.ts';
import type {Problem} from '../settings/problem.ts';
import {defaultSettings, withGiven} from '../settings/options.ts';
import {detect} from '../steps/detect.ts';
import {interrupted, nothingIn, notSetUp} from '../steps/health/installation.ts';
import {isUsable, keptSettings, type KeptSettings, type UsableSettings} from '../steps/plan/kept-settings.ts';
import {loadFiles, withSettings} from '../steps/load/load.ts';
import {demandKnownFormat} from '../steps/load/read-files.ts';
import {filesOf} from '../platform/installed/our-files.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Proposal, Proposed} from '../steps/plan/propose.ts';
import {hashOf} from '../platform/installed/receipt.ts';
import {finishRun, setUpAgain} from '../platform/service-manager/service-words.ts';
import type {Existing, ExistingFiles} from '../platform/installed/situation.ts';
import {momentText} from '../ui/words/describe.ts';
import type {Ui} from '../ui/ui.ts';
import type {CommandRun} from '../command-line/request.ts';
import {change} from './setup.ts';

const nothingKept = 'vira-setup has not replaced any settings here yet.';

const nameOf = ({until}: KeptSettings): string =>
	until === undefined ? 'older settings' : `the settings used until ${momentText(Date.parse(until))}`;

const cannotRestore = (kept: KeptSettings): string => `Cannot restore ${nameOf(kept)}. ${nothingChanged}`;

/** The settings that can be restored, one a line. */
const versionLines = (versions: readonly KeptSettings[]): readonly string[] =>
	versions.flatMap((kept, index) => (isUsable(kept) ? [`--to ${index + 1}   ${nameOf(kept)}`] : []));

const othersThan = (versions: readonly KeptSettings[], chosen: KeptSettings): readonly Fix[] =>
	versions.flatMap((kept, index) =>
		isUsable(kept) && kept !== chosen
			? [{say: `restores ${nameOf(kept)}`, command: `vira-setup rollback --to ${index + 1}`}]
			: [],
	);

const chosenVersion = (versions: readonly KeptSettings[], back: number): UsableSettings => {
	const chosen = versions[back - 1];
	if (!chosen)
		throw new SetupError({
			message:
				versions.length === 0
					? 'No previous settings found.'
					: `Backup ${back} of the settings does not exist.`,
			detail:
				versions.length === 0
					? nothingKept
					: `These can be restored:\n  ${versionLines(versions).join('\n  ')}`,
			exit: exitCode.unsuitable,
		});
	if (isUsable(chosen)) return chosen;
	throw new SetupError({
		message: cannotRestore(chosen),
		detail: chosen.trouble?.message,
		fixes: [...(chosen.trouble?.fixes ?? []), ...othersThan(versions, chosen)],
		exit: exitCode.unsuitable,
	});
};

/**
 * The current settings, as far as they can be used. Lost or damaged settings do not prevent a rollback: the chosen ones
 * take their place.
 */
const seenFrom = (
	existing: Existing | undefined,
	left: ExistingFiles,
	{saved: {given, unknown}}: UsableSettings,
): Existing => ({...left, saved: {given: existing?.saved?.given ?? given, unknown}});

/** After an interrupted run, it is unclear which settings are the previous ones. */
const demandFinished = ({receipt, files}: ExistingFiles, facts: Facts): void => {
	if (receipt?.state !== 'pending') return;
	if (receipt.removing)
		throw new SetupError({
			message: interrupted.removal,
			fixes: [setUpAgain, {say: 'removes the rest', command: 'vira-setup uninstall'}],
			exit: exitCode.unsuitable,
		});
	const {settings} = filesOf(facts);
	const isSaved = receipt.files[settings] === hashOf(files.get(settings)?.content ?? '');
	throw new SetupError({
		message: interrupted.setup,
		detail: isSaved
			? 'Its settings are saved, but Vira may not use them yet.'
			: 'Its settings were not saved: the previous settings still apply.',
		fixes: isSaved
			? [finishRun, {say: 'then restores the previous settings', command: 'vira-setup rollback'}]
			: [
					{say: 'applies the previous settings again', command: 'vira-setup'},
					{say: 'then restores older settings', command: 'vira-setup rollback'},
				],
		exit: exitCode.unsuitable,
	});
};

/** undefined: the settings are lost or cannot be used, but others are kept. */
const readable = (
	left: ExistingFiles,
	facts: Facts,
	versions: readonly KeptSettings[],
): Existing | undefined => {
	try {
		return withSettings(left, facts);
	} catch (error) {
		if (!versions.some(isUsable)) throw error;
		return undefined;
	}
};

/** The person has not used an option, so the message names none. */
const unusableNow = (
	problems: readonly Problem[],
	chosen: UsableSettings,
	versions: readonly KeptSettings[],
): SetupError => {
	const {failure} = refusedTogether(problems);
	return new SetupError({
		...failure,
		message: cannotRestore(chosen),
		detail: problems
			.map(({item, message}) => (item === undefined ? message : `${item}: ${message}`))
			.join('\n'),
		fixes: othersThan(versions, chosen),
		exit: exitCode.unsuitable,
	});
};

const withNote = (proposal: Proposal, chosen: UsableSettings): Proposed => {
	const note = {code: 'goes-back', message: `Restores ${nameOf(chosen)}.`} as const;
	const {preview} = proposal;
	return {good: true, proposal: {...proposal, preview: {...preview, warnings: [note, ...preview.warnings]}}};
};

/** Restores previous settings; the current ones are kept in turn. */
export const rollback = async (run: CommandRun, opening: Promise<Ui>): Promise<ExitCode> => {
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
	const chosen = chosenVersion(versions, request.back);
	const answers = withGiven(defaultSettings(foundOn(facts)), chosen.saved.given);
	const through = (proposed: Proposed): Proposed => {
		if (proposed.good) return withNote(proposed.proposal, chosen);
		if (request.interactive) return proposed;
		throw unusableNow(proposed.problems, chosen, versions);
	};
	const seen = {...run, ui, facts, existing: seenFrom(existing, left, chosen)};
	return change(seen, {begin: 'preview', answers, through});
};
