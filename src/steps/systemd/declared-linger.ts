import type {User} from '../../platform/facts.ts';
import {nixName} from '../../settings/nix-text.ts';

/** Lingering in the configuration of NixOS, which makes the machine anew from it. */
export const declaredLinger = ({name}: User): string => `users.users.${nixName(name)}.linger = true;`;
