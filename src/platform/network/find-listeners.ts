import {managerKindOn} from '../service-manager/registry.ts';
import type {System} from '../system.ts';
import type {Listeners, ServiceProcesses} from './listener.ts';

/** The listeners on a TCP port; undefined if this machine does not show them. */
export const findListeners = async (
	system: System,
	port: number,
	service: ServiceProcesses,
): Promise<Listeners | undefined> => (await managerKindOn(system))?.findListeners(system, port, service);
