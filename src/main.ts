import {failureText, masked} from './ui/error-report.ts';
import {failureFrom} from './platform/machine-failure.ts';
import {exitCode, SetupError, type Failure, type ExitCode} from './errors.ts';
import {jsonText} from './ui/scripted/json-text.ts';
import {outlive, statusWith} from './ui/stdout-errors.ts';
import {realSystem} from './platform/real/real-system.ts';
import {endings, leave} from './platform/real/leave.ts';
import type {Lend} from './platform/system.ts';
import {openSystem} from './simulator/open-system.ts';
import {parseRequest, type Request} from './command-line/request.ts';
import {linesAtSudo} from './ui/words/sudo-prompt.ts';
import {failureDocument} from './ui/scripted/document.ts';
import {outputOf} from './ui/output.ts';
import {scriptedUi} from './ui/scripted/scripted-ui.ts';
import {hasRawMode, needsLines} from './ui/terminal-kind.ts';
import type {Ui} from './ui/ui.ts';
import {endingWith} from './ui/ui.ts';
import {untilAborted} from './platform/until-aborted.ts';
import {unitOwnerOf} from './simulator/unit-owner.ts';
import {untilWritten} from './ui/until-written.ts';
import type {RunnerName} from './commands/runners.ts';
import {setup} from './commands/setup.ts';

// Exported separately, so that a quick answer, which loads little, does not need it.
export {tellLoss} from './ui/stdout-errors.ts';

/** The parts of node:process that the program uses. */
export type Process = Pick<
	NodeJS.Process,
	'argv' | 'env' | 'pid' | 'platform' | 'stdin' | 'stdout' | 'stderr' | 'on' | 'exit'
>;

/** What the whole run shares. */
interface Around {
	readonly version: string;
	/** Aborted when the person, a signal or a bug ends the run early. */
	readonly ending: AbortController;
	/** Text to standard output. */
	readonly print: (text: string) => void;
	/** Which command runs; empty until the arguments are read. */
	readonly ran: {command?: string};
}

const openUi = async (request: Request, process: Process, {version, ending, print}: Around): Promise<Ui> => {
	const {stdin, stdout, stderr, env: environment} = process;
	const simulation = request.simulate !== undefined;
	if (!request.interactive) {
		return scriptedUi({
			print: (line) => print(`${line}\n`),
			report: (line) => stderr.write(`${line}\n`),
			json: request.json,
			misgiven: request.problems,
			consent: request.consent,
			simulation,
			command: request.verb,
		});
	}
	if (!stdin.isTTY || !stdout.isTTY) {
		throw new SetupError({
			message: 'Not an interactive terminal. Use --non-interactive (see --help).',
			exit: exitCode.usage,
		});
	}
	const {signal} = ending;
	const shared = {stdin, stdout, version, simulation, onQuit: () => ending.abort()};
	if (request.plain || needsLines({stdin, environment})) {
		const {plainUi} = await import('./ui/plain/plain-ui.ts');
		signal.throwIfAborted();
		return plainUi({...shared, raw: hasRawMode({stdin, environment}), signal});
	}
	const {inkUi} = await import('./ui/ink/ink-ui.ts');
	signal.throwIfAborted();
	return inkUi({...shared, stderr, environment});
};

/** The command to run if it never asks; undefined: setup, rollback or uninstall, which may ask. */
const runnerFor = ({verb, printCommand}: Request): RunnerName | undefined => {
	if (printCommand) return 'print-command';
	return verb === 'install' || verb === 'rollback' || verb === 'uninstall' || verb === 'completion'
		? undefined
		: verb;
};

/** Commands that only print lines can lend the terminal to sudo, and announce it first. */
const lendLines = ({stdin, stderr}: Process, simulation: boolean): Lend | undefined =>
	stdin.isTTY && stderr.isTTY
		? (command, use) => {
				for (const line of linesAtSudo(command, simulation)) stderr.write(`${line}\n`);
				return use();
			}
		: undefined;

const runVerb = async (
	name: RunnerName,
	request: Request,
	{process, around: {ending, print}}: {readonly process: Process; readonly around: Around},
): Promise<ExitCode> => {
	const {runners} = await import('./commands/runners.ts');
	const lend = request.mayBeAsked ? lendLines(process, request.simulate !== undefined) : undefined;
	const {system, close} = await openSystem(request, realSystem(process, lend), lend);
	try {
		return await runners[name]({request, system, signal: ending.signal}, outputOf(process, print));
	} finally {
		await close();
	}
};

