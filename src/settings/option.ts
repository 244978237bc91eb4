import type {Platform} from '../platform/facts.ts';

export const groups = {
	web: 'Web',
	state: 'State',
	builds: 'Builds',
	environment: 'Environment',
} as const;

export type Group = keyof typeof groups;

interface Declared {
	readonly group: Group;
	readonly label: string;
	/** One line, shown under the focused field, in --help and in the documentation. */
	readonly help: string;
	/** What follows from the choice, in a sentence or two: for the documentation and for `?`. */
	readonly why?: string;
	/** Where the value stands in the settings file; the option's own name at the top where this is not given. */
	readonly inFile?: readonly [string, string];
	/** The flag's name without dashes; the option's name in kebab case where this is not given. */
	readonly flag?: string;
	/** What stands for the value in --help, such as PATH. */
	readonly placeholder?: string;
	/** Asked on this platform only. */
	readonly on?: Platform;
	/** Asked only while another option has this value. */
	readonly needs?: {readonly option: string; readonly is: boolean};
}

/** What an item of a list or a map, or a text, has to look like, and the sentence for what does not. */
export interface Shape {
	readonly pattern: RegExp;
	readonly problem: string;
	/** What is taken for the value where it is written with something around it: the first group. */
	readonly within?: RegExp;
	/** For what is nearly right: what was meant, where that can be told, and why it has to be that. */
	readonly nearly?: {readonly meant: (text: string) => string | undefined; readonly why: string};
}

export interface TextOption extends Declared {
	readonly kind: 'text';
	readonly default: string;
	readonly shape: Shape;
}

/** A file or folder; `~/` stands for the home folder. `undefined` where it is optional and not set. */
export interface PathOption extends Declared {
	readonly kind: 'path';
	readonly default: string | undefined;
	readonly optional: boolean;
	/** The default is what was found on the machine. */
	readonly found?: 'vira';
	/** What Nix can build is a value as well; this is the default where nothing was found and Nix was. */
	readonly installable?: string;
}

export interface NumberOption extends Declared {
	readonly kind: 'number';
	readonly default: number | undefined;
	readonly optional: boolean;
	readonly min: number;
	readonly max: number;
}

export interface ToggleOption extends Declared {
	readonly kind: 'toggle';
	readonly default: boolean;
}

export interface ChoiceOption extends Declared {
	readonly kind: 'choice';
	readonly default: string;
	readonly choices: readonly string[];
}

export interface ListOption extends Declared {
	readonly kind: 'list';
	readonly item: string;
	readonly itemShape: Shape;
}

export interface MapOption extends Declared {
	readonly kind: 'map';
	readonly item: string;
	readonly nameShape: Shape;
	/** Whether each name becomes that of a folder. */
	readonly namesFolders?: boolean;
	readonly valueShape: Shape;
	/** Whether each value is a line of a unit: in JSON null and an empty list write none, as in Home Manager. */
	readonly asLines?: boolean;
	/** Names of the right shape that are refused all the same, each with the reason. */
	readonly refused?: Readonly<Record<string, string>>;
}

export type Option =
	TextOption | PathOption | NumberOption | ToggleOption | ChoiceOption | ListOption | MapOption;

export type Value =
	string | number | boolean | undefined | readonly string[] | Readonly<Record<string, string>>;

export type ValueOf<O extends Option> = O extends {kind: 'choice'; choices: readonly (infer Choice)[]}
	? Choice
	: O extends {kind: 'toggle'}
		? boolean
		: O extends {kind: 'number'; optional: true}
			? number | undefined
			: O extends {kind: 'number'}
				? number
				: O extends {kind: 'path'; optional: true}
					? string | undefined
					: O extends {kind: 'list'}
						? readonly string[]
						: O extends {kind: 'map'}
							? Readonly<Record<string, string>>
							: string;

/** Checks the whole list where it is written: a condition must name an option that is there. */
export const defineOptions = <const Options extends Record<string, Option>>(
	options: Options & {
		readonly [Name in keyof Options]: {
			readonly needs?: {readonly option: keyof Options; readonly is: boolean};
		};
	},
): Options => options;
