import type {Facts} from '../../platform/facts.ts';
import type {FoundProgram} from '../../platform/machine-facts.ts';
import type {System} from '../../platform/system.ts';
import {withGiven, type Settings} from '../../settings/options.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {problemsOf} from '../../settings/rules.ts';
import type {Problem} from '../../settings/problem.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Action} from '../../platform/actions/action.ts';
import type {FoundProblem, Subject} from '../../platform/service-manager/check.ts';
import {examine} from './examine.ts';
import {isUsable, keptSettings} from './kept-settings.ts';
import {plan} from './plan.ts';
import {preview, type Preview} from './preview.ts';
import type {Exchange, Existing} from '../../platform/installed/situation.ts';
import {askVersion, resolveProgram} from '../../platform/vira/programs.ts';
import {builtVira} from '../../platform/vira/nix.ts';
import {expandHome} from '../../settings/value.ts';
import {isInstallable} from '../../settings/nix.ts';
import {viraAt, type Advice} from '../../platform/service-manager/advice.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';

/** What would be done for these settings; nothing has been changed yet. */
export interface Proposal {
	readonly settings: Settings;
	readonly actions: readonly Action[];
	readonly preview: Preview;
	/** Masks the secrets of these and of previous settings in a text. */
	readonly mask: (text: string) => string;
}

export type Proposed =
	| {readonly good: true; readonly proposal: Proposal}
	| {
			readonly good: false;
			readonly problems: readonly FoundProblem[];
			/** Other findings. */
			readonly warnings?: readonly Warning[];
	  };

/** Its warnings, whether or not it can be done. */
export const warningsIn = (proposed: Proposed | undefined): readonly Warning[] =>
	proposed?.good ? proposed.proposal.preview.warnings : (proposed?.warnings ?? []);

/** The proposal with more warnings, before its own. */
export const withWarnings = (proposed: Proposed, more: readonly Warning[]): Proposed => {
	if (!proposed.good) return {...proposed, warnings: [...more, ...(proposed.warnings ?? [])]};
	const {proposal} = proposed;
	const warnings = [...more, ...proposal.preview.warnings];
	return {good: true, proposal: {...proposal, preview: {...proposal.preview, warnings}}};
};

/** Examines what the settings name, and plans. Reads only. */
export type Propose = (settings: Settings) => Promise<Proposed>;

/** Whether the first problem already covers the option of the second. */
const isCoveredBy = (told: Problem, other: Problem): boolean =>
	told.option === other.option && (told.item === undefined || told.item === other.item);

/** `exchange`: builds that replace those of the settings; absent: what an interrupted run was about to exchange. */
export const exchanger = (
	{system, facts, existing}: Omit<Subject, 'settings'>,
	exchange?: Exchange,
): Propose => {
	const older = keptSettings(existing, facts)
		.filter(isUsable)
		.map(({saved}) => saved.given);
	return async (settings) => {
		const wrong = problemsOf(settings, facts.platform);
		const site = await examine({system, settings, facts, existing}, exchange);
		const mask = masker(
			settings,
			...[existing.saved?.given ?? new Map(), ...older].map((given) => withGiven(settings, given)),
		);
		const problems = [
			...wrong,
			...site.problems.filter((one) => !wrong.some((told) => isCoveredBy(told, one))),
		];
		// Messages may quote other programs, which quote values.
		if (problems.length > 0)
			return {
				good: false,
				problems: problems.map((one) => ({...one, message: mask(one.message)})),
				warnings: site.warnings.map((one) => ({...one, message: mask(one.message)})),
			};
		const situation = {facts, existing, site};
		const actions = plan(settings, situation);
		return {
			good: true,
			proposal: {settings, actions, mask, preview: preview(actions, {settings, mask}, situation)},
		};
	};
};

export const proposer = (system: System, facts: Facts, existing: Existing): Propose =>
	exchanger({system, facts, existing});

/** The Vira that the settings name; undefined if it does not exist (yet). */
const findConfigured = async (
	system: System,
	facts: Facts,
	{package: wanted}: Settings,
): Promise<FoundProgram | undefined> => {
	if (wanted === '') return undefined;
	const path = isInstallable(wanted) ? builtVira(wanted, facts) : expandHome(wanted, facts.user.home);
	const resolved = await resolveProgram(system, path);
	if (!('program' in resolved)) return undefined;
	const {program} = resolved;
	return {path: program, version: await askVersion(system, program)};
};

const isAboutVira = ({code}: Advice): boolean => code === 'vira' || code === 'no-vira';

/**
 * The findings about the machine, with the Vira of the settings instead of the one that was found: that one runs,
 * whatever else is installed. If it no longer exists, the one that was found can replace it.
 */
export const adviceFor = async (
	system: System,
	facts: Facts,
	settings: Settings | undefined,
): Promise<readonly Advice[]> => {
	const {advice} = managerOf(facts);
	const configured = settings && (await findConfigured(system, facts, settings));
	return configured ? advice.map((one) => (isAboutVira(one) ? viraAt(configured, facts.user) : one)) : advice;
};
