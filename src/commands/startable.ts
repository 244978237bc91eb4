import {exitCode, SetupError} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {refusedTogether} from '../settings/validation-error.ts';
import type {Settings} from '../settings/options.ts';
import type {Action} from '../platform/actions/action.ts';
import {detect} from '../steps/detect.ts';
import {foreseen} from '../steps/verify/foreseen.ts';
import {findInstallation, notSetUp} from '../steps/health/installation.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {proposer} from '../steps/plan/propose.ts';
import {demandProgram} from '../steps/verify/service-program.ts';
import type {Existing} from '../platform/installed/situation.ts';
import {outOfOldState} from '../steps/ways-out.ts';
import {refuseAdvice} from '../ui/words/refuse-advice.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import type {Run} from './run.ts';

/** A service that was set up, and the machine that is to run it. */
export interface Subject extends Run {
	readonly facts: Facts;
	readonly settings: Settings;
	readonly existing: Existing;
}

const look = async (run: Run): Promise<Subject> => {
	const facts = await detect(run.system);
	const installation = await findInstallation(run.system, facts);
	if (installation.is === 'nothing') throw new SetupError(notSetUp(facts, installation));
	if (installation.is === 'unreadable') throw new SetupError(installation.failure);
	const {settings, existing} = installation;
	return {...run, facts, settings, existing};
};

/** The service, if it can be started here; throws the reason if it cannot. */
export const startable = async (run: Run): Promise<Subject> => {
	const subject = await untilAborted(look(run), run.signal);
	const {refusals, byHand} = managerOf(subject.facts);
	// A mask may be intended, so it prevents setup; but a person who runs start wants it gone.
	const refused = refusals.filter(({code}) => code !== 'masked');
	if (refused.length > 0) return refuseAdvice(refused);
	const failure = byHand.unmask.length > 0 ? undefined : byHand.cannotStart(subject.settings);
	if (failure) throw new SetupError(failure);
	return subject;
};

/** Throws if a new process could not be created, would exit immediately, or would delete the state. */
const demandStart = async (subject: Subject): Promise<void> => {
	const program = await demandProgram(subject.system, subject.facts, subject);
	const failure = program === undefined ? undefined : await foreseen(program, subject);
	if (failure) throw new SetupError(failure);
};

/** The actions that start a new process; throws before anything is stopped if that would fail. */
export const withProgram = async (
	subject: Subject,
	actions: readonly Action[],
): Promise<readonly Action[]> => {
	if (actions.length > 0) await untilAborted(demandStart(subject), subject.signal);
	return actions;
};

/**
 * For a masked service: the mask has replaced its file, so the file is rewritten as setup would; undefined for any
 * other.
 */
export const unmasked = async (subject: Subject): Promise<readonly Action[] | undefined> => {
	const {system, facts, settings, existing, signal} = subject;
	const {unmask} = managerOf(facts).byHand;
	if (unmask.length === 0 || facts.service.active === 'active') return undefined;
	const proposed = await untilAborted(proposer(system, facts, existing)(settings), signal);
	if (!proposed.good) throw refusedTogether(proposed.problems, []);
	const reset = proposed.proposal.preview.warnings.find(({code}) => code === 'state-reset');
	if (reset)
		throw new SetupError({
			message: reset.message,
			reason: 'schema-mismatch',
			fixes: outOfOldState(settings),
			exit: exitCode.refused,
		});
	return [...unmask, ...proposed.proposal.actions];
};
