import {failureText, maskedReport} from './ui/error-report.ts';
import {failureFrom} from './platform/run-result.ts';
import {exitCode, SetupError, type ExitCode, untilAborted} from './errors.ts';
import {jsonText} from './ui/scripted/json-text.ts';
import {outlive, statusOnceWritten, processOutput, needsLines} from './ui/output.ts';
import {realSystem} from './platform/real/real-system.ts';
import {endings, leave} from './platform/real/leave.ts';
import {readGiven} from './platform/real/text-files.ts';
import type {Lend} from './platform/system.ts';
import {openSystem, unitOwnerOf} from './simulator/open-system.ts';
import {parseRequest, type Request, type RunEnd} from './command-line/request.ts';
import {lendLines} from './ui/words/phrases.ts';
import {failureDocument} from './ui/scripted/document.ts';
import {scriptedUi} from './ui/scripted/scripted-ui.ts';
import {endingWith, type Ui} from './ui/ui.ts';
import {verboseSystem} from './ui/verbose-system.ts';
import {runners} from './commands/run.ts';

// Exported separately, so that a quick answer, which loads little, does not need it.
export {tellLoss} from './ui/output.ts';

type Process = NodeJS.Process;

/** What the whole run shares. */
interface SharedByRun {
	readonly version: string;
	/** Aborted when the person, a signal or a bug ends the run. */
	readonly ending: AbortController;
	/** Text to standard output. */
	readonly print: (text: string) => void;
	/** Which command runs, once the arguments are read, and whether it has printed something. */
	readonly ran: {command?: string; printed?: boolean};
}

const openUi = async (
	request: Request,
	process: Process,
	{version, ending, print}: SharedByRun,
): Promise<Ui> => {
	const {stdin, stdout, stderr, env: environment} = process;
	const simulation = request.simulate !== undefined;
	if (!request.interactive) {
		const {json, quiet, check, problems: misgiven, consent, requireReady, command} = request;
		return scriptedUi({
			print: (line) => print(`${line}\n`),
			report: (line) => stderr.write(`${line}\n`),
			...{json, quiet, check, misgiven, consent, requireReady, simulation, command},
			signal: ending.signal,
			inTerminal: stdout.isTTY && stderr.isTTY,
		});
	}
	if (!stdin.isTTY || !stdout.isTTY)
		throw new SetupError({
			message: 'Not an interactive terminal. Use --non-interactive (see --help).',
			exit: exitCode.usage,
		});
	const {signal} = ending;
	const shared = {stdin, stdout, version, simulation, onQuit: () => ending.abort()};
	if (request.plain || needsLines({stdin, environment})) {
		const {plainUi} = await import('./ui/plain/plain-ui.ts');
		signal.throwIfAborted();
		return plainUi({...shared, draws: !needsLines({stdin, environment}), signal});
	}
	const {inkUi} = await import('./ui/ink/ink-ui.ts');
	signal.throwIfAborted();
	return inkUi({...shared, stderr, environment});
};

/**
 * Lines between the frames of the wizard would spoil its screen. A form without the saved settings would undo previous
 * answers unseen; a dry run undoes nothing.
 */
const demandLines = (
	{interactive, verbose, ignoreSaved, dryRun, plain}: Request,
	{stdin, stdout, env: environment}: Process,
): void => {
	const flag = verbose ? 'verbose' : ignoreSaved && !dryRun ? 'ignore-saved' : undefined;
	if (!interactive || flag === undefined || !stdin.isTTY || !stdout.isTTY) return;
	if (plain || needsLines({stdin, environment})) return;
	throw new SetupError({
		message: `--${flag} is not valid in the full-screen wizard. Add --plain, or --yes to skip the questions.`,
		exit: exitCode.usage,
	});
};

