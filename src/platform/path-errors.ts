import type {Fix} from '../notice.ts';

/** What keeps a file or folder from being used, in the same words everywhere. */

export const permissionDenied = 'permission denied';

/** `why`: the end of the sentence, without its period. */
export const cannotRead = (path: string, why = permissionDenied): string => `Cannot read ${path}: ${why}.`;

export const cannotWrite = (path: string, why = permissionDenied): string =>
	`Cannot write to ${path}: ${why}.`;

export const cannotUse = (path: string, why = permissionDenied): string => `Cannot use ${path}: ${why}.`;

export const isNotA = (kind: 'file' | 'folder', path: string): string =>
	`${path} exists and is not a ${kind}.`;

export const doesNotExist = (path: string): string => `${path} does not exist.`;

export const isFolderNotFile = (path: string): string => `${path} is a folder. Use a file.`;

export const moveAside = (command: string): Fix => ({say: 'Move it aside:', command});

/** Of one of our own files. */
export const isOfNewerVersion = (path: string): string =>
	`${path} was written by a newer version of vira-setup.`;
