import type {ExitCode} from '../errors.ts';
import {managerOf} from '../steps/managers.ts';
import type {Output} from '../ui/output.ts';
import {alone} from './alone.ts';
import {bringUp} from './bring-up.ts';
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
