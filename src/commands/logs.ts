import {fixText} from '../notice.ts';
import {exitCode, SetupError, type ExitCode, untilAborted} from '../errors.ts';
import {documentSchema, noticeJson} from '../ui/scripted/json-text.ts';
import {commandText} from '../platform/command-text.ts';
import type {Facts} from '../platform/facts.ts';
import {linesFrom} from '../platform/real/read-output.ts';
import type {Command, RunResult} from '../platform/system.ts';
import {maskLines, maskLooks} from '../settings/secrets/mask-looks.ts';
import {masker} from '../settings/secrets/masker.ts';
import {detect} from '../steps/detect.ts';
import type {Excerpt, LogSource, LogWanted} from '../platform/service-manager/log-source.ts';
import {demandInstallation} from '../steps/health/installation.ts';
import {managerOf} from '../platform/service-manager/registry.ts';
import type {Output} from '../ui/output.ts';
import {forTerminal, printable} from '../ui/text.ts';
import {tell} from '../ui/reports/tell.ts';
import {kindOf, type CommandRun} from '../command-line/request.ts';

interface LoggedService extends CommandRun {
	readonly facts: Facts;
	readonly source: LogSource;
	/** Checks that the log can be read: no output does not mean that it is empty. */
	readonly readLog: () => Promise<Excerpt>;
	/** Hides what looks like a secret, in a document for other programs. */
	readonly mask: (text: string) => string;
}

const findLoggedService = async (run: CommandRun): Promise<LoggedService> => {
	const facts = await detect(run.system);
	const installation = await demandInstallation(run.system, facts);
	const mask = installation.is === 'there' ? masker(installation.settings) : maskLooks;
	const {log: source, readLog} = managerOf(facts);
	return {...run, facts, source, readLog: () => readLog(run.system), mask};
};

const demandShowable = async (subject: LoggedService): Promise<void> => {
	const {source, system} = subject;
	const {log, json} = subject.request;
	const refusal = await source.refuse(log, system);
	if (refusal) throw new SetupError(refusal);
	if (!log.follow) return;
	if (json)
		throw new SetupError({
			message: '--follow is not valid with --json: the document would never end.',
			exit: exitCode.usage,
		});
	// An unreadable log would be followed forever without output.
	const {unreadable, doubtful = false} = await subject.readLog();
	if (unreadable && !doubtful) throw new SetupError(unreadable);
};

/** A log without lines is empty only if it can be read. */
const demandReadable = async ({readLog}: LoggedService): Promise<void> => {
	const {unreadable} = await readLog();
	if (unreadable) throw new SetupError(unreadable);
};

const command = ({source, request, system, signal}: LoggedService): Promise<Command> =>
	source.command(request.log, system, signal);

/** With -n 0, no note that there are no lines. */
const wantsLines = ({request}: LoggedService): boolean => request.log.lines !== 0;

/** Throws the reason why the log could not be read. */
const demandRead = async (result: RunResult, {source, system}: LoggedService): Promise<void> => {
	if (result.exitCode === 0) return;
	const failure = await source.complain(result, system);
	if (failure) throw new SetupError(failure);
};

/** A reader of the document holds all of it in memory, several times. */
const documentBytes = 64 * 2 ** 20;

const tooLong = ({lines, since}: LogWanted): SetupError => {
	const asked = [
		...(since === undefined ? [] : [`--since=${since}`]),
		...(lines === undefined ? [] : ['-n', String(lines)]),
	];
	return new SetupError({
		message: `The log is larger than ${documentBytes / 2 ** 20} MiB: too large for one document.`,
		fixes: [
			{say: 'Use -n to show fewer lines.'},
			{say: 'prints the whole log', command: commandText(['vira-setup', 'logs', ...asked])},
		],
		exit: exitCode.refused,
	});
};

/** One document with all lines. */
const document = async (subject: LoggedService, output: Output): Promise<ExitCode> => {
	const {system, request, source, mask} = subject;
	const limits = {timeoutMs: 60_000, mostBytes: documentBytes};
	const result = await system.run(await command(subject), limits);
	if (result.overflow !== undefined) throw tooLong(request.log);
	await demandRead(result, subject);
	if (result.stdout === '' && wantsLines(subject)) await demandReadable(subject);
	const lines = result.stdout === '' ? [] : maskLines(result.stdout.split('\n').map(printable), mask);
	const kind = kindOf(request);
	const elsewhere = await source.elsewhere(system);
	const told = {
		schema: documentSchema,
		command: 'logs',
		outcome: 'logs',
		...(kind.simulation && {simulation: true}),
		changed: false,
		source: source.name,
		lines,
		warnings: elsewhere ? [noticeJson({...elsewhere, level: 'warning', code: 'log-elsewhere'}, mask)] : [],
	};
	tell({lines: [], document: told}, output, kind);
	return exitCode.done;
};

/** A note on standard error that Vira's output goes elsewhere. */
const noteElsewhere = async ({source, system, mask}: LoggedService, output: Output): Promise<void> => {
	const elsewhere = await source.elsewhere(system);
	if (!elsewhere) return;
	for (const line of [`! ${elsewhere.message}`, ...(elsewhere.fixes ?? []).map((fix) => `  ${fixText(fix)}`)])
		output.note(printable(mask(line)));
};

/** Passes the bytes on, to a terminal without control sequences. Ends when the reader is gone. */
const stream = async (subject: LoggedService, output: Output): Promise<ExitCode> => {
	const {system, request, signal} = subject;
	await noteElsewhere(subject, output);
	const unread = new AbortController();
	const {take, rest} = linesFrom();
	const said = {bytes: 0};
	const pass = async (bytes: Uint8Array): Promise<void> => {
		said.bytes += bytes.length;
		if (!(await output.pass(bytes))) unread.abort();
	};
	const forget = request.log.follow ? await output.whenUnread(() => unread.abort()) : undefined;
	const result = await system.run(await command(subject), {
		timeoutMs: Infinity,
		signal: AbortSignal.any([signal, unread.signal]),
		onOutput: (bytes) => pass(output.isTerminal ? forTerminal(take(bytes)) : bytes),
	});
	forget?.();
	if (output.isTerminal) await pass(forTerminal(rest()));
	// As with tail and journalctl, Ctrl-C ends it without a message.
	if (signal.aborted) return exitCode.cancelled;
	if (unread.signal.aborted) return exitCode.done;
	await demandRead(result, subject);
	if (said.bytes > 0 || !wantsLines(subject)) return exitCode.done;
	await demandReadable(subject);
	output.note(request.log.since === undefined ? 'The log is empty.' : 'The log has no lines since then.');
	return exitCode.done;
};

/** Shows the service's log. Changes nothing. */
export const logs = async (run: CommandRun, output: Output): Promise<ExitCode> => {
	const subject = await untilAborted(findLoggedService(run), run.signal);
	await untilAborted(demandShowable(subject), run.signal);
	return run.request.json ? untilAborted(document(subject, output), run.signal) : stream(subject, output);
};
