import {managerKindOn, managers} from './service-manager/registry.ts';
import type {System} from './system.ts';

/** Whether any version of vira-setup wrote a service file, for any service manager. */
export const isOurService = (text: string): boolean => managers.some(({isOurs}) => isOurs(text));

/**
 * Whether this run was started by the service itself, for example in a build: stopping the service would kill it too.
 */
export const isWithinService = async (system: System): Promise<boolean> =>
	(await managerKindOn(system))?.isWithinService(system) ?? false;
