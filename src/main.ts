import {CommanderError} from 'commander';
import {Cancelled, exitCode, SetupError, type Complaint, type ExitCode} from './errors.ts';
import {realSystem, readStandardInput, throwawayFolder} from './platform/real-system.ts';
import type {Stage} from './platform/rehearsal/rehearsal.ts';
import type {System} from './platform/system.ts';
import {parseRequest, type Request, type SimulatedMachine} from './request.ts';
import {maskLooks} from './settings/secret-looks.ts';
import {printable} from './ui/printable.ts';
import {failureDocument} from './ui/scripted/document.ts';
import {scriptedUi} from './ui/scripted/scripted-ui.ts';
import {hasRawMode, needsLines} from './ui/terminal-kind.ts';
import type {Ui} from './ui/ui.ts';
import {endingWith} from './ui/until-aborted.ts';
import {exportSettings} from './verbs/export.ts';
import {setup} from './verbs/setup.ts';

/** The parts of node:process that the program uses. */
export type Process = Pick<
	NodeJS.Process,
	'argv' | 'env' | 'pid' | 'platform' | 'stdin' | 'stdout' | 'stderr' | 'on' | 'exit'
>;

const unexpected = (error: unknown): Complaint => ({
	what: 'Something went wrong that should not have: this is a mistake in vira-setup.',
	why: error instanceof Error ? (error.stack ?? error.message) : String(error),
	code: exitCode.unexpected,
});

const complaintOf = (error: unknown): Complaint => {
	if (error instanceof SetupError) return error.complaint;
	if (error instanceof Cancelled) return {what: 'Cancelled. Nothing was changed.', code: exitCode.cancelled};
	return unexpected(error);
};

/** Words of a person, and of others, are quoted in it. */
const masked = ({what, why, next, log, code}: Complaint): Complaint => ({
	what: maskLooks(what),
	...(why !== undefined && {why: maskLooks(why)}),
	...(next && {next: next.map(maskLooks)}),
	...(log && {log: log.map(maskLooks)}),
	code,
});

const complaintText = ({what, why, next, log, code}: Complaint): string =>
	[
		code === exitCode.cancelled ? what : `vira-setup: ${what}`,
		...(why ? [why] : []),
		...(log ?? []).map((line) => `  ${line}`),
		...(next ?? []).map((line) => `  ${line}`),
		'',
	]
		.flatMap((line) => line.split('\n'))
		.map(printable)
		.join('\n');

const openUi = async (
	request: Request,
	process: Process,
	around: {readonly version: string; readonly quit: () => void; readonly signal: AbortSignal},
): Promise<Ui> => {
	const {stdin, stdout, stderr, env: environment} = process;
	const rehearsal = request.rehearse !== undefined;
	if (!request.interactive) {
		return scriptedUi({
			print: (line) => stdout.write(`${line}\n`),
			report: (line) => stderr.write(`${line}\n`),
			json: request.json,
			misgiven: request.problems,
			consent: request.consent,
			rehearsal,
		});
	}
	if (!stdin.isTTY || !stdout.isTTY) {
		throw new SetupError({
			what: 'This is no terminal to ask in: use --non-interactive, with --help for what can be given.',
			code: exitCode.usage,
		});
	}
	const {version, quit: onQuit, signal} = around;
	const shared = {stdin, stdout, version, rehearsal, onQuit};
	if (request.plain || needsLines({stdin, environment})) {
		const {plainUi} = await import('./ui/plain/plain-ui.ts');
		return plainUi({...shared, raw: hasRawMode({stdin, environment}), signal});
	}
	const {inkUi} = await import('./ui/ink/ink-ui.ts');
	return inkUi({...shared, stderr, environment});
};

