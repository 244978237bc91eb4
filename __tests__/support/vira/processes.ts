import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {connect, createServer} from 'node:net';
import {afterTest} from '../after-test.ts';

export interface Start {
	readonly environment?: Readonly<Record<string, string>>;
	readonly input?: string;
}

export interface Ended {
	readonly status: number | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface Running {
	readonly process: ChildProcess;
	readonly output: () => Omit<Ended, 'status'>;
	readonly ended: Promise<Ended>;
	readonly stop: (signal?: NodeJS.Signals) => Promise<Ended>;
}

/** Starts a JavaScript program with this Node, so that it needs no PATH. */
export const begin = (program: string, given: readonly string[], start: Start = {}): Running => {
	const env = start.environment ?? process.env;
	const child = spawn(process.execPath, [program, ...given], {stdio: 'pipe', env});
	afterTest(() => child.kill('SIGKILL'));
	const heard = {stdout: '', stderr: ''};
	child.stdout.setEncoding('utf8').on('data', (text: string) => void (heard.stdout += text));
	child.stderr.setEncoding('utf8').on('data', (text: string) => void (heard.stderr += text));
	// A program that refuses its arguments exits before it reads.
	child.stdin.on('error', () => undefined).end(start.input ?? '');
	const ended = once(child, 'close').then(([status]): Ended => ({status: status as number | null, ...heard}));
	const stop = async (signal: NodeJS.Signals = 'SIGTERM'): Promise<Ended> => {
		child.kill(signal);
		return ended;
	};
	return {process: child, output: () => heard, ended, stop};
};

export const run = async (program: string, given: readonly string[], start?: Start): Promise<Ended> =>
	begin(program, given, start).ended;

/** Waits until the program's stdout holds the text; fails when the program ends first. */
export const saying = async (text: string, running: Running): Promise<Running> => {
	const said = new Promise<void>((resolve) => {
		running.process.stdout?.on('data', () => {
			if (running.output().stdout.includes(text)) resolve();
		});
	});
	await Promise.race([said, running.ended.then((ended) => failedWith(ended))]);
	return running;
};

const failedWith = (ended: Ended): never => {
	throw new Error(`The program ended: ${JSON.stringify(ended)}`);
};

/** Whether a program listens there. */
export const isAccepted = async (host: string, port: number): Promise<boolean> =>
	new Promise((resolve) => {
		const socket = connect({host, port});
		socket.once('error', () => resolve(false));
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
	});

/** Waits until `vira web` accepts connections, which is a moment after it says "Launching". */
export const accepting = async (at: {host: string; port: number}, running: Running): Promise<Running> => {
	await saying('Launching at', running);
	while (!(await isAccepted(at.host, at.port))) {
		if (running.process.exitCode !== null) failedWith(await running.ended);
	}
	return running;
};

/** A free port; undefined if the machine has no such address. */
export const freePort = async (host: string): Promise<number | undefined> => {
	const server = createServer();
	const isBound = await new Promise<boolean>((resolve) => {
		server.once('error', () => resolve(false));
		server.listen(0, host, () => resolve(true));
	});
	if (!isBound) return undefined;
	const address = server.address();
	await new Promise((resolve) => server.close(resolve));
	return typeof address === 'object' ? address?.port : undefined;
};
