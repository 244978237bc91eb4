import type {ExitCode} from '../errors.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Output} from '../ui/output.ts';
import {alone} from '../steps/execute/with-lock.ts';
import {bringUp} from './start-and-verify.ts';
import type {Run} from './run.ts';
import {startable, unmasked, withProgram} from './startable.ts';

/** Restarts the service, and checks that it is healthy. */
export const restart = (run: Run, output: Output): Promise<ExitCode> =>
	alone(run, async () => {
		const subject = await startable(run);
		const {facts, settings} = subject;
		const byHand = managerOf(facts).byHand.restart(settings);
		const actions = (await unmasked(subject)) ?? (await withProgram(subject, byHand));
		return bringUp({...subject, verb: 'restart', actions}, output);
	});
