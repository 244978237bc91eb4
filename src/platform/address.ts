import type {Settings} from '../settings/options.ts';

const isIpv6 = (host: string): boolean => host.includes(':');
const everywhere: Readonly<Record<string, string>> = {'0.0.0.0': '127.0.0.1', '::': '::1'};

/**
 * Where to ask for the page from this machine: an address that stands for all of them is asked at loopback. Vira serves
 * from `/` whatever its base path is.
 */
export const urlOf = ({https, hostname, port}: Settings): string => {
	const host = everywhere[hostname] ?? hostname;
	return `${https ? 'https' : 'http'}://${isIpv6(host) ? `[${host}]` : host}:${port}/`;
};

/** What a proxy has to pass on: a path of its own, without which the request goes to this URL. */
export interface ProxyRule {
	readonly path: string;
	readonly to: string;
}

/**
 * What a base path asks of a proxy; undefined: none is needed. The links of Vira's pages, those to their style among
 * them, lead below the base path, where Vira itself has nothing: its own address shows them bare. Under which host name
 * the proxy shows them is not known here, so Vira's address is shown, and what the proxy has to do.
 */
export const proxyFor = (settings: Settings): ProxyRule | undefined =>
	settings.basePath === '/' ? undefined : {path: settings.basePath, to: urlOf(settings)};

export const proxyMessage = ({path, to}: ProxyRule): string =>
	`Its pages work only through a proxy that passes ${path} on to ${to}.`;
