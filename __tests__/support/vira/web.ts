import {readFileSync} from 'node:fs';
import type {RequestListener} from 'node:http';
import type {Behaviour, Mode} from './behaviour.ts';
import {makeCacheKeys} from './cache-keys.ts';
import {valueOf, type Values} from './command-line.ts';
import {Failure, reasonOf} from './failure.ts';
import type {Log} from './log.ts';
import {answersFor} from './pages.ts';
import {close, listening, serverFor} from './server.ts';
import type {State} from './state.ts';
import {ownPair, readPair, type TlsPair} from './tls-pair.ts';

export interface Serving {
	readonly values: Values;
	readonly behaviour: Behaviour;
	readonly log: Log;
	readonly stopRequested: Promise<string>;
}

const importGiven = (state: State, file: string | undefined): void => {
	if (file === undefined) return;
	let json: string;
	try {
		json = readFileSync(file, 'utf8');
	} catch (error) {
		throw new Failure(`Import failed: ${reasonOf(error)}`);
	}
	state.importFrom(json);
};

const pairFor = (values: Values): TlsPair | undefined => {
	if (values.has('--no-https')) return undefined;
	const certificate = values.get('--tls-cert');
	const key = values.get('--tls-key');
	if (certificate === undefined || key === undefined) return ownPair(valueOf(values, '--state-dir'));
	return readPair(certificate, key);
};

const requestsAnswered = (values: Values, state: State, mode: Mode): RequestListener => {
	if (mode === 'hangs-on-request') return () => undefined;
	const user = process.env['USER'] ?? 'unknown';
	return answersFor({user, basePath: valueOf(values, '--base-path'), repositories: state.repositories});
};

const dieInASecond = (): void => {
	setTimeout(() => {
		process.stderr.write('vira: internal error: stack overflow\n');
		process.exit(1);
	}, 1000);
};

/** Serves until it is asked to stop, then checkpoints the state. */
export const serve = async (
	state: State,
	{values, behaviour, log, stopRequested}: Serving,
): Promise<void> => {
	const host = valueOf(values, '--host');
	const port = Number(valueOf(values, '--port'));
	importGiven(state, values.get('--import'));
	makeCacheKeys(valueOf(values, '--state-dir'));
	const server = serverFor(requestsAnswered(values, state, behaviour.mode), pairFor(values));
	server.on('request', ({method, url}) => log('Debug', `${method ?? ''} ${url ?? ''}`));
	const scheme = values.has('--no-https') ? 'http' : 'https';
	process.stdout.write(`Launching at ${scheme}://${host}:${port}\n`);
	if (behaviour.mode !== 'never-answers') await listening(server, host, port);
	if (behaviour.mode === 'dies-after-a-second') dieInASecond();
	const signal = await stopRequested;
	close(server);
	state.checkpoint();
	log('Info', `${signal}: the state is checkpointed`);
};
