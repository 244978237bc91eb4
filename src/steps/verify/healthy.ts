import {Cancelled, exitCode, SetupError} from '../../errors.ts';
import type {Verdict} from '../../platform/actions/progress.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {shortened} from '../../platform/service-manager/log-source.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {maskLines} from '../../settings/secrets/mask-looks.ts';
import type {Execution, Goal} from '../execute/execute.ts';
import type {SetupOutcome} from '../execute/outcome.ts';
import {notAsBefore} from '../execute/service-back.ts';
import {loadFiles} from '../load/load.ts';
import type {Proposal} from '../plan/propose.ts';
import {whyUnhealthy} from './find-cause.ts';
import {verify, type Watch} from './verify.ts';

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
