import {spawn} from 'node:child_process';

/** How a command ended. */
export interface Outcome {
	exitCode: number;
	stdout: string;
	stderr: string;
}

export interface CommandOptions {
	/** The whole environment of the command; without it the environment of this process. */
	env?: NodeJS.ProcessEnv;
	/** What the command reads from its standard input; without it that is empty. */
	input?: string | Buffer;
	timeoutMs?: number;
	/** How an error names the command, if its words would be too long. */
	named?: readonly string[];
}

const defaultTimeoutMs = 60_000;

/** Runs a command on this host to its end; only one that cannot start or runs too long is an error. */
export function runCommand(argv: readonly string[], options: CommandOptions = {}): Promise<Outcome> {
	const {env = process.env, input, timeoutMs = defaultTimeoutMs, named = argv} = options;
	const [program = '', ...words] = argv;
	return new Promise((resolve, reject) => {
		// A process group of its own: at the time limit su and what it started have to go together.
		const child = spawn(program, words, {env, detached: true});
		const stdout: Buffer[] = [];
		const stderr: Buffer[] = [];
		let isLate = false;
		const limit = setTimeout(() => {
			isLate = true;
			killGroup(child.pid);
		}, timeoutMs);
		child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
		child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
		child.stdin.on('error', ignoreClosedPipe);
		child.stdin.end(input ?? '');
		child.on('error', (error) => {
			clearTimeout(limit);
			reject(error);
		});
		child.on('close', (code) => {
			clearTimeout(limit);
			const outcome = {exitCode: code ?? -1, stdout: textOf(stdout), stderr: textOf(stderr)};
			if (isLate) reject(new Error(described(named, `did not end within ${timeoutMs} ms`, outcome)));
			else resolve(outcome);
		});
	});
}

/** Runs a command whose failure is an error, and gives what it printed. */
export async function demandCommand(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
	const outcome = await runCommand(argv, options);
	if (outcome.exitCode !== 0) {
		throw new Error(described(options.named ?? argv, `ended with exit status ${outcome.exitCode}`, outcome));
	}
	return outcome.stdout;
}

/** The last lines of a long output, for an error message. */
export function lastLines(text: string, count = 15): string {
	return text.trimEnd().split('\n').slice(-count).join('\n');
}

function described(argv: readonly string[], ending: string, {stdout, stderr}: Outcome): string {
	return `${argv.join(' ')}: ${ending}\n${lastLines(stdout)}\n${lastLines(stderr)}`.trimEnd();
}

function killGroup(leader: number | undefined): void {
	if (leader === undefined) return;
	try {
		process.kill(-leader, 'SIGKILL');
	} catch {
		// It exited on its own in the meantime.
	}
}

function ignoreClosedPipe(): void {
	// A command may exit without reading its input; its exit status says what that means.
}

function textOf(chunks: Buffer[]): string {
	return Buffer.concat(chunks).toString('utf8');
}
