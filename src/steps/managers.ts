import type {Facts} from '../platform/facts.ts';
import type {Manager} from './manager.ts';
import {launchd} from './launchd/launchd.ts';
import {systemd} from './systemd/systemd.ts';

/** The service manager of a machine. */
export const managerOf = (facts: Facts): Manager =>
	facts.platform === 'linux' ? systemd(facts) : launchd(facts);