/** Lends the terminal through the front end, once that is open; other work need not wait for it. */
const lendBy =
	(opening: Promise<Ui>): Lend =>
	async (command, use) => {
		const {lend} = await opening;
		return lend ? lend(command, use) : use();
	};

const runOnce = async (
	request: Request,
	process: Process,
	around: Around,
): Promise<ExitCode | 'simulate'> => {
	const {signal} = around.ending;
	const quit = (): void => around.ending.abort();
	const opening = openUi(request, process, around).then((ui) => endingWith(ui, signal));
	// The error is reported where the front end is awaited, which may not be the case yet.
	opening.catch(() => undefined);
	const lend = request.interactive ? lendBy(opening) : undefined;
	const {system, close} = await openSystem(request, realSystem(process, lend), lend);
	// The terminal is gone, so no one can see the rest.
	if (request.interactive) for (const event of ['end', 'close', 'error']) process.stdin.on(event, quit);
	try {
		if (request.verb === 'rollback')
			return await (await import('./commands/rollback.ts')).rollback({request, system, signal}, opening);
		if (request.verb !== 'uninstall') return await setup({request, system, signal}, opening);
		const {uninstall} = await import('./commands/uninstall.ts');
		return await uninstall({request, system, signal}, opening);
	} finally {
		// A failure to open was reported already; after an interruption, a front end that is still loading does not open.
		await untilAborted(opening, signal)
			.then(({close: closeUi}) => closeUi())
			.catch(() => undefined);
		await close();
	}
};

const readRequest = (process: Process): Promise<Request> =>
	parseRequest(process.argv.slice(2), {
		environment: process.env,
		read: async (path) => {
			const {readGiven} = await import('./platform/real/read-given.ts');
			return readGiven(path, process.stdin);
		},
		unitOwner: (machine) => unitOwnerOf(realSystem(process), machine),
	});

const runAll = async (process: Process, around: Around): Promise<ExitCode> => {
	const {signal} = around.ending;
	const request = await untilAborted(readRequest(process), signal);
	around.ran.command = request.verb;
	if (request.shell) {
		const {completionScript} = await import('./command-line/completion/completion-script.ts');
		process.stdout.write(completionScript(request.shell));
		return exitCode.done;
	}
	const quiet = runnerFor(request);
	if (quiet) return runVerb(quiet, request, {process, around});
	const ended = await runOnce(request, process, around);
	if (ended !== 'simulate') return ended;
	const machine = request.simulate ?? (process.platform === 'darwin' ? 'macos' : 'linux');
	// A new machine: a simulated one that cannot run Vira would fail again.
	const again = await runOnce({...request, simulate: machine, simulationFolder: undefined}, process, around);
	return again === 'simulate' ? exitCode.unsuitable : again;
};

/** Runs the program to its end; the only place that prints errors and exits. `early`: it was interrupted already. */
export const main = async (process: Process, version: string, early: AbortSignal): Promise<void> => {
	const {argv, stdin, stdout, stderr} = process;
	const ending = new AbortController();
	let bug: Error | undefined;
	let printed = false;
	const ran: Around['ran'] = {};
	const print = (text: string): void => {
		printed = true;
		stdout.write(text);
	};
	/** After the document was printed, errors go to standard error. */
	const complain = (failure: Failure): void => {
		const simulation = argv.some((word) => /^--(?:simulat|rehears)/u.test(word));
		if (!argv.includes('--json') || printed) stderr.write(failureText(failure));
		else print(jsonText(failureDocument(failure, {command: ran.command, simulation})));
	};
	// A closed terminal, a full disk or a pipe without a reader must not interrupt a change halfway.
	const lost = outlive(stdout);
	for (const stream of [stdin, stderr]) stream.on('error', () => undefined);
	for (const signal of endings) process.on(signal, () => ending.abort());
	if (early.aborted) ending.abort();
	// Whatever the error is, what was started is undone first.
	process.on('uncaughtException', (error) => {
		bug ??= error;
		ending.abort();
	});
	let code: ExitCode;
	try {
		code = await runAll(process, {version, ending, print, ran});
		if (bug !== undefined) throw bug;
	} catch (error) {
		const failure = masked(failureFrom(bug ?? error));
		code = failure.exit;
		complain(failure);
	}
	// Output to a pipe is written in the background; exiting earlier would cut it off.
	const written = await untilWritten(lost(), ending.signal);
	const loss = written?.answer;
	if (loss) stderr.write(failureText(loss));
	const told = new Promise((resolve) => stderr.write('', resolve));
	if ((await untilWritten(told, ending.signal)) && written) await leave(statusWith(loss, code));
	await leave(code === exitCode.done ? exitCode.cancelled : code);
};
