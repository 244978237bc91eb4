import type {Simulation} from '../simulated-linux.ts';
import {accountSituations} from './linux-account.ts';
import {filesSituations} from './linux-files.ts';
import {programSituations} from './linux-program.ts';
import {removalSituations} from './linux-removal.ts';
import {serviceSituations} from './linux-service.ts';
import {stateSituations} from './linux-state.ts';
import type {Situation} from './situation.ts';

/** Problems on a machine with systemd, and each line that is printed for them. */
export const linuxSituations: Readonly<Record<string, Situation<Simulation>>> = {
	...serviceSituations,
	...accountSituations,
	...filesSituations,
	...programSituations,
	...stateSituations,
	...removalSituations,
};
