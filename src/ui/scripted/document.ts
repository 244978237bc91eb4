import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Failure} from '../../errors.ts';
import {documentSchema, failureJson, findingJson, fixJson, noticeJson} from './json-text.ts';
import type {Notice} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Leftover} from '../../platform/service-manager/manager-parts.ts';
import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import type {BuildCheck} from '../../steps/readiness/build-check.ts';
import {readinessJson} from '../reports/readiness-report.ts';
import {proxyFor} from '../../platform/network/address.ts';
import {maskLines, maskLooks} from '../../settings/secrets/mask-looks.ts';
import {maskSettings} from '../../settings/secrets/masker.ts';
import {nameInFile, nestSettings} from '../../settings/settings-file.ts';
import {toJson} from '../../platform/actions/kinds.ts';
import {shortened} from '../../platform/service-manager/log-source.ts';
import type {RemovalOutcome, SetupOutcome} from '../../steps/execute/outcome.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import {printable} from '../text.ts';
import type {Facts} from '../../platform/facts.ts';
import type {BuildName, Preview, Update} from '../../steps/plan/preview.ts';
import {allNextSteps, openFrom} from '../words/open-page.ts';

/** The one JSON document that `--json` prints, on every path. */
export type Document = Readonly<Record<string, unknown>>;

/** Each wrong value, by its name in the settings file. */
const problemNotices = (problems: Failure['problems'], mask: (text: string) => string) =>
	(problems ?? []).map(({setting, item, message}) => ({
		...noticeJson({level: 'error', code: 'invalid-value', message}, mask),
		...(setting !== null && {setting}),
		item,
	}));

/** What a run failed with, as every document has it. */
export const errorPart = (failure: Failure, mask: (text: string) => string): Document => {
	const {reason, log, problems} = failure;
	return {
		...failureJson(failure, mask),
		...(reason && {reason}),
		log: shortened(maskLines(log ?? [], mask)).map(printable),
		...(problems && {problems: problemNotices(problems, mask)}),
	};
};

const buildJson = ({storePath, version, revision, schema}: BuildName): Document => ({
	storePath: storePath ?? null,
	version: version ?? null,
	revision: revision ?? null,
	schema: schema ?? null,
});

export const updateJson = ({installable, from, to}: Update): Document => ({
	package: maskLooks(installable),
	from: buildJson(from),
	to: buildJson(to),
});

/** What a person reads first, for a script that asks one. */
const wordsPart = ({steps, changed, interrupts, updates}: Preview): Document => ({
	steps: steps.map(({title}) => title),
	...(updates && {updates: updates.map(updateJson)}),
	changedSettings: changed.map(({option, from, to}) => ({
		setting: nameInFile(option),
		from: from ?? null,
		to: to ?? null,
	})),
	interruptsBuilds: interrupts !== undefined,
});

const proposalPart = ({settings, actions, preview, mask}: Proposal): Document => {
	return {
		url: preview.url,
		proxy: proxyFor(settings) ?? null,
		startsAtBoot: preview.startsAtBoot ?? null,
		survivesLogout: preview.survivesLogout,
		settings: nestSettings(maskSettings(settings, mask)),
		...wordsPart(preview),
		plan: actions.map((action) => toJson(action, mask)),
		warnings: preview.warnings.map((warning) => ({
			...noticeJson({level: 'warning', ...warning}),
			...(warning.option && {setting: nameInFile(warning.option)}),
		})),
	};
};

/** What the whole document is about. */
export interface DocumentKind {
	readonly command: string;
	readonly simulation: boolean;
	readonly facts: Facts | undefined;
	/** Whether builds can succeed, if it was checked. */
	readonly readiness?: readonly BuildCheck[] | undefined;
}

/** Behind a proxy, no URL of this machine opens the page as it should. */
const openPart = ({settings, preview}: Proposal, facts: Facts): Document => {
	const proxy = proxyFor(settings);
	if (proxy) return {thisMachine: null, otherMachines: null, tunnel: null, proxy};
	const {thisMachine, otherMachines = null, tunnel = null} = openFrom(settings, facts, preview.isLocalHost);
	return {thisMachine, otherMachines, tunnel, proxy: null};
};

/** How to go on once Vira is set up. */
const onwards = (proposal: Proposal, facts: Facts): Document => {
	const next = allNextSteps(proposal, facts).map(fixJson);
	const startsLater = managerOf(facts).startsLater(proposal.settings) !== undefined;
	return {openFrom: startsLater ? null : openPart(proposal, facts), next};
};

