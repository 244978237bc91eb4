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
					message: `Vira has no login: whoever reaches ${hostname} port ${port} can run code as you.`,
					fixes: ['Use localhost, and a proxy with a login before it.'],
				},
			];

/** Whose links lead below the base path, where Vira itself has nothing. */
const proxyNeeded: Caution = ({basePath, port}) =>
	basePath === '/'
		? []
		: [
				{
					code: 'needs-proxy',
					option: 'basePath',
					message: `Vira's pages will work only through a proxy that passes ${basePath} on to port ${port}, without that path.`,
					fixes: ['Without such a proxy, keep the base path /.'],
				},
			];

const pathReplaced: Caution = ({environment}) =>
	Object.hasOwn(environment, 'PATH')
		? [
				{
					code: 'path-replaced',
					option: 'environment',
					message:
						'PATH replaces the folders in which the service looks for programs, those of Nix and of the system among them.',
					fixes: ['To add folders only, use "Extra packages" instead.'],
				},
			]
		: [];

const secretInRepository: Caution = ({repositories}) =>
	Object.entries(repositories)
		.filter(([, url]) => secretsInUrl(url).length > 0)
		.map(([name]) => ({
			code: 'secret-in-url',
			option: 'repositories',
			message: `The URL of ${name} holds a password or token: Vira shows it to whoever opens its page.`,
			fixes: ['Use an SSH URL, or a credential helper of Git (gitcredentials(7)).'],
		}));

const cautions: readonly Caution[] = [exposure, proxyNeeded, secretInRepository, pathReplaced];

/** What follows from legal values, as far as the values themselves tell: for the form while somebody types. */
export const cautionsOn = (settings: Settings): readonly Warning[] =>
	cautions.flatMap((caution) => caution(settings));
