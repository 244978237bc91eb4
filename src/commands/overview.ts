import {failureFrom} from '../platform/machine-failure.ts';
import {Cancelled, exitCode, SetupError, WentBack, type ExitCode} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {foundOn} from '../platform/vira/find-installed.ts';
import {defaultSettings} from '../settings/options.ts';
import {detect} from '../steps/detect.ts';
import {isUsable, keptSettings} from '../steps/plan/kept-settings.ts';
import {survey, type Status} from '../steps/health/survey.ts';
import {failureLines, indented} from '../ui/words/failure-lines.ts';
import {differenceLines, surveyLines} from '../ui/reports/status-lines.ts';
import type {Output} from '../ui/output.ts';
import {isAsking, type Asking, type MenuChoice} from '../ui/ui.ts';
import {untilAborted} from '../platform/until-aborted.ts';
import type {CommandRun} from '../command-line/request.ts';
import {doctor} from './doctor.ts';
import {logs} from './logs.ts';
import {lookAgain, type Loaded} from './setup-question.ts';
import {restart} from './restart.ts';
import {change} from './setup.ts';
import {start} from './start.ts';
import {stop} from './stop.ts';

/** The next step of the wizard after the overview. */
type Next = 'change' | 'repair' | 'rollback' | 'uninstall' | 'leave';

const watched = {
	start: {what: 'Starting Vira', runs: start},
	stop: {what: 'Stopping Vira', runs: stop},
	restart: {what: 'Restarting Vira', runs: restart},
	logs: {what: 'Reading the log', runs: logs},
	doctor: {what: 'Running all checks', runs: doctor},
} as const;

type Watched = keyof typeof watched;

const isWatched = (choice: Next | Watched): choice is Watched => choice in watched;

const asks = 'shows the changes and asks';

const changeSettings = {value: 'change', label: 'Change the settings'} as const;

const goBack = {value: 'rollback', label: 'Restore the previous settings', note: asks} as const;

const canGoBack = ({installation, facts}: Status): boolean =>
	installation.is === 'there' && keptSettings(installation.existing, facts).some(isUsable);

/** The most likely choice first, for Enter. */
const choicesFor = (status: Status): readonly MenuChoice<Next | Watched>[] => {
	const {service, drift, diagnosis} = status;
	const runs = service.active === 'active' || service.active === 'activating';
	const start = {value: 'start', label: 'Start'} as const;
	const label = diagnosis ? 'Repair' : 'Fix what differs';
	const repair = {value: 'repair', label, note: asks} as const;
	const isStopped = !runs && !diagnosis && drift.length === 0;
	return [
		...(isStopped ? [start] : []),
		...(diagnosis
			? [repair, changeSettings]
			: drift.length > 0
				? [changeSettings, repair]
				: [changeSettings]),
		...(runs
			? [{value: 'restart', label: 'Restart'} as const, {value: 'stop', label: 'Stop'} as const]
			: isStopped
				? []
				: [start]),
		{value: 'logs', label: 'Show the log'},
		{value: 'doctor', label: 'Run all checks and suggest fixes'},
		...(canGoBack(status) ? [goBack] : []),
		{value: 'uninstall', label: 'Uninstall', note: asks},
		{value: 'leave', label: 'Quit'},
	];
};

/** So that the choices fit on a screen of 24 lines. */
const mostDifferences = 6;

/** The state of the service and its settings. */
const overviewLines = (status: Status): readonly string[] => {
	const {installation, facts} = status;
	const settings = installation.is === 'there' ? installation.settings : undefined;
	const different = settings ? differenceLines(settings, defaultSettings(foundOn(facts))) : [];
	const more = different.length - mostDifferences;
	return [
		...surveyLines(status),
		...(settings
			? ['', different.length > 0 ? 'Changed from the defaults:' : 'All settings are defaults.']
			: []),
		...indented(different.slice(0, mostDifferences)),
		...(more > 0 ? [`  … and ${more} more`] : []),
	];
};

const logLines = 200;

/** Runs a command on the screen; its errors are also shown there. */
const watch = (choice: Watched, run: CommandRun, ui: Asking): Promise<readonly string[]> =>
	ui.watch(watched[choice].what, async (output: Output) => {
		const request = {...run.request, log: {follow: false, lines: logLines, since: undefined}};
		try {
			await watched[choice].runs({...run, request}, output);
		} catch (error) {
			if (error instanceof Cancelled) throw error;
			failureLines(failureFrom(error)).forEach((line) => output.note(line));
		}
	});

const onlyLooks = (choice: Watched): boolean => choice === 'logs' || choice === 'doctor';

/** The command was finished or undone by then: its last lines say which. */
const endedEarly = (choice: Watched, lines: readonly string[]): Error =>
	onlyLooks(choice)
		? new Cancelled()
		: new SetupError({message: lines.join('\n') || 'Cancelled.', exit: exitCode.cancelled});

/** Shows the service again after each command; resolves with the next step of the wizard. */
const overview = async (
	run: CommandRun,
	ui: Asking,
	{facts: seen, done}: {facts: Facts; done: Watched[]},
): Promise<Next> => {
	for (let facts = seen; ; facts = await untilAborted(detect(run.system), run.signal)) {
		const status = await untilAborted(survey(run.system, facts), run.signal);
		const menu = {after: 'survey', facts, lines: overviewLines(status), choices: choicesFor(status)} as const;
		const choice = await ui.choose({...menu, leave: 'leave'});
		if (!isWatched(choice)) return choice;
		const lines = await watch(choice, run, ui);
		if (!onlyLooks(choice)) done.push(choice);
		if (run.signal.aborted) throw endedEarly(choice, lines);
		if (lines.length === 0) continue;
		const from = choice === 'logs' ? ({from: 'end'} as const) : {};
		await ui.choose({...menu, ...from, lines, choices: [{value: 'back', label: 'Go back'}], leave: 'back'});
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
export const manage = async (seen: Loaded, done: Watched[] = []): Promise<ExitCode> => {
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
