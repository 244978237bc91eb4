import type {Notice} from '../notice.ts';
import type {OptionName, Settings} from './options.ts';
import {remembered} from './remembered.ts';
import {secretsInUrl} from './secrets/mask-looks.ts';

/** A valid choice with a consequence to know in advance. */
export interface Warning extends Omit<Notice, 'level'> {
	/** The option that causes it, if one does. */
	readonly option?: OptionName;
}

/** The canonical spelling: `127.1` is 127.0.0.1, `0:0:0:0:0:0:0:1` is [::1] (WHATWG URL, host parsing). */
const canonical = (host: string): string => {
	try {
		return new URL(`http://${host.includes(':') ? `[${host}]` : host}`).hostname;
	} catch {
		return host;
	}
};

/** Whether it means all addresses of a machine, as bind(2) takes them. */
export const isEverywhere = (host: string): boolean => ['0.0.0.0', '[::]'].includes(canonical(host));

/** Whether a server that listens on the host can be reached from this machine only. */
export const isLoopback = (host: string): boolean =>
	/^(?:localhost|.*\.localhost|127(?:\.\d{1,3}){3}|\[::1\]|\[::ffff:7f[\da-f]{2}:[\da-f]{1,4}\])\.?$/u.test(
		canonical(host),
	);

type Caution = (settings: Settings) => readonly Warning[];

const when = (applies: boolean, warning: Warning): readonly Warning[] => (applies ? [warning] : []);

const exposure: Caution = ({hostname, port}) =>
	when(!isLoopback(hostname), {
		code: 'reachable-by-others',
		option: 'hostname',
		message: `Vira has no login: anyone who can reach ${hostname} port ${port} can run code as you.`,
		fixes: [{say: 'Use localhost, and a proxy with a login in front of it.'}],
	});

/** The links point below the base path, but Vira itself serves from /. */
const proxyNeeded: Caution = ({basePath, port}) =>
	when(basePath !== '/', {
		code: 'needs-proxy',
		option: 'basePath',
		message: `Vira's pages will work only through a proxy that forwards ${basePath} to port ${port} and removes that path.`,
		fixes: [{say: 'Without such a proxy, keep the base path /.'}],
	});

const pathReplaced: Caution = ({environment}) =>
	when(Object.hasOwn(environment, 'PATH'), {
		code: 'path-replaced',
		option: 'environment',
		message:
			'PATH replaces the folders where the service looks for programs, including those of Nix and of the system.',
		fixes: [{say: 'To add folders to it, use "Extra packages".'}],
	});

/** There may be thousands of them, and the form asks at each key. */
const namesWithSecret = remembered((repositories: Settings['repositories']) =>
	Object.entries(repositories).flatMap(([name, url]) => (secretsInUrl(url).length > 0 ? [name] : [])),
);

const secretInRepository: Caution = ({repositories}) =>
	namesWithSecret(repositories).map((name) => ({
		code: 'secret-in-url',
		option: 'repositories',
		message: `The URL of ${name} contains a password or token, and Vira shows it to anyone who opens its page.`,
		fixes: [{say: 'Use an SSH URL, or a Git credential helper (gitcredentials(7)).'}],
	}));

/** Each name after the first of the same URL, with the first one. */
const sameUrls = remembered((repositories: Settings['repositories']) => {
	const first = new Map<string, string>();
	return Object.entries(repositories).flatMap(([name, url]) => {
		const address = url.replace(/(?:\/|\.git)+$/u, '');
		const known = first.get(address);
		first.set(address, known ?? name);
		return known === undefined ? [] : [{name, known}];
	});
});

const sameRepository: Caution = ({repositories}) =>
	sameUrls(repositories).map(({name, known}) => ({
		code: 'same-url',
		option: 'repositories',
		message: `${name} has the same URL as ${known}, so everything in it is built twice.`,
		fixes: [{say: 'Remove one of them.'}],
	}));

const cautions: readonly Caution[] = [
	exposure,
	proxyNeeded,
	secretInRepository,
	sameRepository,
	pathReplaced,
];

/** Consequences of valid values that can be seen from the values alone: for the form, while someone types. */
export const cautionsOn = (settings: Settings): readonly Warning[] =>
	cautions.flatMap((caution) => caution(settings));
