import type {Settings} from '../../../settings/options.ts';
import {findExisting, realPathOf} from '../../paths.ts';
import {
	accountVariables,
	ownVariables,
	runningWith,
	type AsService,
	type WhichService,
} from '../../service.ts';
import type {System} from '../../system.ts';
import type {Mac} from '../facts.ts';
import {guardedPlaceOf} from '../check-volumes.ts';
import {runningAgent} from './agent-state.ts';

/** launchd gives these to an agent of a desktop session, its own agent for SSH among them; a login over SSH has others. */
const ofDesktop: Readonly<Record<string, RegExp>> = {
	SSH_AUTH_SOCK: /^\/private\/tmp\/com\.apple\.launchd\./u,
	TMPDIR: /^\/(?:private\/)?var\/folders\//u,
};

/** Every variable that launchd gives the service, other than those of its file. */
const agentVariables = (
	{environment}: Pick<System, 'environment'>,
	{domain}: Pick<Settings, 'domain'>,
	{user}: Pick<Mac, 'user'>,
): Readonly<Record<string, string>> => ({
	...accountVariables(user),
	...Object.fromEntries(
		Object.entries(domain === 'gui' ? ofDesktop : {}).flatMap(([name, shape]) => {
			const value = environment[name] ?? '';
			return shape.test(value) ? [[name, value]] : [];
		}),
	),
});

/** launchctl prints each variable on a line: one with more lines is that of the settings, if it begins like it. */
const withWholeValues = (
	printed: Readonly<Record<string, string>>,
	own: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> =>
	Object.fromEntries(
		Object.entries(printed).map(([name, value]) => {
			const whole = own[name] ?? '';
			return [name, whole.startsWith(`${value}\n`) ? whole : value];
		}),
	);

/**
 * Runs commands as our own children, with the variables of the service: launchctl(1) runs nothing in a domain and waits
 * for it. What only the person's own programs may read is named instead.
 */
export const asAgent = async (
	system: System,
	facts: Mac,
	{settings, isRunning}: WhichService,
): Promise<AsService> => {
	const running = isRunning ? runningAgent(facts.mac.agents)?.variables : undefined;
	// launchctl prints for people: without a PATH, this was not what the process has.
	const own = ownVariables(settings, facts);
	const known = running?.['PATH'] === undefined ? own : withWholeValues(running, own);
	return {
		...runningWith(system, {
			...agentVariables(system, settings, facts),
			...known,
		}),
		keychain: settings.domain === 'gui' ? 'open' : 'closed',
		guardedPlace: async (path) => {
			const [place, home] = await Promise.all([
				findExisting(system, path),
				findExisting(system, facts.user.home),
			]);
			return guardedPlaceOf(realPathOf(place), realPathOf(home));
		},
	};
};
