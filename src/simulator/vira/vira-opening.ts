import {posix} from 'node:path';
import type {Machine} from '../machine.ts';
import type {PlayedVira} from '../machine-state.ts';
import type {Values} from './vira-grammar.ts';
import type {Say} from './vira-words.ts';

/** A Vira that is about to open its state, and where it prints. */
export interface Opening {
	readonly machine: Machine;
	readonly vira: PlayedVira;
	/** The state folder as it was given, which is what is printed. */
	readonly given: string;
	/** Where that is. */
	readonly folder: string;
	readonly autoReset: boolean;
	readonly say: Say;
}

/** What the command line says of the state, for a process that works in that folder. */
export const stateOf = (
	values: Values,
	workingFolder: string,
): Pick<Opening, 'given' | 'folder' | 'autoReset'> => {
	const given = values.get('--state-dir') ?? './state';
	return {given, folder: posix.resolve(workingFolder, given), autoReset: values.has('--auto-reset-state')};
};
