import type {Settings} from '../settings/options.ts';

const isIpv6 = (host: string): boolean => host.includes(':');
const everywhere: Readonly<Record<string, string>> = {'0.0.0.0': '127.0.0.1', '::': '::1'};

/** Where to ask for the page from this machine: an address that stands for all of them is asked at loopback. */
export const urlOf = ({https, hostname, port}: Settings): string => {
	const host = everywhere[hostname] ?? hostname;
	return `${https ? 'https' : 'http'}://${isIpv6(host) ? `[${host}]` : host}:${port}/`;
};
