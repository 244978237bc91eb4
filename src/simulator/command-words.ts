/** The words after a program's name, sorted. */
export interface Words {
	readonly plain: readonly string[];
	/** Values by flag, in their order; a flag without a value has an empty list. */
	readonly flags: ReadonlyMap<string, readonly string[]>;
}

/** The flags of a program: those without and those with a value. */
interface Grammar {
	readonly alone: readonly string[];
	readonly valued: readonly string[];
}

export const commandNotFound = (command: readonly string[]): Error =>
	new Error(`The simulated machine does not support this command: ${command.join(' ')}`);

const splitFlag = (word: string) => {
	const [name = '', ...value] = word.split('=');
	return {name, attached: value.length > 0 ? value.join('=') : undefined};
};

/** Sorts words as getopt_long(3) does. A flag that the simulated program does not support is a bug of the caller. */
export const sortWords = (command: readonly string[], grammar: Grammar): Words => {
	const rest = command.slice(1);
	const plain: string[] = [];
	const flags = new Map<string, string[]>();
	for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
		if (!word.startsWith('-')) {
			plain.push(word);
			continue;
		}
		const {name, attached} = splitFlag(word);
		const valued = grammar.valued.includes(name);
		if (!valued && (attached !== undefined || !grammar.alone.includes(name))) throw commandNotFound(command);
		const value = valued ? (attached ?? rest.shift()) : undefined;
		if (valued && value === undefined) throw commandNotFound(command);
		flags.set(name, [...(flags.get(name) ?? []), ...(value === undefined ? [] : [value])]);
	}
	return {plain, flags};
};
