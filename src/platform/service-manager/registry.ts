import type {Facts} from '../facts.ts';
import type {Manager} from './service-manager.ts';
import {launchd} from '../launchd/manager.ts';
import {systemd} from '../systemd/manager.ts';

/** The service manager of a machine. */
export const managerOf = (facts: Facts): Manager =>
	facts.platform === 'linux' ? systemd(facts) : launchd(facts);
