import {linuxListeners} from './linux/port-listeners.ts';
import type {Listeners, ServiceProcesses} from './listener.ts';
import {macListeners} from './macos/port-listeners.ts';
import type {System} from './system.ts';

/** The listeners on a TCP port; undefined if this machine does not show them. */
export const findListeners = (
	system: System,
	port: number,
	service: ServiceProcesses,
): Promise<Listeners | undefined> =>
	system.platform === 'darwin' ? macListeners(system, port, service) : linuxListeners(system, port, service);
