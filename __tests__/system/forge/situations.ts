import {httpsSituations} from './https-situations.ts';
import {networkSituations} from './network-situations.ts';
import type {Situation} from './situation.ts';
import {sshSituations} from './ssh-situations.ts';

export const situations: readonly Situation[] = [...sshSituations, ...httpsSituations, ...networkSituations];