const rehearsed = async (machine: SimulatedMachine, stage: Stage): Promise<System> => {
	if (machine === 'linux') {
		const {rehearsalLinux} = await import('./platform/rehearsal/rehearsal-linux.ts');
		return rehearsalLinux(stage);
	}
	const [{rehearsalMac}, {macPresets}] = await Promise.all([
		import('./platform/rehearsal/rehearsal-mac.ts'),
		import('./platform/rehearsal/launchd/fresh-mac.ts'),
	]);
	return rehearsalMac({...stage, state: machine === 'macos' ? macPresets.desktop : macPresets.headless});
};

const openSystem = async (
	request: Request,
	real: System,
): Promise<{readonly system: System; readonly close: () => Promise<void>}> => {
	if (request.rehearse === undefined) return {system: real, close: async () => undefined};
	const kept = request.rehearsalFolder;
	const folder = kept ?? (await throwawayFolder());
	const pace = request.interactive ? 'lifelike' : 'instant';
	const stage = {files: real, folder, pace, wait: (ms: number) => real.sleep(ms)} as const;
	const system = await rehearsed(request.rehearse, stage);
	return {
		system,
		close: () => (kept === undefined ? real.deleteFolder(folder, {withContents: true}) : Promise.resolve()),
	};
};

const runExport = async (request: Request, {stdout, stderr}: Process, real: System): Promise<ExitCode> => {
	const {system, close} = await openSystem(request, real);
	try {
		return await exportSettings(
			{request, system},
			{
				print: (text) => stdout.write(text),
				note: (line) => stderr.write(`${line}\n`),
				isTerminal: stdout.isTTY,
			},
		);
	} finally {
		await close();
	}
};

const runOnce = async (
	request: Request,
	process: Process,
	version: string,
): Promise<ExitCode | 'rehearse'> => {
	const ending = new AbortController();
	const quit = (): void => ending.abort();
	for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, quit);
	const {signal} = ending;
	const ui = endingWith(await openUi(request, process, {version, quit, signal}), signal);
	const {system, close} = await openSystem(request, realSystem(process));
	// Nobody is there to see how it goes on.
	if (request.interactive) for (const event of ['end', 'close', 'error']) process.stdin.on(event, quit);
	try {
		return await setup({request, system, signal}, ui);
	} finally {
		ui.close();
		await close();
	}
};

const runAll = async (process: Process, version: string): Promise<ExitCode> => {
	const around = {
		version,
		environment: process.env,
		read: (path: string) =>
			path === '-' ? readStandardInput(process.stdin) : realSystem(process).readFile(path),
	};
	const request = await parseRequest(process.argv.slice(2), around);
	if (request.verb === 'export') return runExport(request, process, realSystem(process));
	const ended = await runOnce(request, process, version);
	if (ended !== 'rehearse') return ended;
	const again = await runOnce(
		{...request, rehearse: process.platform === 'darwin' ? 'macos' : 'linux'},
		process,
		version,
	);
	return again === 'rehearse' ? exitCode.unsuitable : again;
};

/** A terminal that was closed, or a pipe that nobody reads any more, must not end a change half-way. */
const outliveOutput = ({stdin, stdout, stderr}: Process): void => {
	for (const stream of [stdin, stdout, stderr]) stream.on('error', () => undefined);
};

/** Runs the program to its end: the one place that prints errors and exits. */
export const main = async (process: Process, version: string): Promise<void> => {
	let code: ExitCode = exitCode.done;
	outliveOutput(process);
	try {
		code = await runAll(process, version);
	} catch (error) {
		if (!(error instanceof CommanderError)) {
			const complaint = masked(complaintOf(error));
			code = complaint.code;
			const json = process.argv.includes('--json');
			if (json) process.stdout.write(`${JSON.stringify(failureDocument(complaint), undefined, 2)}\n`);
			else process.stderr.write(complaintText(complaint));
		}
	}
	// Output to a pipe is written in the background; leaving before it is done would cut it off.
	process.stdout.write('', () => process.stderr.write('', () => process.exit(code)));
};
