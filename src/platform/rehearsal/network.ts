import type {Answer, ListenTrouble, RunResult} from '../system.ts';
import type {Machine} from './machine.ts';
import type {MachineState, ViraProcess} from './machine-state.ts';
import {processesOf} from './processes.ts';
import {failed, said} from './result.ts';
import {viraPage} from './vira/vira-pages.ts';
import {unknownCommand} from './words.ts';

interface Listener {
	readonly host: string;
	readonly port: number;
	readonly program: string;
	readonly pid: number;
	readonly https: boolean;
	readonly answers: boolean;
	/** Of a Vira. */
	readonly process?: ViraProcess;
	/** What every page answers with, whatever is asked for. */
	readonly status?: number;
}

const everyAddress = ['0.0.0.0', '::', '*'];

const withoutBrackets = (host: string): string => host.replace(/^\[(.*)\]$/u, '$1');

const isLoopback = (host: string): boolean =>
	host.toLowerCase() === 'localhost' || host === '::1' || host.startsWith('127.');

const isOwn = (host: string, {addresses, hostName}: MachineState): boolean =>
	isLoopback(host) || host === hostName || addresses.includes(host);

const meet = (one: string, other: string): boolean =>
	one === other || everyAddress.includes(one) || (isLoopback(one) && isLoopback(other));

const listeners = (state: MachineState): readonly Listener[] => [
	...state.listeners.map((one) => ({...one, pid: 900, host: '0.0.0.0', https: false, answers: true})),
	...processesOf(state).flatMap(({pid, process}) =>
		process.listens ? [{...process.listens, pid, program: 'vira', process}] : [],
	),
];

/** What keeps a program from listening there; undefined where nothing does. */
export const listenTrouble = (state: MachineState, host: string, port: number): ListenTrouble | undefined => {
	if (!everyAddress.includes(host) && !isOwn(host, state))
		return /^[\d.]+$|:/u.test(host) ? 'not-ours' : 'unknown-name';
	const taken = listeners(state).some(
		(one) => one.port === port && (meet(one.host, host) || everyAddress.includes(host)),
	);
	if (taken) return 'in-use';
	// Since macOS 10.14, everybody may listen on every address at once, whatever the port.
	const isFree = port >= 1024 || (state.mac !== undefined && everyAddress.includes(host));
	return isFree ? undefined : 'not-allowed';
};

/** The words of Haskell's network library. */
const words: Readonly<Record<ListenTrouble, string>> = {
	'in-use': 'resource busy (Address already in use)',
	'not-allowed': 'permission denied (Permission denied)',
	'not-ours': 'unsupported operation (Cannot assign requested address)',
	'unknown-name': 'does not exist (Name or service not known)',
};

/** Why Vira cannot listen there, as it says it; undefined where it can. */
export const whyNotBound = (state: MachineState, host: string, port: number): string | undefined => {
	const trouble = listenTrouble(state, host, port);
	return trouble && words[trouble];
};

/** ss(8) for one port, with the one filter that is asked for here. */
export const ss = ({state}: Machine, command: readonly string[]): RunResult => {
	const port = Number(/^sport = :(\d+)$/u.exec(command[2] ?? '')?.[1]);
	if (command[1] !== '-Hltnp' || Number.isNaN(port)) throw unknownCommand(command);
	const holder = listeners(state).find((one) => one.port === port);
	if (!holder) return said('');
	const {host, program, pid} = holder;
	return said(`LISTEN 0 511 ${host}:${port} 0.0.0.0:* users:(("${program}",pid=${pid},fd=18))`);
};

/** lsof(8) for who listens on one port, in its output for other programs (`-F`): `p`, `c`, `f` and a value on each line. */
export const lsof = ({state}: Machine, command: readonly string[]): RunResult => {
	const [, numeric, asked, listening, format, fields, ...rest] = command;
	const port = Number(/^-iTCP:(\d+)$/u.exec(asked ?? '')?.[1]);
	const isKnown = numeric === '-nP' && listening === '-sTCP:LISTEN' && format === '-F' && fields === 'pc';
	if (!isKnown || rest.length > 0 || Number.isNaN(port)) throw unknownCommand(command);
	const holders = listeners(state).filter((one) => one.port === port);
	if (holders.length === 0) return failed('');
	return said(holders.map(({pid, program}) => `p${pid}\nc${program}\nf18`).join('\n'));
};

const addressOf = (host: string): string => (host === 'localhost' ? '127.0.0.1' : host);

const unanswered = (why: string): Answer => ({answered: false, why});

/** What a GET to the URL meets on this machine now; 'silence' where nothing comes back until the time is up. */
export const answerTo = async (machine: Machine, url: URL): Promise<Answer | 'silence'> => {
	const {state} = machine;
	const host = withoutBrackets(url.hostname);
	const https = url.protocol === 'https:';
	const port = url.port === '' ? (https ? 443 : 80) : Number(url.port);
	if (!isOwn(host, state) && !everyAddress.includes(host)) return unanswered(`getaddrinfo ENOTFOUND ${host}`);
	const listener = listeners(state).find((one) => one.port === port && meet(one.host, host));
	if (!listener) return unanswered(`connect ECONNREFUSED ${addressOf(host)}:${port}`);
	if (!listener.answers) return 'silence';
	if (listener.https !== https) return unanswered(https ? 'wrong version number' : 'socket hang up');
	const {process, status} = listener;
	if (status !== undefined) return {answered: true, status, body: ''};
	return {
		answered: true,
		...(process ? await viraPage(machine, process, url.pathname) : {status: 404, body: ''}),
	};
};
