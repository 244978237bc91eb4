import type {Settings} from '../../settings/options.ts';
import {isIP, isIPv6, SocketAddress} from 'node:net';
import type {ServiceState} from '../machine-facts.ts';

export const isAddress = (text: string): boolean => isIP(text) !== 0;

/** One spelling of many, as far as it is an address; an IPv4 address in IPv6 is the former. */
export const canonicalAddress = (address: string): string => {
	const [bare = ''] = address.split('%');
	if (!isIPv6(bare)) return bare;
	return new SocketAddress({address: bare, family: 'ipv6'}).address.replace(/^::ffff:(?=\d+\.)/u, '');
};

/**
 * Whether a connection to the address ends on this machine, `own` being the addresses of its interfaces: of 127.0.0.0/8
 * an interface has one, and all lead to it (ip(7)). Debian gives 127.0.1.1 to the machine's own name (hosts(5)).
 */
export const isThisMachine = (address: string, own: readonly string[]): boolean => {
	const plain = canonicalAddress(address);
	return plain.startsWith('127.') || own.includes(plain);
};

/**
 * How closely a listening socket fits an address that is connected to: 3 by that very address, 2 by every address of
 * its kind, 1 by every address of both kinds (ipv6(7), IPV6_V6ONLY); 0, not at all. The closest one is connected to.
 */
const closeness = (listening: string, asked: string): number => {
	if (listening === asked) return 3;
	if (listening === (isIPv6(asked) ? '::' : '0.0.0.0')) return 2;
	return listening === '::' ? 1 : 0;
};

/** Of listening sockets, those that a connection to an address reaches. */
export const reachedAt = <T extends {readonly address: string}>(
	sockets: readonly T[],
	asked: string,
): readonly T[] => {
	const at = canonicalAddress(asked);
	const best = Math.max(0, ...sockets.map(({address}) => closeness(address, at)));
	return best === 0 ? [] : sockets.filter(({address}) => closeness(address, at) === best);
};

/** Whether a socket that listens at one address keeps another from listening at the other (bind(2), EADDRINUSE). */
export const collide = (one: string, other: string): boolean =>
	closeness(canonicalAddress(one), canonicalAddress(other)) > 0 ||
	closeness(canonicalAddress(other), canonicalAddress(one)) > 0;

/** Where to ask a server that listens at every address of a kind. */
const loopbackFor: Readonly<Record<string, string>> = {'0.0.0.0': '127.0.0.1', '::': '::1'};

/** Where to ask a server that listens at an address. */
export const askedAt = (address: string): string => loopbackFor[canonicalAddress(address)] ?? address;

/** The URL of the page at an address or a host name. */
export const urlAt = (host: string, {https, port}: Pick<Settings, 'https' | 'port'>): string =>
	`${https ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}/`;

/**
 * The URL of the page from this machine: for an address that means all interfaces, loopback is used. Vira serves from
 * `/` whatever its base path is.
 */
export const urlOf = (settings: Settings): string =>
	urlAt(loopbackFor[settings.hostname] ?? settings.hostname, settings);

/** What a proxy has to forward: requests below `path`, without that prefix, to the URL `to`. */
export interface ProxyRule {
	readonly path: string;
	readonly to: string;
}

/**
 * The proxy that a base path needs; undefined: none is needed. The links of Vira's pages, also to their styles, lead below
 * the base path, where Vira itself serves nothing: at its own address, the pages have no style. The host name of the
 * proxy is unknown here, so Vira's address is shown, and what the proxy has to forward.
 */
export const proxyFor = (settings: Settings): ProxyRule | undefined =>
	settings.basePath === '/' ? undefined : {path: settings.basePath, to: urlOf(settings)};

export const proxyMessage = ({path, to}: ProxyRule): string =>
	`Its pages work only behind a proxy that forwards ${path} to ${to}.`;

/** Who holds a socket. */
export type Holder =
	/** A process of the service. */
	| {readonly is: 'service'}
	| {
			readonly is: 'process';
			readonly name: string;
			readonly pid: number;
			/** The systemd unit that it belongs to, if it is a service. */
			readonly unit: string | undefined;
	  }
	/** A program of another user: only root can inspect its processes. */
	| {readonly is: 'other-user'; readonly user: string | undefined}
	/** A program of this user that is not the service; which one is unknown. */
	| {readonly is: 'own-program'}
	/** A program of this user; whether it is the service is unknown. */
	| {readonly is: 'hidden'};

/** A holder that is certainly not the service. */
export type Stranger = Exclude<Holder, {readonly is: 'service' | 'hidden'}>;

export const isStranger = (holder: Holder): holder is Stranger =>
	holder.is !== 'service' && holder.is !== 'hidden';

/** A listening socket. */
export interface Listener {
	/** In its canonical spelling. */
	readonly address: string;
	readonly holder: Holder;
}

export interface Listeners {
	readonly seen: readonly Listener[];
	/** Whether those of other users are among them. */
	readonly complete: boolean;
}

/** Identifies the processes of the service. */
export type ServiceProcesses = Pick<ServiceState, 'mainPid' | 'otherPids' | 'controlGroup'>;

/** The holder of a socket in words, if it is not the service. */
export const holderText = (holder: Exclude<Holder, {readonly is: 'service'}>): string => {
	switch (holder.is) {
		case 'process': {
			const {name, pid, unit} = holder;
			return `${name} (PID ${pid}${unit === undefined ? '' : `, ${unit}`})`;
		}
		case 'other-user':
			return holder.user === undefined ? 'a program of another user' : `a program of user ${holder.user}`;
		case 'own-program':
			return 'another of your programs';
		case 'hidden':
			return 'another program';
	}
};

/** Why a request failed that took too long: a clause. */
export const noResponseWithin = (ms: number): string => `no response within ${ms / 1000} s`;
