import {isDeepStrictEqual} from 'node:util';
import type {CommandRun} from '../command-line/request.ts';
import {Cancelled, exitCode, SetupError, WentBack, type ExitCode, untilAborted} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {failureFrom} from '../platform/run-result.ts';
import {detect} from '../steps/detect.ts';
import {pulseOf, readPulse, survey, type Status} from '../steps/health/survey.ts';
import {isAsking, type Asking, type Menu, type MenuChoice} from '../ui/ui.ts';
import {isJob, watchJob, type JobName} from './overview-jobs.ts';
import {lookAgain, type Loaded} from './setup-question.ts';
import {change} from './setup.ts';
import {installablesIn} from '../platform/vira/nix.ts';
import {foundOn} from '../platform/vira/programs.ts';
import {defaultSettings} from '../settings/options.ts';
import {isUsable, keptVersions} from '../steps/plan/kept-settings.ts';
import {differenceLines, surveyLines} from '../ui/reports/status-lines.ts';
import {indented} from '../ui/error-report.ts';

/** The next step of the wizard after the overview. */
export type Next = 'change' | 'repair' | 'update' | 'rollback' | 'uninstall' | 'leave';

type OverviewChoice = MenuChoice<Next | JobName>;

const asks = 'shows the changes and asks';

const choices = {
	change: {key: 'c', value: 'change', label: 'Change the settings'},
	open: {key: 'o', value: 'open', label: 'Open the page in the browser'},
	start: {key: 's', value: 'start', label: 'Start'},
	restart: {key: 'r', value: 'restart', label: 'Restart'},
	// Not the key of the start: the state may change right before someone presses it.
	stop: {key: 't', value: 'stop', label: 'Stop'},
	logs: {key: 'l', value: 'logs', label: 'Show the log'},
	doctor: {key: 'd', value: 'doctor', label: 'Run all checks and suggest fixes'},
	update: {key: 'v', value: 'update', label: 'Look for a newer Vira', note: asks},
	rollback: {key: 'p', value: 'rollback', label: 'Restore the previous settings', note: asks},
	uninstall: {key: 'u', value: 'uninstall', label: 'Uninstall', note: asks},
	leave: {key: 'q', value: 'leave', label: 'Quit'},
} as const satisfies Readonly<Record<string, OverviewChoice>>;

const canGoBack = ({installation, facts}: Status): boolean =>
	installation.is === 'there' && keptVersions(installation.existing, facts).some(isUsable);

const isBuiltByNix = ({installation}: Status): boolean =>
	installation.is === 'there' && installablesIn(installation.settings).length > 0;

/** The most likely choice first, for Enter. */
const choicesFor = (status: Status): readonly OverviewChoice[] => {
	const {change, open, start, restart, stop, logs, doctor, update, rollback, uninstall, leave} = choices;
	const {service, drift, url} = status;
	const diagnosis = status.diagnosis?.asStopped ? undefined : status.diagnosis;
	const runs = service.active === 'active' || service.active === 'activating';
	const label = diagnosis ? 'Fix the problem' : 'Fix what differs';
	const repair: OverviewChoice = {key: 'f', value: 'repair', label, note: asks};
	const isStopped = !runs && !diagnosis && drift.length === 0;
	return [
		...(isStopped ? [start] : []),
		...(diagnosis ? [repair, change] : drift.length > 0 ? [change, repair] : [change]),
		...(service.active === 'active' && url !== undefined ? [open] : []),
		...(runs ? [restart, stop] : isStopped ? [] : [start]),
		...[logs, doctor],
		...(isBuiltByNix(status) ? [update] : []),
		...(canGoBack(status) ? [rollback] : []),
		...[uninstall, leave],
	];
};

/** The settings that differ from the defaults. */
const settingLines = ({installation, facts}: Status): readonly string[] => {
	if (installation.is !== 'there') return [];
	const different = differenceLines(installation.settings, defaultSettings(foundOn(facts)));
	return different.length > 0
		? ['Changed from the defaults:', ...indented(different)]
		: ['All settings are defaults.'];
};

/** The state of the service and its settings, and what can be done. `news`: what was just done, or failed. */
export const overviewMenu = (status: Status, news?: string): Menu<Next | JobName> => {
	const [state, ...problems] = surveyLines(status);
	return {
		after: 'survey',
		facts: status.facts,
		lines: [state, ...(news === undefined ? [] : [news]), '', ...problems],
		details: settingLines(status),
		choices: choicesFor(status),
		leave: 'leave',
	};
};

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
	if (next === 'update') return (await import('./update.ts')).updateNow(seen, opening);
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
