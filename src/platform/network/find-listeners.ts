import {linuxListeners} from '../systemd/port-listeners.ts';
import type {Listeners, ServiceProcesses} from './listener.ts';
import {macListeners} from '../launchd/port-listeners.ts';
import type {System} from '../system.ts';

/** The listeners on a TCP port; undefined if this machine does not show them. */
export const findListeners = (
	system: System,
	port: number,
	service: ServiceProcesses,
): Promise<Listeners | undefined> =>
	system.platform === 'darwin' ? macListeners(system, port, service) : linuxListeners(system, port, service);
