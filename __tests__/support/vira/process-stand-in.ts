import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {closeSync, mkdirSync, openSync, readFileSync, statSync, writeFileSync} from 'node:fs';
import {request} from 'node:http';
import {createServer} from 'node:net';
import {dirname, join} from 'node:path';
import {setImmediate} from 'node:timers/promises';
import {afterTest} from '../after-test.ts';
import {freePort, isAccepted} from './processes.ts';
import type {Heard, StandIn} from './stand-in.ts';
import type {Workshop} from './workshop.ts';

interface Started {
	readonly heard: () => Heard;
	/** Whether it has ended. */
	readonly isOver: () => boolean;
	readonly ended: Promise<unknown>;
	readonly kill: (signal: NodeJS.Signals) => void;
}

/** Both outputs go to files: what was written before a process answers is there when it does. */
const start = (command: readonly string[], folder: string, input: string): Started => {
	const [stdout, stderr] = [join(folder, 'stdout'), join(folder, 'stderr')];
	const outputs = [stdout, stderr].map((path) => openSync(path, 'w'));
	const child = spawn(process.execPath, command, {stdio: ['pipe', ...outputs]});
	for (const output of outputs) closeSync(output);
	afterTest(() => child.kill('SIGKILL'));
	child.stdin?.on('error', () => undefined).end(input);
	return {
		heard: () => ({
			status: child.exitCode,
			signal: child.signalCode,
			stdout: readFileSync(stdout, 'utf8'),
			stderr: readFileSync(stderr, 'utf8'),
		}),
		isOver: () => child.exitCode !== null || child.signalCode !== null,
		ended: once(child, 'exit'),
		kill: (signal) => child.kill(signal),
	};
};

const statusOf = async (url: string): Promise<number | undefined> =>
	new Promise((resolve, reject) => {
		const asked = request(url, {agent: false}, (response) => resolve(response.resume().statusCode));
		asked.once('error', reject).end();
	});

/** The process that stands in for Vira, with a state and a port of its own. */
export const processStandIn = async ({newFolder, viraThat}: Workshop): Promise<StandIn> => {
	const folder = newFolder();
	const state = join(folder, 'state');
	const port = (await freePort('127.0.0.1')) ?? 0;
	let program = viraThat({});
	let serving: Started | undefined;
	let isTaken = false;

	const real = (text: string): string => text.replaceAll('STATE', state).replaceAll('PORT', String(port));
	const named = (text: string): string =>
		text
			.replaceAll(state, 'STATE')
			.replaceAll(String(port), 'PORT')
			.replaceAll(/^(\u001b\[\d+m)?\d\d:\d\d (?=\S+ +[A-Z]+ \[)/gmu, '$1TIME ');
	const heardOf = ({heard}: Started): Heard => {
		const {stdout, stderr, ...how} = heard();
		return {...how, stdout: named(stdout), stderr: named(stderr)};
	};
	const started = (words: string, input = ''): Started =>
		start([program, ...real(words).split(' ')], newFolder(), input);

	return {
		run: async (words, input) => {
			const run = started(words, input);
			await run.ended;
			return heardOf(run);
		},
		begin: async (words) => {
			const run = started(words);
			const host = words.includes('::1') ? '::1' : '127.0.0.1';
			while (!run.isOver() && (isTaken || !(await isAccepted(host, port)))) await setImmediate();
			serving = run;
			return heardOf(run);
		},
		end: async (signal) => {
			if (!serving) throw new Error('Nothing serves.');
			serving.kill(signal);
			await serving.ended;
			return heardOf(serving);
		},
		read: async (path) => {
			try {
				return readFileSync(real(path), 'utf8');
			} catch {
				return undefined;
			}
		},
		write: async (path, text) => {
			mkdirSync(dirname(real(path)), {recursive: true});
			writeFileSync(real(path), text);
		},
		mode: async (path) => (statSync(real(path)).mode & 0o777).toString(8),
		takePort: async () => {
			const other = createServer().listen(port, '127.0.0.1');
			afterTest(() => other.close());
			await once(other, 'listening');
			isTaken = true;
		},
		ask: async (path) => statusOf(`http://127.0.0.1:${port}${path}`),
		behave: async (mode) => {
			program = viraThat({mode});
		},
	};
};