const isSetUp = ({outcome}: SetupOutcome): boolean => ['installed', 'updated', 'unchanged'].includes(outcome);

/** The document of a run that got as far as an outcome. */
export const documentOf = (
	outcome: SetupOutcome,
	{command, simulation, facts, readiness}: DocumentKind,
): Document => {
	const proposal = 'proposal' in outcome ? outcome.proposal : undefined;
	const verdict = 'verdict' in outcome ? outcome.verdict : undefined;
	const leftChanged =
		'notUndone' in outcome &&
		(outcome.notUndone.length > 0 ||
			(outcome.outcome === 'failed' && !outcome.undone && (proposal?.actions.length ?? 0) > 0));
	const mask = proposal?.mask ?? ((text: string) => text);
	return {
		schema: documentSchema,
		command,
		outcome: outcome.outcome,
		// What follows is said of the simulated machine.
		...(simulation && {simulation: true}),
		changed: ['installed', 'updated'].includes(outcome.outcome) || leftChanged,
		...(outcome.outcome === 'planned' && {wouldChange: proposal?.preview.changes}),
		...(proposal && proposalPart(proposal)),
		...(verdict && {
			startsAtBoot: verdict.startsAtBoot ?? null,
			survivesLogout: verdict.survivesLogout,
			healthy: verdict.healthy,
			findings: verdict.findings.map((one) => findingJson(one, mask)),
		}),
		...(readiness && {readiness: readinessJson(readiness)}),
		...(proposal && facts && isSetUp(outcome) && onwards(proposal, facts)),
		...('notUndone' in outcome && {notUndone: outcome.notUndone.map((one) => failureJson(one, mask))}),
		...(outcome.outcome === 'failed' && {error: errorPart(outcome.failure, mask)}),
	};
};

interface Failed {
	/** Undefined: the arguments could not be read. */
	readonly command: string | undefined;
	readonly simulation: boolean;
}

/** The document of a run that failed before it had a plan. */
export const failureDocument = (failure: Failure, {command, simulation}: Failed): Document => ({
	schema: documentSchema,
	...(command !== undefined && {command}),
	outcome: failure.exit === 130 ? 'cancelled' : 'failed',
	...(simulation && {simulation: true}),
	changed: failure.changed ?? false,
	...(failure.exit !== 130 && {error: errorPart(failure, (text) => text)}),
});

/** How a removal ended, in the one word that a script looks at. */
export const removalEndings: Readonly<Record<RemovalOutcome['outcome'], string>> = {
	'nothing-to-remove': 'unchanged',
	'removal-planned': 'planned',
	removed: 'removed',
	'removed-in-part': 'failed',
};

const leftoverParts = (left: readonly Leftover[]): readonly Document[] =>
	left.map(({path, what, byHand}) => ({
		path: path ?? null,
		what,
		fixes: byHand ? [fixJson({say: '', command: commandText(byHand)})] : [],
	}));

/** Settings can be exported only before they are deleted. */
const notesOf = ({preview}: RemovalProposal, isDone: boolean): readonly Notice[] =>
	preview.notes.filter(({code}) => !isDone || code !== 'settings-deleted');

const planPart = (removal: RemovalProposal, isDone: boolean): Document => ({
	notes: notesOf(removal, isDone).map((one) => noticeJson(one)),
	plan: [...removal.plan.actions, ...removal.plan.forGood].map((action) => toJson(action, removal.mask)),
});

/** The document of an uninstall that got as far as an outcome. */
export const removalDocument = (
	outcome: RemovalOutcome,
	{simulation}: {readonly simulation: boolean},
): Document => {
	const {removal} = {removal: undefined, ...outcome};
	return {
		schema: documentSchema,
		command: 'uninstall',
		outcome: removalEndings[outcome.outcome],
		// What follows is said of the simulated machine.
		...(simulation && {simulation: true}),
		changed: outcome.outcome === 'removed' || outcome.outcome === 'removed-in-part',
		...(outcome.outcome === 'removal-planned' && {wouldChange: outcome.removal.preview.changes}),
		...(removal && planPart(removal, outcome.outcome !== 'removal-planned')),
		leftovers: leftoverParts('left' in outcome ? outcome.left : outcome.removal.preview.left),
		...(outcome.outcome === 'removed-in-part' && {
			error: errorPart(outcome.failure, outcome.removal.mask),
		}),
	};
};
