import {exitCode, SetupError, type Failure, type ExitCode} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {detect} from '../steps/detect.ts';
import {whyUnrecorded} from '../steps/health/installation.ts';
import {filesOf} from '../platform/installed/our-files.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import {exitCodeOf} from '../steps/execute/outcome.ts';
import {mayDisableLinger} from '../steps/removal/plan-removal.ts';
import {removalProposer} from '../steps/removal/propose-removal.ts';
import {readFootprint} from '../steps/removal/read-installed-files.ts';
import {refuseAdvice} from '../ui/words/refuse-advice.ts';
import type {Ui} from '../ui/ui.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import {carryOutRemoval} from './execute-removal.ts';
import type {Run} from './run.ts';

/** Nothing is removed on a guess. */
const obscureReceipt = (facts: Facts): Failure => ({
	message: `${filesOf(facts).receipt} is not a receipt that this vira-setup can read: it is unknown what to remove.`,
	fixes: [
		'If a newer vira-setup wrote it, use that one.',
		'If it is damaged: vira-setup   rewrites it; then run vira-setup uninstall.',
	],
	exit: exitCode.unsuitable,
});

/** One of our files was found, but what else is ours would be a guess. */
const unrecorded = (facts: Facts, path: string): Failure => ({
	message: `${path} was created by vira-setup, but its receipt was not found: it is unknown what to remove.`,
	detail: whyUnrecorded(facts),
	fixes: [
		'Use that value: XDG_STATE_HOME=FOLDER vira-setup uninstall',
		'If the receipt is lost: vira-setup   sets up Vira again; then run vira-setup uninstall.',
	],
	exit: exitCode.unsuitable,
});

/** Removes what vira-setup set up, and nothing else. */
export const uninstall = async ({request, system, signal}: Run, opening: Promise<Ui>): Promise<ExitCode> => {
	const [facts, ui] = await untilAborted(Promise.all([detect(system), opening]), signal);
	const footprint = await untilAborted(readFootprint(system, facts), signal);
	// Without a receipt: leftovers of a run that was killed before it wrote one, or after it deleted it.
	const isSetUp = footprint.receipt !== undefined || footprint.folders.length > 0;
	// If nothing is set up, there is nothing to do; but as root, that would be about the wrong user.
	const refusals = managerOf(facts).remover.refusals.filter(({code}) => isSetUp || code === 'root');
	if (refusals.length > 0) return refuseAdvice(refusals);
	if (footprint.isObscure) throw new SetupError(obscureReceipt(facts));
	const [unknown] = footprint.unrecorded;
	if (!isSetUp && managerOf(facts).remover.isLive && unknown !== undefined)
		throw new SetupError(unrecorded(facts, unknown));
	const given = {
		overwrite: request.consent.includes('overwrite'),
		purge: request.consent.includes('purge'),
		// A person sees it in the preview and agrees with Enter; a script has to request it.
		disableLinger:
			request.consent.includes('disable-linger') ||
			(request.interactive && mayDisableLinger(facts, footprint)),
	};
	const propose = removalProposer(facts, footprint);
	if (!isSetUp) {
		await ui.conclude({outcome: 'nothing-to-remove', left: propose(given).preview.left});
		return exitCode.done;
	}
	const removal = await ui.askRemoval({facts, start: given, propose, dryRun: request.dryRun});
	const outcome = request.dryRun
		? ({outcome: 'removal-planned', removal} as const)
		: await carryOutRemoval(removal, {facts, footprint, system, signal}, ui);
	await ui.conclude(outcome);
	return request.check ? exitCode.wouldChange : exitCodeOf(outcome);
};
