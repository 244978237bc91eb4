import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Failure} from '../../errors.ts';
import {documentSchema, failureJson, findingJson, fixJson, noticeJson} from './json-text.ts';
import type {BuildCheck} from '../../steps/readiness/build-check.ts';
import {readinessJson} from '../reports/readiness-report.ts';
import {proxyFor} from '../../platform/network/address.ts';
import {maskLines, maskLooks} from '../../settings/secrets/mask-looks.ts';
import {maskSettings} from '../../settings/secrets/masker.ts';
import {nameInFile, nestSettings} from '../../settings/settings-file.ts';
import {planPart} from './plan-json.ts';
import {shortened} from '../../platform/service-manager/log-source.ts';
import {wouldChange, type SetupOutcome} from '../../steps/execute/outcome.ts';
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

const proposalPart = ({settings, preview, mask}: Proposal): Document => {
	return {
		url: preview.url,
		proxy: proxyFor(settings) ?? null,
		startsAtBoot: preview.startsAtBoot ?? null,
		survivesLogout: preview.survivesLogout,
		settings: nestSettings(maskSettings(settings, mask)),
		...wordsPart(preview),
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

/** Whether anything on the machine is different now, or would be after a run that was only planned. */
const hasChanged = (outcome: SetupOutcome): boolean => {
	if (outcome.outcome === 'planned') return wouldChange(outcome);
	if (!('notUndone' in outcome)) return outcome.outcome !== 'unchanged';
	const isKept = outcome.outcome === 'failed' && !outcome.undone;
	return outcome.notUndone.length > 0 || (isKept && (outcome.proposal?.actions.length ?? 0) > 0);
};

/** The document of a run that got as far as an outcome. */
export const documentOf = (
	outcome: SetupOutcome,
	{command, simulation, facts, readiness}: DocumentKind,
): Document => {
	const proposal = 'proposal' in outcome ? outcome.proposal : undefined;
	const verdict = 'verdict' in outcome ? outcome.verdict : undefined;
	const mask = proposal?.mask ?? ((text: string) => text);
	return {
		schema: documentSchema,
		command,
		outcome: outcome.outcome,
		// What follows is said of the simulated machine.
		...(simulation && {simulation: true}),
		changed: hasChanged(outcome),
		...(proposal && proposalPart(proposal)),
		...(proposal &&
			facts &&
			planPart({...proposal, facts}, {givenUp: 'undone' in outcome && outcome.undone})),
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
