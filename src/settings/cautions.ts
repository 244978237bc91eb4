import {isLoopback} from './hosts.ts';
import type {Settings} from './options.ts';
import {secretsInUrl} from './secret-looks.ts';
import type {Warning} from './warning.ts';

type Caution = (settings: Settings) => readonly Warning[];

const exposure: Caution = ({hostname, port}) =>
	isLoopback(hostname)
		? []
		: [
				{
					code: 'reachable-by-others',
					option: 'hostname',
					message: `Vira has no login: anyone who can reach ${hostname} port ${port} can run code as you.`,
					fixes: [{say: 'Use localhost, and a proxy with a login in front of it.'}],
				},
			];

/** The links point below the base path, but Vira itself serves from /. */
const proxyNeeded: Caution = ({basePath, port}) =>
	basePath === '/'
		? []
		: [
				{
					code: 'needs-proxy',
					option: 'basePath',
					message: `Vira's pages will work only through a proxy that forwards ${basePath} to port ${port} and removes that path.`,
					fixes: [{say: 'Without such a proxy, keep the base path /.'}],
				},
			];

const pathReplaced: Caution = ({environment}) =>
	Object.hasOwn(environment, 'PATH')
		? [
				{
					code: 'path-replaced',
					option: 'environment',
					message:
						'PATH replaces the folders where the service looks for programs, including those of Nix and of the system.',
					fixes: [{say: 'To add folders to it, use "Extra packages".'}],
				},
			]
		: [];

const secretInRepository: Caution = ({repositories}) =>
	Object.entries(repositories)
		.filter(([, url]) => secretsInUrl(url).length > 0)
		.map(([name]) => ({
			code: 'secret-in-url',
			option: 'repositories',
			message: `The URL of ${name} contains a password or token, and Vira shows it to anyone who opens its page.`,
			fixes: [{say: 'Use an SSH URL, or a Git credential helper (gitcredentials(7)).'}],
		}));

const cautions: readonly Caution[] = [exposure, proxyNeeded, secretInRepository, pathReplaced];

/** Consequences of valid values that can be seen from the values alone: for the form, while someone types. */
export const cautionsOn = (settings: Settings): readonly Warning[] =>
	cautions.flatMap((caution) => caution(settings));
