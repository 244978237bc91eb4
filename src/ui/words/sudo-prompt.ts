import {commandText} from '../../platform/command-text.ts';
import type {Command, Lend} from '../../platform/system.ts';
import {printable} from '../printable.ts';

/** The lines on the bare terminal right above the prompt of sudo. */
export const linesAtSudo = (command: Command, simulation: boolean): readonly string[] => [
	// true(1) only asks for the password ahead of time.
	...(command.at(-1) === '/usr/bin/true'
		? ['One step needs administrator rights. sudo asks for your password:']
		: [
				'This command needs administrator rights. sudo asks for your password:',
				`  ${printable(commandText(command))}`,
			]),
	...(simulation ? ['(On this simulated machine, any password works.)'] : []),
];

/** Lends a terminal that has only lines to sudo, which is announced first. */
export const lendLines =
	(write: (line: string) => void, simulation: boolean): Lend =>
	(command, use) => {
		for (const line of linesAtSudo(command, simulation)) write(line);
		return use();
	};
