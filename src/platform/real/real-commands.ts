import {childEnvironment} from './child-environment.ts';
import type {User} from '../facts.ts';
import {withOpenPath} from './open-path.ts';
import {runAsRootWith} from '../run-as-root.ts';
import type {Command, Lend, System} from '../system.ts';

/** Runs commands as this user. */
const commandsAs = async (user: User, environment: NodeJS.ProcessEnv) => {
	const [{runAttachedWith, runWith}, opened] = await Promise.all([
		import('./run-command.ts'),
		withOpenPath(environment),
	]);
	const childrens = childEnvironment(opened, user);
	return {run: runWith(childrens), runAttached: runAttachedWith(childrens)};
};

/**
 * The part of the real system that runs commands, reads processes and uses the network. The packages and parts of Node
 * that it needs are loaded on first use: a run on a simulated machine needs none of them.
 */
export const realCommands = (
	{
		account,
		environment,
		ownAddresses,
	}: Pick<System, 'environment' | 'ownAddresses'> & {readonly account: () => User},
	lend: Lend | undefined,
): Pick<System, 'run' | 'runAsRoot' | 'linksIn' | 'ask' | 'addressesOf' | 'tryListen'> => {
	const attached = async (command: Command) =>
		(await commandsAs(account(), environment)).runAttached(command);
	return {
		run: async (...given) => (await commandsAs(account(), environment)).run(...given),
		runAsRoot: runAsRootWith({silent: attached, asking: attached}, lend),
		linksIn: async (path) => (await import('./links-in.ts')).linksIn(path),
		ask: async (url, options) => (await import('./ask-url.ts')).askUrl(url, {...options, ownAddresses}),
		addressesOf: async (host) => (await import('./addresses-of.ts')).addressesOf(host),
		tryListen: async (host, port) => (await import('./try-listen.ts')).tryListen(host, port),
	};
};
