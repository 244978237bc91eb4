import {isDeepStrictEqual} from 'node:util';
import type {CommandRun} from '../command-line/request.ts';
import {Cancelled, exitCode, SetupError, WentBack, type ExitCode, untilAborted} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {failureFrom} from '../platform/run-result.ts';
import {detect} from '../steps/detect.ts';
import {pulseOf, readPulse, survey, type Status} from '../steps/health/survey.ts';
import {isAsking, type Asking, type Menu} from '../ui/ui.ts';
import {isJob, watchJob, type JobName} from './overview-jobs.ts';
import {overviewMenu, type Next} from './overview-menu.ts';
import {lookAgain, type Loaded} from './setup-question.ts';
import {change} from './setup.ts';

const readStatus = async ({system, signal}: CommandRun): Promise<Status> =>
	untilAborted(
		detect(system).then((facts) => survey(system, facts)),
		signal,
	);

/** The state of the service as it was last read, and what was just done. */
const current = (run: CommandRun, first: Status) => {
	let [status, news]: [Status, string | undefined] = [first, undefined];
	const menu = (): Menu<Next | JobName> => overviewMenu(status, news);
	/** `left`: aborted when the overview is no longer shown. */
	const readAgain = async (left: AbortSignal): Promise<Menu<Next | JobName>> => {
		try {
			if (isDeepStrictEqual(await readPulse(run.system, status), pulseOf(status))) return menu();
			const read = await readStatus(run);
			if (!left.aborted) [status, news] = [read, undefined];
			return menu();
		} catch (error) {
			return overviewMenu(status, `! The state could not be read again. ${failureFrom(error).message}`);
		}
	};
	return {
		menu,
		readAgain,
		status: () => status,
		read: async () => {
			status = await readStatus(run);
		},
		tell: (line: string | undefined) => {
			news = line;
		},
	};
};

/** Shows the service again after each command; resolves with the next step of the wizard. */
const overview = async (
	run: CommandRun,
	ui: Asking,
	{facts, done}: {facts: Facts; done: JobName[]},
): Promise<Next> => {
	const now = current(run, await untilAborted(survey(run.system, facts), run.signal));
	for (;;) {
		const choice = await ui.choose(now.menu(), now.readAgain);
		if (!isJob(choice)) return choice;
		const afterChange = async (): Promise<void> => {
			done.push(choice);
			await now.read();
		};
		now.tell(await watchJob(choice, run, {ui, status: now.status(), afterChange}));
	}
};

/** Does what was chosen. */
const goOn = async (next: Next, seen: Loaded): Promise<ExitCode> => {
	if (next === 'leave') return exitCode.done;
	const opening = Promise.resolve(seen.ui);
	if (next === 'uninstall') return (await import('./uninstall.ts')).uninstall(seen, opening);
	if (next === 'rollback') return (await import('./rollback.ts')).rollback(seen, opening);
	return change(await lookAgain(seen), next === 'repair' ? {begin: 'preview'} : {});
};

/** If Vira is set up: shows the service, then does what the person chooses. */
export const manage = async (seen: Loaded, done: JobName[] = []): Promise<ExitCode> => {
	const {ui, facts} = seen;
	if (!isAsking(ui)) return change(seen);
	try {
		return await goOn(await overview(seen, ui, {facts, done}), {...seen, canGoBack: true});
	} catch (error) {
		if (error instanceof WentBack) return await manage(await lookAgain(seen), done);
		// The service was started or stopped: "Nothing was changed" would be wrong.
		if (done.length > 0 && error instanceof Cancelled)
			throw new SetupError({message: 'Cancelled. No settings were changed.', exit: exitCode.cancelled});
		throw error;
	}
};
