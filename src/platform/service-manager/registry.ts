import type {ManagerAction, Facts} from '../facts.ts';
import type {ActionKind} from '../actions/action-kind.ts';
import {launchdKind} from '../launchd/launchd-kind.ts';
import type {ServiceProcesses, Listeners} from '../network/address.ts';
import type {System} from '../system.ts';
import {systemdKind} from '../systemd/manager.ts';
import type {ManagerKind} from './manager-kind.ts';
import type {Manager} from './service-manager.ts';

/**
 * The only list of the service managers: a further one is its own folder, a line here, and one in the
 * facts. The first that runs the services of a machine is used.
 */
export const managers: ManagerKind[] = [systemdKind, launchdKind];

/** The service manager of a machine that was not examined yet; undefined: vira-setup knows none of this machine. */
export const managerKindOn = async (system: System): Promise<ManagerKind | undefined> => {
	for (const kind of managers) if (await kind.runsOn(system)) return kind;
	return undefined;
};

/** The service manager of a machine. */
export const managerOf = (facts: Facts): Manager => {
	const kind = managers.find(({platform}) => platform === facts.platform);
	if (!kind) throw new Error(`No service manager for ${facts.platform}.`);
	return kind.on(facts);
};

/** What is known about an action that a service manager has added. */
export const managerKindOf = (does: string): ActionKind<ManagerAction, ManagerAction> | undefined =>
	managers
		.flatMap(({actionKinds}) => Object.entries<ActionKind<ManagerAction, ManagerAction>>(actionKinds))
		.find(([name]) => name === does)?.[1];

/** Whether any version of vira-setup wrote a service file, for any service manager. */
export const isOurService = (text: string): boolean => managers.some(({isOurs}) => isOurs(text));

/**
 * Whether this run was started by the service itself, for example in a build: stopping the service would kill it too.
 */
export const isWithinService = async (system: System): Promise<boolean> =>
	(await managerKindOn(system))?.isWithinService(system) ?? false;

/** The listeners on a TCP port; undefined if this machine does not show them. */
export const findListeners = async (
	system: System,
	port: number,
	service: ServiceProcesses,
): Promise<Listeners | undefined> => (await managerKindOn(system))?.findListeners(system, port, service);
