import {commandText} from '../../platform/command-text.ts';
import type {Command, Lend} from '../../platform/system.ts';
import {printable} from '../printable.ts';

/** What several conclusions say in the same words, after a setup, a removal or a command. */
export const simulationOnly = 'Simulation only. Nothing on this machine changed.';

export const asBefore = 'Everything is as it was before.';

export const notAllUndone = '! Some changes could not be undone:';

export const whatToDo = 'What to do:';

export const lastLogLines = 'Last log lines:';

/** What the previews of a setup and of a removal say in the same words. */
export const plannedChanges = 'These changes would be made:';

export const commandsInOrder = 'Commands, in this order';

export const leftInPlace = 'Left in place';

export const upToDate = 'Already up to date. Nothing would change.';

export const checking = 'Checking…';

export const stopping = 'Stopping… Changes in progress are finished or undone first.';

/** What both front ends say of a machine that Vira cannot be set up on, or that needs a decision. */
export const cannotSetUp = 'Vira cannot be set up here:';

export const trySimulation = 'Try it on a simulated machine (changes nothing here)';

export const quitLabel = 'Quit';

export const doManually = 'To do this manually:';

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** `2 problems, 1 warning`; kinds of which there are none are left out, problems only where there are warnings. */
export const countText = ({
	problems,
	warnings,
}: {
	readonly problems: number;
	readonly warnings: number;
}): string =>
	[
		...(problems > 0 ? [counted(problems, 'problem')] : []),
		...(warnings > 0 ? [counted(warnings, 'warning')] : []),
	].join(', ');

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
