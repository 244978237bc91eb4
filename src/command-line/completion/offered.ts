import {allCommands} from '../commands.ts';
import {flagsOfCommand, type DescribedFlag} from '../flags-of-command.ts';

export interface OfferedCommand {
	readonly name: string;
	readonly help: string;
	readonly flags: readonly DescribedFlag[];
	/** Its possible arguments. */
	readonly words: readonly string[];
}

/** What can be typed after `vira-setup`, for every shell. */
export interface Offered {
	readonly commands: readonly OfferedCommand[];
	/** Every option, once. */
	readonly flags: readonly DescribedFlag[];
	readonly withValue: readonly (DescribedFlag & {readonly value: NonNullable<DescribedFlag['value']>})[];
}

/** The whole command line, from the lists of commands and options. */
export const offered = (): Offered => {
	const commands = Object.entries(allCommands).map(([name, {does, argument}]) => ({
		name,
		help: does,
		flags: flagsOfCommand(name),
		words: argument?.choices ?? [],
	}));
	const flags = [...new Set(commands.flatMap((command) => command.flags))];
	return {
		commands,
		flags,
		withValue: flags.flatMap(({value, ...rest}) => (value ? [{...rest, value}] : [])),
	};
};

/** Both spellings of an option: its name, and its short form. */
export const spellings = ({name, short}: DescribedFlag): readonly string[] =>
	short === undefined ? [`--${name}`] : [`--${name}`, `-${short}`];
