import {mkdirSync, readFileSync} from 'node:fs';
import type {RequestListener} from 'node:http';
import {join} from 'node:path';
import {linesBeforeBind} from '../../../src/simulator/vira/vira-log.ts';
import {ghFailure, notOpened} from '../../../src/simulator/vira/vira-words.ts';
import type {Behaviour} from './behaviour.ts';
import {makeCacheKeys} from './cache-keys.ts';
import {valueOf, type Values} from './command-line.ts';
import {Failure} from './failure.ts';
import {logLines} from './log.ts';
import {answersFor} from './pages.ts';
import {listening, serverFor} from './server.ts';
import {atInterrupt, forever} from './signals.ts';
import type {State} from './state.ts';
import {hasOwnPair, ownPair, readPair, type TlsPair} from './tls-pair.ts';

export interface Serving {
	readonly values: Values;
	readonly behaviour: Behaviour;
}

const importGiven = (state: State, file: string | undefined): void => {
	if (file === undefined) return;
	let json: string;
	try {
		json = readFileSync(file, 'utf8');
	} catch {
		throw new Failure(notOpened(file));
	}
	state.importFrom(json, file);
};

const givenPair = (values: Values): readonly [string, string] | undefined => {
	const certificate = values.get('--tls-cert');
	const key = values.get('--tls-key');
	return certificate === undefined || key === undefined ? undefined : [certificate, key];
};

const pairFor = (values: Values): TlsPair | undefined => {
	if (values.has('--no-https')) return undefined;
	const given = givenPair(values);
	return given ? readPair(...given) : ownPair(valueOf(values, '--state-dir'));
};

const certificateOf = (values: Values): 'there' | 'made' | 'given' | 'none' => {
	if (values.has('--no-https')) return 'none';
	if (givenPair(values)) return 'given';
	return hasOwnPair(valueOf(values, '--state-dir')) ? 'there' : 'made';
};

const requestsAnswered = (state: State, {values, behaviour}: Serving): RequestListener => {
	if (behaviour.mode === 'hangs-on-request') return () => undefined;
	return answersFor({
		user: process.env['USER'] ?? 'unknown',
		basePath: valueOf(values, '--base-path'),
		repositories: state.repositories,
		status: behaviour.mode === 'answers-500' ? 500 : undefined,
	});
};

const dieInASecond = (): void => {
	setTimeout(() => {
		process.stderr.write('vira: internal error: stack overflow\n');
		process.exit(1);
	}, 1000);
};

const printStart = (state: State, values: Values): void => {
	const stateFolder = valueOf(values, '--state-dir');
	const scheme = values.has('--no-https') ? 'http' : 'https';
	const lines = linesBeforeBind({
		stateFolder,
		repositories: Object.keys(state.repositories()).sort(),
		retentionDays: valueOf(values, '--job-retention-days'),
		url: `${scheme}://${valueOf(values, '--host')}:${valueOf(values, '--port')}`,
		hasKeys: !makeCacheKeys(stateFolder),
		certificate: certificateOf(values),
	});
	logLines(lines, valueOf(values, '--log-level'));
};

/** Serves until a signal ends the process. */
export const serve = async (state: State, serving: Serving): Promise<never> => {
	const {values, behaviour} = serving;
	atInterrupt(state.close);
	importGiven(state, values.get('--import'));
	mkdirSync(join(valueOf(values, '--state-dir'), 'workspace'), {recursive: true});
	if (behaviour.mode === 'gh-fails') throw new Failure(ghFailure);
	printStart(state, values);
	const server = serverFor(requestsAnswered(state, serving), pairFor(values));
	if (behaviour.mode !== 'never-answers') {
		await listening(server, valueOf(values, '--host'), Number(valueOf(values, '--port')));
	}
	if (behaviour.mode === 'dies-after-a-second') dieInASecond();
	return forever();
};
