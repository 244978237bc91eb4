import type {Settings} from '../../settings/options.ts';
import {loopbackFor} from './ip-address.ts';

/**
 * The URL of the page from this machine: for an address that means all interfaces, loopback is used. Vira serves from
 * `/` whatever its base path is.
 */
export const urlOf = ({https, hostname, port}: Settings): string => {
	const host = loopbackFor[hostname] ?? hostname;
	return `${https ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${port}/`;
};

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
