import type {User} from '../system.ts';
import {nixName} from '../../settings/nix.ts';

/** Lingering in the NixOS configuration, from which NixOS rebuilds the machine. */
export const declaredLinger = ({name}: User): string => `users.users.${nixName(name)}.linger = true;`;

/** On NixOS, what loginctl changes is lost when the machine is rebuilt. */
export const keepLingering = (user: User): string =>
	`To keep it on, add to the NixOS configuration: ${declaredLinger(user)}`;
