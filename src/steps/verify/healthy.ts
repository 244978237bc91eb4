import {Cancelled, exitCode, SetupError, type Failure} from '../../errors.ts';
import type {Verdict} from '../../platform/actions/action.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {shortened} from '../../platform/service-manager/log-source.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {maskLines} from '../../settings/secrets/mask-looks.ts';
import type {Execution, Goal} from '../execute/execute.ts';
import type {SetupOutcome} from '../execute/outcome.ts';
import {notAsBefore} from '../execute/service-back.ts';
import {loadFiles, isEdited} from '../load/load.ts';
import type {Proposal} from '../plan/propose.ts';
import {whyUnhealthy} from './find-cause.ts';
import {verify, type Watch} from './verify.ts';
import {lookInto} from '../../platform/paths.ts';
import {anotherVira, outOfOldState} from '../../platform/service-manager/service-words.ts';
import {together, type Check, type FoundProblem, type Subject} from '../../platform/service-manager/check.ts';
import {notStopped} from '../../platform/service-manager/manager-parts.ts';
import type {System} from '../../platform/system.ts';
import {checkRepositories} from '../../platform/vira/check-repositories.ts';
import {checkStart} from '../../platform/vira/check-vira.ts';
import {whyNotExecutable} from '../../platform/vira/programs.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {checkAddress} from '../checks/address.ts';
import {checkGivenCertificate} from '../plan/examine.ts';
import type {Fix} from '../../notice.ts';
import type {Settings} from '../../settings/options.ts';

/** The run of a setup. */
interface SettingUp extends Execution, Pick<Watch, 'facts'> {
	/** From before the first change. */
	readonly existing: Existing;
	readonly request: Pick<Watch, 'withinMs'> & {
		/** Whether an unhealthy service is kept. */
		readonly keepOnFailure: boolean;
	};
}

const demandSameFiles = async ({system, facts, existing}: SettingUp): Promise<void> => {
	const now = await loadFiles(system, facts);
	const paths = new Set([...existing.files.keys(), ...now.files.keys()]);
	const changed = [...paths].filter(
		(path) => existing.files.get(path)?.content !== now.files.get(path)?.content,
	);
	if (changed.length === 0) return;
	throw new SetupError({
		message: `${changed.join(', ')} changed since the preview. Nothing was done.`,
		fixes: [{say: 'Run vira-setup again to see the new preview.'}],
		exit: exitCode.refused,
	});
};

const maskedVerdict = (verdict: Verdict, {mask}: Proposal): Verdict => ({
	...verdict,
	findings: verdict.findings.map((one) => ({...one, message: mask(one.message)})),
	log: shortened(maskLines(verdict.log, mask)),
});

/** The goal of a setup: Vira runs and is healthy with the new settings. Otherwise, everything is undone. */
export const healthy = (proposal: Proposal, run: SettingUp): Goal<SetupOutcome> => {
	const {settings, actions, mask} = proposal;
	const {
		system,
		facts,
		existing,
		signal,
		follow,
		request: {withinMs, keepOnFailure},
	} = run;
	return {
		proposal,
		mask,
		unchecked: 'undo',
		demandSame: () => demandSameFiles(run),
		check: async (done) => {
			const watching = verify(system, settings, {facts, actions, withinMs, signal});
			const verdict = maskedVerdict(await follow(watching), proposal);
			if (signal.aborted) throw new Cancelled();
			if (verdict.healthy) {
				const change = existing.saved ? 'updated' : 'installed';
				return {outcome: done.length === 0 ? 'unchanged' : change, proposal, verdict};
			}
			const log = {say: '', command: commandText(managerOf(facts).commands.log)};
			const failure = await whyUnhealthy(system, verdict, {settings, again: 'vira-setup', log});
			const undone = !keepOnFailure && done.length > 0;
			return {outcome: 'failed', proposal, verdict, failure, undone, notUndone: []};
		},
		afterUndo: async (notUndone) => {
			const different = await notAsBefore(system, {facts, actions, notUndone});
			return {notUndone: [...notUndone, ...different]};
		},
	};
};

const whyNot = async (system: System, path: string): Promise<string | undefined> => {
	const found = await lookInto(system, path);
	if (found === 'hidden') return undefined;
	if (found?.leadsTo === undefined) return `${path} does not exist`;
	return whyNotExecutable(system, path, found);
};

/** The program that the service would run, if it is known; throws if it cannot be run. */
const demandProgram = async ({system, facts, settings, existing}: Subject): Promise<string | undefined> => {
	const path = await managerOf(facts).byHand.program(system, existing);
	const why = path === undefined ? undefined : await whyNot(system, path);
	if (why === undefined) return path;
	throw new SetupError({
		message: `Vira cannot be started: ${why}.`,
		...(facts.service.active === 'active' && {detail: notStopped}),
		fixes: [{say: 'Restore it, or use another Vira:'}, anotherVira(facts, settings)],
		exit: exitCode.unsuitable,
	});
};

/** The fixes for problems that prevent a start: commands, each with what it does. */
const waysOut = (problems: readonly FoundProblem[], settings: Settings): readonly Fix[] => {
	const isOf = (reason: FoundProblem['reason']): boolean => problems.some((one) => one.reason === reason);
	const isOther = problems.some(
		({reason}) => reason !== 'schema-mismatch' && reason !== 'repository-conflict',
	);
	return [
		...(isOf('schema-mismatch') ? outOfOldState(settings) : []),
		...(isOther ? [{say: 'changes the settings', command: 'vira-setup'}] : []),
		...(isOf('repository-conflict') && !isOther
			? [{say: 'changes the repositories', command: 'vira-setup'}]
			: []),
	];
};

const startFailure = (
	problems: readonly FoundProblem[],
	{settings, facts: {service}}: Subject,
): Failure | undefined => {
	if (problems.length === 0) return undefined;
	const mask = masker(settings);
	const reason = problems.find((one) => one.reason !== undefined)?.reason;
	return {
		message: problems.map(({message}) => mask(message)).join('\n'),
		...(service.active === 'active' && {detail: notStopped}),
		...(reason && {reason}),
		fixes: waysOut(problems, settings),
		exit: exitCode.refused,
	};
};

/** Settings that were edited but not applied are not those of the service: then, only its state is checked. */
const ofSettings: readonly Check[] = [checkAddress, checkGivenCertificate];

/**
 * Throws if a new process of the service could not be created, would exit at once, or would delete the state: before
 * the old process is stopped. This is for a plain start by the service manager: no settings are written, and no state
 * is moved aside.
 */
export const demandStart = async (subject: Subject): Promise<void> => {
	const program = await demandProgram(subject);
	if (program === undefined) return;
	const checks = isEdited(subject.facts, subject.existing) ? [] : ofSettings;
	const found = await Promise.all([
		checkStart(program, subject),
		checkRepositories(program, subject),
		...checks.map((check) => check(subject)),
	]);
	const failure = startFailure(together(found).problems, subject);
	if (failure) throw new SetupError(failure);
};
