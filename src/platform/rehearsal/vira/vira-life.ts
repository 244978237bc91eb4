import {posix} from 'node:path';
import type {Machine} from '../machine.ts';
import type {Behaviour, MachineState, PlayedVira, ViraProcess} from '../machine-state.ts';
import {whyNotBound} from '../network.ts';
import {readViraWords} from './vira-grammar.ts';
import {openViraState, ViraFailure} from './vira-state.ts';

/** The simulated Vira that a program is, by whatever path: an installed one, or one that Nix has built. */
export const viraAt = async ({state, files}: Machine, program: string): Promise<PlayedVira | undefined> => {
	const asked = (await files.inspect(program))?.realPath;
	if (asked === undefined) return undefined;
	const installed = [...(state.vira ? [state.vira] : []), ...state.otherViras];
	const places = await Promise.all(installed.map(({path}) => files.inspect(path)));
	return state.built[asked] ?? installed.find((_, index) => places[index]?.realPath === asked);
};

/** A Vira that a service manager has started, whichever one it was. */
export interface StartedVira {
	readonly process: ViraProcess;
	/** Writes to its standard error. */
	readonly says: (text: string) => Promise<void>;
	readonly listens: (where: NonNullable<ViraProcess['listens']>) => void;
}

/** How a Vira began: it serves, or it ended with this exit status. */
export type Beginning = {readonly serves: Behaviour} | {readonly endsWith: number};

const bind = ({state}: Machine, values: ReadonlyMap<string, string>, vira: PlayedVira) => {
	const host = values.get('--host') ?? '0.0.0.0';
	const port = Number(values.get('--port') ?? 5005);
	const why = whyNotBound(state, host, port);
	if (why !== undefined) throw new ViraFailure(`vira: Network.Socket.bind: ${why}`);
	const https = !values.has('--no-https');
	return {host, port, https, answers: vira.behaviour !== 'never-answers'};
};

const serve = async (machine: Machine, {process, says, listens}: StartedVira): Promise<PlayedVira> => {
	const vira = await viraAt(machine, process.program);
	if (!vira) throw new ViraFailure('The program is gone.');
	if (vira.behaviour === 'exits-at-once') throw new ViraFailure('vira: something is wrong with this Vira');
	const asked = readViraWords(process.arguments);
	if (asked.does === 'refuse') throw new ViraFailure(asked.text);
	if (asked.does !== 'web') throw new Error(`The rehearsal does not play a service of: vira ${asked.does}`);
	const {values} = asked;
	await openViraState(machine, {
		folder: posix.resolve(process.folder, values.get('--state-dir') ?? './state'),
		vira,
		autoReset: values.has('--auto-reset-state'),
		importFile: values.get('--import'),
		https: !values.has('--no-https') && !values.has('--tls-cert'),
	});
	const where = bind(machine, values, vira);
	listens(where);
	await says(`Launching at ${where.https ? 'https' : 'http'}://${where.host}:${where.port}`);
	return vira;
};

/** Lets a Vira that was started begin to serve. */
export const beginVira = async (machine: Machine, started: StartedVira): Promise<Beginning> => {
	try {
		const {behaviour} = await serve(machine, started);
		return {serves: behaviour};
	} catch (error) {
		if (!(error instanceof ViraFailure)) throw error;
		await started.says(error.message);
		return {endsWith: 1};
	}
};

/** How long a Vira of the behaviour `dies-after-a-second` serves. */
export const shortLifeMs = 1000;

/** Lets a Vira that serves come to a bad end, with this exit status. */
export const killVira = async ({says}: StartedVira): Promise<number> => {
	await says('vira: thread blocked indefinitely in an STM transaction');
	return 1;
};

/** The signals that a service manager ends it with; any other that ends a process does to it what SIGTERM does. */
export type EndingSignal = 'SIGINT' | 'SIGTERM';

/** As the system numbers them (signal(7)). */
export const signalNumbers: Readonly<Record<EndingSignal, number>> = {SIGINT: 2, SIGTERM: 15};

/** Lets it end: at SIGINT it writes a checkpoint first, at SIGTERM it ends without a word. Either way by that signal. */
export const endVira = async ({says}: StartedVira, signal: EndingSignal): Promise<void> => {
	if (signal === 'SIGINT') await says('Creating checkpoint before closing...');
};

const platformOf = ({mac}: MachineState): string =>
	mac ? `${mac.architecture === 'arm64' ? 'aarch64' : 'x86_64'}-darwin` : 'x86_64-linux';

/** What `vira info` prints. */
export const viraInfo = ({state}: Machine, vira: PlayedVira): string =>
	[
		`Vira version: ${vira.version}`,
		'Git revision: 5f2c1d7e',
		`Hostname: ${state.hostName}`,
		`Platform: ${platformOf(state)}`,
		`Schema version: ${vira.schema}`,
	].join('\n');
