import {posix} from 'node:path';
import {log} from '../systemd/journal.ts';
import {changeUnit, schedule, unitOf, type Machine} from '../machine.ts';
import type {PlayedVira, ViraProcess} from '../machine-state.ts';
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

const viraSays = (machine: Machine, unit: string, text: string): void =>
	log(machine, unit, {by: 'vira', pid: unitOf(machine, unit).mainPid, text});

const bind = ({state}: Machine, values: ReadonlyMap<string, string>, vira: PlayedVira) => {
	const host = values.get('--host') ?? '0.0.0.0';
	const port = Number(values.get('--port') ?? 5005);
	const why = whyNotBound(state, host, port);
	if (why !== undefined) throw new ViraFailure(`vira: Network.Socket.bind: ${why}`);
	const https = !values.has('--no-https');
	return {host, port, https, answers: vira.behaviour !== 'never-answers'};
};

const serve = async (machine: Machine, unit: string, process: ViraProcess): Promise<PlayedVira> => {
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
	const listens = bind(machine, values, vira);
	changeUnit(machine, unit, {process: {...process, listens}});
	viraSays(
		machine,
		unit,
		`Launching at ${listens.https ? 'https' : 'http'}://${listens.host}:${listens.port}`,
	);
	return vira;
};

/** Lets a Vira that was started begin to serve; its exit status where it ends instead. */
export const beginVira = async (machine: Machine, unit: string): Promise<number | undefined> => {
	const {process, mainPid} = unitOf(machine, unit);
	if (!process) return undefined;
	try {
		const {behaviour} = await serve(machine, unit, process);
		if (behaviour === 'dies-after-a-second')
			schedule(machine, {at: machine.state.clock + 1000, does: 'vira-dies', unit, pid: mainPid});
		return undefined;
	} catch (error) {
		if (!(error instanceof ViraFailure)) throw error;
		viraSays(machine, unit, error.message);
		return 1;
	}
};

/** Lets a Vira that serves come to a bad end. */
export const killVira = (machine: Machine, unit: string): number => {
	viraSays(machine, unit, 'vira: thread blocked indefinitely in an STM transaction');
	return 1;
};

/** Vira's own end after SIGTERM: it writes a checkpoint first. */
export const endVira = (machine: Machine, unit: string): void =>
	viraSays(machine, unit, 'Checkpoint written, shutting down');

/** What `vira info` prints. */
export const viraInfo = ({state}: Machine, vira: PlayedVira): string =>
	[
		`Vira version: ${vira.version}`,
		'Git revision: 5f2c1d7e',
		`Hostname: ${state.hostName}`,
		'Platform: x86_64-linux',
		`Schema version: ${vira.schema}`,
	].join('\n');
