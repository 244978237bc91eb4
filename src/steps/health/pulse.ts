import type {Facts} from '../../platform/facts.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {ServiceState} from '../../platform/service-state.ts';
import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import {askPage} from '../verify/ask-page.ts';
import type {Status} from './survey.ts';

/**
 * What changes by itself while someone looks. It takes a command on Linux and a few on a Mac; a whole survey takes a
 * dozen, and runs Vira and Nix.
 */
type Pulse = readonly unknown[];

const pulse = ({active, awaitsRestart, mainPid, restarts}: ServiceState, page: Status['page']): Pulse => [
	active,
	awaitsRestart,
	mainPid,
	restarts,
	page?.kind,
];

export const pulseOf = ({service, page}: Status): Pulse => pulse(service, page);

/** The same, as it is now. */
export const readPulse = async (
	system: System,
	{facts, installation}: Pick<Status, 'installation'> & {readonly facts: Facts},
): Promise<Pulse> => {
	const service = await managerOf(facts).readState(system);
	const settings: Settings | undefined = installation.is === 'there' ? installation.settings : undefined;
	const isAsked = settings && service.active === 'active';
	return pulse(service, isAsked ? await askPage(system, {settings, service}) : undefined);
};
