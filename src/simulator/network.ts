import {canonicalAddress, collide, reachedAt} from '../platform/network/address.ts';
import type {Answer, ListenTrouble} from '../platform/system.ts';
import type {Machine} from './machine.ts';
import type {MachineState} from './machine-state.ts';
import type {ViraProcess} from './vira/vira-process.ts';
import {listenersOn, type SimulatedListener} from './listeners.ts';
import {readRepositories} from './vira/vira-database.ts';
import {stateFolderIn} from './vira/vira-state.ts';

const isWildcard = (address: string): boolean => address === '0.0.0.0' || address === '::';

/** All of 127.0.0.0/8 is this machine (ip(7)); ::1 is an address of it only if it has IPv6. */
const isOwn = (address: string, {addresses}: MachineState): boolean =>
	isWildcard(address) || address.startsWith('127.') || addresses.includes(address);

/** The addresses that a name leads to (getaddrinfo(3)). On Debian the host name has a separate address (hosts(5)). */
export const addressesOn = ({localhost, hostName}: MachineState, host: string): readonly string[] => {
	const name = host.toLowerCase();
	if (/^[\d.]+$|:/u.test(name)) return [canonicalAddress(name)];
	if (name === 'localhost') return localhost;
	return name === hostName ? ['127.0.1.1'] : [];
};

/** Why a program cannot listen at an address; undefined if it can. */
const troubleAt = (state: MachineState, address: string, port: number): ListenTrouble | undefined => {
	if (!isOwn(address, state)) return 'not-ours';
	if (listenersOn(state, port).some((one) => collide(one.address, address))) return 'in-use';
	// Since macOS 10.14, every user may listen on all addresses at once, on any port.
	const isFree = port >= 1024 || (state.mac !== undefined && isWildcard(address));
	return isFree ? undefined : 'not-allowed';
};

/** Why a program that uses the first address of a name cannot listen there. */
export const listenTrouble = (state: MachineState, host: string, port: number): ListenTrouble | undefined => {
	const [first] = addressesOn(state, host);
	return first === undefined ? 'unknown-name' : troubleAt(state, first, port);
};

/** The words of Haskell's network library. */
const words: Readonly<Record<ListenTrouble, string>> = {
	'in-use': 'resource busy (Address already in use)',
	'not-allowed': 'permission denied (Permission denied)',
	'not-ours': 'does not exist (Cannot assign requested address)',
	'unknown-name': 'does not exist (Name or service not known)',
};

/** Where Vira listens, the first address of its host that it can have; or why not, as it says it. */
export const bindOn = (
	state: MachineState,
	host: string,
	port: number,
): {readonly address: string} | {readonly why: string} => {
	const addresses = addressesOn(state, host);
	const free = addresses.find((address) => troubleAt(state, address, port) === undefined);
	if (free !== undefined) return {address: free};
	const last = addresses.at(-1);
	return {why: words[(last === undefined ? undefined : troubleAt(state, last, port)) ?? 'unknown-name']};
};

interface Page {
	readonly status: number;
	readonly body: string;
}

const pages = ['/', '/r', '/env', '/cache', '/cache/nix-cache-info', '/tailwind.css'];
const notFoundPage: Page = {status: 404, body: 'Not found'};

const signs: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

/** As lucid writes text into a page: these five signs, and no others. */
export const escaped = (text: string): string => text.replaceAll(/[&<>"']/gu, (sign) => signs[sign] ?? '');

/** Web/Pages/RepoPage.hs: the header of a repository's page. */
export const repositoryPage = (name: string, url: string): string =>
	`<h1>${escaped(name)}</h1><p class="text-gray-600 dark:text-gray-300 text-sm font-mono break-all">${escaped(url)}</p>`;

/** What Vira answers to a GET of a path. */
const viraPage = async (machine: Machine, process: ViraProcess, path: string): Promise<Page> => {
	if (pages.includes(path)) return {status: 200, body: 'Vira'};
	const name = /^\/r\/([^\/]+)$/u.exec(path)?.[1];
	const folder = stateFolderIn(process);
	if (name === undefined || folder === undefined) return notFoundPage;
	const repositories = await readRepositories(machine, folder);
	const url = repositories[decodeURIComponent(name)];
	return url === undefined
		? notFoundPage
		: {status: 200, body: repositoryPage(decodeURIComponent(name), url)};
};

const unanswered = (why: string): Answer => ({answered: false, why});

/** Node names the address of the connection that failed; if several failed, only the error. */
const connectionRefused = (addresses: readonly string[], port: number): Answer => {
	const [address = '', ...more] = addresses;
	if (more.length > 0) return unanswered('ECONNREFUSED');
	return unanswered(`connect ECONNREFUSED ${address}:${port}`);
};

/** What a program answers to a GET of a path: of others than Vira only a status is known. */
const answeredPage = async (
	machine: Machine,
	{process, status}: SimulatedListener,
	path: string,
): Promise<Page> =>
	status === undefined && process ? viraPage(machine, process, path) : {status: status ?? 404, body: ''};

/** The result of a GET on this machine now; 'silence' if there is no response within the time limit. */
export const answerTo = async (machine: Machine, url: URL, at?: string): Promise<Answer | 'silence'> => {
	const {state} = machine;
	const host = url.hostname.replace(/^\[(.*)\]$/u, '$1');
	const https = url.protocol === 'https:';
	const port = url.port === '' ? (https ? 443 : 80) : Number(url.port);
	const addresses = at === undefined ? addressesOn(state, host) : [at];
	const own = addresses.filter((address) => isOwn(address, state));
	if (addresses.length === 0) return unanswered(`getaddrinfo ENOTFOUND ${host}`);
	const listeners = listenersOn(state, port);
	const [listener] = own.flatMap((address) => reachedAt(listeners, address));
	if (!listener) return connectionRefused(addresses, port);
	if (!listener.answers) return 'silence';
	if (listener.https !== https) return unanswered(https ? 'wrong version number' : 'socket hang up');
	return {answered: true, ...(await answeredPage(machine, listener, url.pathname))};
};