const lendFor = (request: Request, {stdin, stderr}: Process, opening: Promise<Ui>): Lend | undefined => {
	if (request.interactive)
		return async (command, use) => {
			const {lend} = await opening;
			return lend ? lend(command, use) : use();
		};
	const isAttended = request.mayBeAsked && stdin.isTTY && stderr.isTTY;
	return isAttended
		? lendLines((line) => stderr.write(`${line}\n`), request.simulate !== undefined)
		: undefined;
};

/** Runs a command with its front end on the machine that it is for. */
const runCommand = async (request: Request, process: Process, around: SharedByRun): Promise<RunEnd> => {
	demandLines(request, process);
	const {signal} = around.ending;
	const opening = openUi(request, process, around).then((ui) => endingWith(ui, signal));
	// The error is reported where the front end is awaited, which may not be the case yet.
	opening.catch(() => undefined);
	const lend = lendFor(request, process, opening);
	const {system: machine, close} = await openSystem(request, realSystem(process, lend), lend);
	const system = request.verbose
		? verboseSystem(machine, (line) => process.stderr.write(`${line}\n`))
		: machine;
	// The terminal is gone, so no one can see the rest.
	if (request.interactive)
		for (const event of ['end', 'close', 'error']) process.stdin.on(event, () => around.ending.abort());
	try {
		const run = runners[request.printCommand ? 'print-command' : request.command];
		return await run(
			{request, system, signal},
			{opening, output: processOutput(process, {print: around.print, quiet: request.quiet})},
		);
	} finally {
		// A failure to open was reported already; after an interruption, a front end that is still loading does not open.
		await untilAborted(opening, signal)
			.then(({close: closeUi}) => closeUi())
			.catch(() => undefined);
		await close();
	}
};

const runAll = async (process: Process, around: SharedByRun): Promise<ExitCode> => {
	const reading = parseRequest(process.argv.slice(2), {
		environment: process.env,
		read: (path) => readGiven(path, process.stdin),
		unitOwner: (machine) => unitOwnerOf(realSystem(process), machine),
	});
	const request = await untilAborted(reading, around.ending.signal);
	around.ran.command = request.command;
	const ended = await runCommand(request, process, around);
	if (ended !== 'simulate') return ended;
	const simulate = request.simulate ?? (process.platform === 'darwin' ? 'macos' : 'linux');
	// A new machine: a simulated one that cannot run Vira would fail again.
	const again = await runCommand({...request, simulate, simulationFolder: undefined}, process, around);
	return again === 'simulate' ? exitCode.unsuitable : again;
};

/** Runs the program to its end; the only place that prints errors and exits. `early`: it was interrupted already. */
export const main = async (process: Process, version: string, early: AbortSignal): Promise<void> => {
	const {argv, stdin, stdout, stderr} = process;
	const ending = new AbortController();
	// A closed terminal, a full disk or a pipe without a reader must not interrupt a change halfway.
	const lost = outlive(stdout);
	for (const stream of [stdin, stderr]) stream.on('error', () => undefined);
	for (const signal of endings) process.on(signal, () => ending.abort());
	if (early.aborted) ending.abort();
	let bug: Error | undefined;
	// Whatever the error is, what was started is undone first.
	process.on('uncaughtException', (error) => {
		bug ??= error;
		ending.abort();
	});
	const ran: SharedByRun['ran'] = {};
	const print = (text: string): void => {
		ran.printed = true;
		stdout.write(text);
	};
	let code: ExitCode;
	try {
		code = await runAll(process, {version, ending, print, ran});
		if (bug !== undefined) throw bug;
	} catch (error) {
		const failure = maskedReport(failureFrom(bug ?? error));
		code = failure.exit;
		const simulation = argv.some((word) => /^--(?:simulat|rehears)/u.test(word));
		// After the document was printed, errors go to standard error.
		if (!argv.includes('--json') || ran.printed) stderr.write(failureText(failure));
		else print(jsonText(failureDocument(failure, {command: ran.command, simulation})));
	}
	await leave(await statusOnceWritten(code, stderr, {lost, signal: ending.signal}));
};
