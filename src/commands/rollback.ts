import {nothingChanged, exitCode, SetupError, type ExitCode, untilAborted} from '../errors.ts';
import type {Fix} from '../notice.ts';
import type {Facts} from '../platform/facts.ts';
import {foundOn} from '../platform/vira/programs.ts';
import {refusedTogether, refuseAdvice} from '../ui/error-report.ts';
import type {Problem} from '../settings/problem.ts';
import {defaultSettings, withGiven} from '../settings/options.ts';
import {detect} from '../steps/detect.ts';
import {interrupted, nothingIn, notSetUp} from '../steps/health/installation.ts';
import {isUsable, keptVersions, type KeptSettings, type UsableSettings} from '../steps/plan/kept-settings.ts';
import {loadFiles, withSettings} from '../steps/load/load.ts';
import {demandKnownFormat} from '../steps/load/read-files.ts';
import {filesOf} from '../platform/installed/our-files.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Proposal, Proposed} from '../steps/plan/propose.ts';
import {hashOf} from '../platform/installed/receipt.ts';
import {finishRun, setUpAgain} from '../platform/service-manager/service-words.ts';
import type {System} from '../platform/system.ts';
import {readBuilt} from '../steps/plan/examine-program.ts';
import type {Update} from '../steps/plan/preview.ts';
import {updateBack} from '../steps/update/build-newer.ts';
import {linkFolderOf} from '../platform/vira/nix.ts';
import type {Exchange, Existing, ExistingFiles} from '../platform/installed/situation.ts';
import {momentText} from '../ui/words/describe.ts';
import type {Ui} from '../ui/ui.ts';
import type {CommandRun} from '../command-line/request.ts';
import {change} from './setup.ts';

const nothingKept = 'vira-setup has not replaced any settings here yet.';

const nameOf = ({until, build}: KeptSettings): string => {
	if (until === undefined) return 'older settings';
	const what = build?.until === until ? 'the Vira and the settings' : 'the settings';
	return `${what} used until ${momentText(Date.parse(until))}`;
};

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
export const demandFinished = ({receipt, files}: ExistingFiles, facts: Facts): void => {
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

/** What the preview says in addition. */
interface GoingBack {
	readonly chosen: UsableSettings;
	/** The Vira that changes too, if it does. */
	readonly updates: readonly Update[];
}

const withNote = (proposal: Proposal, {chosen, updates}: GoingBack): Proposed => {
	const note = {code: 'goes-back', message: `Restores ${nameOf(chosen)}.`} as const;
	const {preview} = proposal;
	const warnings = [note, ...preview.warnings];
	return {
		good: true,
		proposal: {...proposal, preview: {...preview, warnings, ...(updates.length > 0 && {updates})}},
	};
};

/** The Vira that ran with these settings takes its place again, with its state. */
const exchangeBack = ({build}: UsableSettings, facts: Facts): Exchange | undefined => {
	if (!build) return undefined;
	const {installable, folder, state} = build;
	const isElsewhere = folder !== linkFolderOf(installable, facts);
	return {builds: isElsewhere ? {[installable]: folder} : {}, ...(state && {state})};
};

const updatesBack = async (
	{build}: UsableSettings,
	{system, facts, left}: {readonly system: System; readonly facts: Facts; readonly left: ExistingFiles},
): Promise<readonly Update[]> => {
	if (!build) return [];
	const program = (await managerOf(facts).byHand.program(system, left)) ?? '';
	const built = await readBuilt(system, facts);
	if (!built.some(({path, links}) => path === build.folder && links.length > 0))
		throw new SetupError({
			message: `The Vira from before the update is gone from ${build.folder}. ${nothingChanged}`,
			fixes: [{say: 'Update to the commit that you want instead: --to github:juspay/vira/COMMIT.'}],
			exit: exitCode.unsuitable,
		});
	return [await updateBack(build, {system, facts, built}, program)];
};

/** Restores previous settings; the current ones are kept in turn. */
export const rollback = async (run: CommandRun, opening: Promise<Ui>): Promise<ExitCode> => {
	const {request, system, signal} = run;
	const [facts, ui] = await untilAborted(Promise.all([detect(system), opening]), signal);
	const {refusals} = managerOf(facts);
	if (refusals.length > 0) return refuseAdvice(refusals);
	const left = await untilAborted(loadFiles(system, facts), signal);
	demandKnownFormat(facts, left);
	const versions = keptVersions(left, facts);
	const existing = readable(left, facts, versions);
	if (existing && !existing.saved) throw new SetupError(notSetUp(facts, nothingIn(left, facts)));
	demandFinished(left, facts);
	const chosen = chosenVersion(versions, request.back);
	const answers = withGiven(defaultSettings(foundOn(facts)), chosen.saved.given);
	const updates = await untilAborted(updatesBack(chosen, {system, facts, left}), signal);
	const through = (proposed: Proposed): Proposed => {
		if (proposed.good) return withNote(proposed.proposal, {chosen, updates});
		if (request.interactive) return proposed;
		throw unusableNow(proposed.problems, chosen, versions);
	};
	const seen = {...run, ui, facts, existing: seenFrom(existing, left, chosen)};
	const exchange = exchangeBack(chosen, facts);
	return change(seen, {begin: 'preview', answers, through, ...(exchange && {exchange})});
};
