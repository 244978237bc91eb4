import type {CommandRun} from '../command-line/request.ts';
import {Cancelled, exitCode, SetupError, type ExitCode, untilAborted} from '../errors.ts';
import {failureFrom, whyFailed} from '../platform/run-result.ts';
import type {Status} from '../steps/health/survey.ts';
import type {Output} from '../ui/output.ts';
import type {Asking, Work} from '../ui/ui.ts';
import {failureLines} from '../ui/error-report.ts';
import {doctor} from './doctor.ts';
import {logs} from './logs.ts';
import {restart, start} from './start.ts';
import {stop} from './stop.ts';
import {proxyFor} from '../platform/network/address.ts';
import type {RunResult, Command, System} from '../platform/system.ts';
import {openLines} from '../ui/words/open-page.ts';
import type {Facts} from '../platform/facts.ts';

const isSet = (value: string | undefined): boolean => value !== undefined && value !== '';

/**
 * The command that opens a URL in the person's browser (xdg-open(1), open(1)); undefined: over SSH, or without a
 * graphical session, no browser can be seen from here.
 */
const openInBrowser = (
	{platform, environment}: Pick<System, 'platform' | 'environment'>,
	{ssh}: Pick<Facts, 'ssh'>,
	url: string,
): Command | undefined => {
	if (ssh) return undefined;
	if (platform === 'darwin') return ['/usr/bin/open', url];
	const isGraphical = isSet(environment['WAYLAND_DISPLAY']) || isSet(environment['DISPLAY']);
	return isGraphical ? ['xdg-open', url] : undefined;
};

/** Whether the program has opened the page; one that is still running is the browser itself. */
const hasOpened = ({exitCode: exit, timedOut}: RunResult): boolean => exit === 0 || timedOut;

/** Opens the page of Vira in the browser, or says how to open it where no browser can be opened. */
const openPage = async (
	{system, signal}: CommandRun,
	output: Output,
	{facts, installation, url = ''}: Status,
): Promise<ExitCode> => {
	const settings = installation.is === 'there' ? installation.settings : undefined;
	// Through a proxy, the page has another URL.
	const command = settings && !proxyFor(settings) ? openInBrowser(system, facts, url) : undefined;
	const result = command && (await untilAborted(system.run(command, {mayOutlive: true}), signal));
	if (result && hasOpened(result)) {
		output.print(`✔ The browser is opening ${url}\n`);
		return exitCode.done;
	}
	if (command && result?.found)
		output.print(`✖ ${command[0]} did not open the browser. ${whyFailed(result)}\n\n`);
	output.print(`${(settings ? openLines(settings, facts) : [`  ${url}`]).join('\n')}\n`);
	return exitCode.unsuitable;
};

interface Job extends Pick<Work, 'what' | 'kind'> {
	readonly runs: (run: CommandRun, output: Output, status: Status) => Promise<ExitCode>;
	/** Whether its first line is all there is to say if it succeeds. */
	readonly isBrief: boolean;
}

const jobs = {
	start: {what: 'Starting Vira', kind: 'changes', runs: start, isBrief: true},
	stop: {what: 'Stopping Vira', kind: 'changes', runs: stop, isBrief: true},
	restart: {what: 'Restarting Vira', kind: 'changes', runs: restart, isBrief: true},
	open: {what: 'Opening the page', kind: 'reads', runs: openPage, isBrief: true},
	logs: {what: 'The log, with new lines as they come', kind: 'follows', runs: logs, isBrief: false},
	doctor: {what: 'Running all checks', kind: 'reads', runs: doctor, isBrief: false},
} as const satisfies Readonly<Record<string, Job>>;

export type JobName = keyof typeof jobs;

export const isJob = (choice: string): choice is JobName => choice in jobs;

const logLines = 200;

/** An output that also keeps what is said, and the first line of the result. */
const keeping = (output: Output) => {
	const said: string[] = [];
	const results: string[] = [];
	const kept: Output = {
		...output,
		print: (text) => {
			said.push(text.trimEnd());
			results.push(text.split('\n', 1)[0] ?? '');
			output.print(text);
		},
		note: (line) => {
			said.push(line);
			output.note(line);
		},
	};
	return {output: kept, said, results};
};

/** What was begun was finished or undone: the output says which. */
const endedEarly = ({kind}: Job, said: readonly string[]): Error =>
	kind === 'changes'
		? new SetupError({message: said.join('\n') || 'Cancelled.', exit: exitCode.cancelled})
		: new Cancelled();

interface JobContext {
	readonly ui: Asking;
	readonly status: Status;
	/** Called when something has changed, while the output is still shown. */
	readonly afterChange: () => Promise<void>;
}

/** Runs a command on the screen; its errors are shown there, too. Resolves with its result in one line, if it is brief. */
export const watchJob = (name: JobName, run: CommandRun, around: JobContext): Promise<string | undefined> => {
	const job: Job = jobs[name];
	const {what, kind, isBrief} = job;
	const use: Work['run'] = async (shown, left) => {
		const {output, said, results} = keeping(shown);
		const signal = left ? AbortSignal.any([run.signal, left]) : run.signal;
		const log = {follow: left !== undefined, lines: logLines, since: undefined};
		let code: ExitCode = exitCode.unexpected;
		try {
			code = await job.runs({...run, signal, request: {...run.request, log}}, output, around.status);
		} catch (error) {
			if (!(error instanceof Cancelled))
				failureLines(failureFrom(error)).forEach((line) => output.note(line));
			else if (!left?.aborted) throw error;
		}
		if (run.signal.aborted) throw endedEarly(job, said);
		if (kind === 'changes') await around.afterChange();
		return isBrief && code === exitCode.done ? results[0] : undefined;
	};
	return around.ui.watch({what, kind, run: use});
};
