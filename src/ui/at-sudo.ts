import {commandText} from '../platform/command-text.ts';
import type {Command} from '../platform/system.ts';
import {printable} from './printable.ts';

/** What stands on the bare terminal, right above what sudo asks. */
export const linesAtSudo = (command: Command, simulation: boolean): readonly string[] => [
	// true(1) is there for the password alone.
	...(command.at(-1) === '/usr/bin/true'
		? ['Root has to do a part of it; sudo asks for your password:']
		: ['Root has to do this; sudo asks for your password:', `  ${printable(commandText(command))}`]),
	...(simulation ? ['(On this simulated machine it takes any password.)'] : []),
];
