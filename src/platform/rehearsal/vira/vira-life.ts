import {posix} from 'node:path';
import type {Machine} from '../machine.ts';
import type {Behaviour, MachineState, PlayedVira, ViraProcess} from '../machine-state.ts';
import {bindOn} from '../network.ts';
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
	const bound = bindOn(state, host, port);
	if ('why' in bound) throw new ViraFailure(`vira: Network.Socket.bind: ${bound.why}`);
	const https = !values.has('--no-https');
	const {behaviour} = vira;
	return {
		...{host, ...bound, port, https, answers: behaviour !== 'never-answers'},
		...(behaviour === 'answers-500' && {status: 500}),
	};
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

/** Vira's own end after SIGTERM: it writes a checkpoint first. */
export const endVira = ({says}: StartedVira): Promise<void> => says('Checkpoint written, shutting down');

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
