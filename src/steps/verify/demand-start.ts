import {exitCode, SetupError, type Failure} from '../../errors.ts';
import {lookInto} from '../../platform/paths.ts';
import {anotherVira, outOfOldState} from '../../platform/service-manager/usual-fixes.ts';
import {together, type Check, type FoundProblem, type Subject} from '../../platform/service-manager/check.ts';
import {notStopped} from '../../platform/service-manager/manual-control.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {System} from '../../platform/system.ts';
import {checkRepositories} from '../../platform/vira/check-repositories.ts';
import {checkStart} from '../../platform/vira/check-vira.ts';
import {whyNotExecutable} from '../../platform/vira/why-not-run.ts';
import {masker} from '../../settings/secrets/masker.ts';
import {checkAddress} from '../checks/address.ts';
import {isEdited} from '../load/load.ts';
import {checkGivenCertificate} from '../plan/examine.ts';
import type {Fix} from '../../notice.ts';
import type {Settings} from '../../settings/options.ts';

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
