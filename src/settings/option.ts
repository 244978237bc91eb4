import type {Platform} from '../platform/facts.ts';

export const groups = {
	web: 'Web',
	state: 'State',
	builds: 'Builds',
	environment: 'Environment',
	service: 'Service',
} as const;

export type Group = keyof typeof groups;

/** An argument of `vira web`: how a value becomes its words, and what Vira does with them (its app/CLI.hs). */
export interface ViraArgument {
	readonly flag: `--${string}`;
	/** Where it stands among the arguments: the order of Vira's Home Manager module. */
	readonly position: number;
	/** Whether every command of Vira has it; it stands before `web`. */
	readonly global?: boolean;
	/** For a toggle: the value for which the flag is given. Default: true. */
	readonly when?: boolean;
	/** Name of its value in Vira's help; a flag has none. A map is passed as a file that contains it. */
	readonly value?: string;
	/** What Vira accepts as the value. Default: any text. */
	readonly reads?: 'integer' | 'natural' | 'log-level';
	/** The value that Vira uses without the argument. */
	readonly default?: string;
	/** The value for which the argument is not given. */
	readonly leftOutAt?: string;
}

/**
 * Where the export for Vira's Home Manager module has the option. Of a module that lacks it, the export says so:
 * `lacksIt` is a clause about the module. `unrelated`: it is a matter of the machine, not of the module.
 */
type ModulePlace = {readonly position: number} | {readonly lacksIt: string} | 'unrelated';

interface Declared {
	readonly group: Group;
	readonly label: string;
	/** One line, shown under the focused field, in --help and in the documentation. */
	readonly help: string;
	/** Consequences of the choice in a few sentences, for the documentation and for `?`. */
	readonly why?: string;
	/** Path in the settings file. Default: the option's own name at the top level. */
	readonly inFile?: readonly [string, string];
	/** The flag's name without dashes. Default: the option's name in kebab case. */
	readonly flag?: string;
	/** Name of the value in --help, such as PATH. */
	readonly placeholder?: string;
	/** Asked on this platform only. */
	readonly on?: Platform;
	/** Asked only while another option has this value. */
	readonly needs?: {readonly option: string; readonly is: boolean};
	/** Without it, the option reaches Vira in another way, or not at all. */
	readonly vira?: ViraArgument;
	readonly module: ModulePlace;
}

/** The form of a text or of an item, and the message for a value that does not have it. */
export interface Shape {
	readonly pattern: RegExp;
	readonly problem: string;
	/** A form with something around the value, which is the first group. */
	readonly within?: RegExp;
	/** For nearly correct values: the value that was meant, if known, and why it must have that form. */
	readonly nearly?: {readonly meant: (text: string) => string | undefined; readonly why: string};
}

export interface TextOption extends Declared {
	readonly kind: 'text';
	readonly default: string;
	readonly shape: Shape;
	/** Values that most people want, each with its meaning. They are offered; any other can be typed. */
	readonly usual?: readonly {readonly value: string; readonly meaning: string}[];
}

/** A file or folder; `~/` is the home folder. `undefined` if it is optional and not set. */
export interface PathOption extends Declared {
	readonly kind: 'path';
	readonly default?: string;
	readonly optional?: true;
	/** The default is what was found on the machine. */
	readonly found?: 'vira';
	/** Nix packages are values too; this one is the default if only Nix was found. */
	readonly installable?: string;
}

export interface NumberOption extends Declared {
	readonly kind: 'number';
	readonly default?: number;
	readonly optional?: true;
	readonly min: number;
	readonly max: number;
	/** Shown with the value. `zero` replaces 0, if that is allowed. */
	readonly unit?: {readonly one: string; readonly many: string; readonly zero?: string};
}

interface ToggleOption extends Declared {
	readonly kind: 'toggle';
	readonly default: boolean;
}

interface ChoiceOption extends Declared {
	readonly kind: 'choice';
	readonly default: string;
	readonly choices: readonly string[];
}

export interface ListOption extends Declared {
	readonly kind: 'list';
	readonly item: string;
	readonly itemShape: Shape;
	/** Whether the items are packages, as Nix and Vira's module have them. */
	readonly ofPackages?: boolean;
	readonly vira?: never;
}

export interface MapOption extends Declared {
	readonly kind: 'map';
	readonly item: string;
	readonly nameShape: Shape;
	/** Whether each name becomes that of a folder. */
	readonly namesFolders?: boolean;
	readonly valueShape: Shape;
	/** Whether a value is unmistakable: it can be given alone, and is named after its last part. */
	readonly namedByValue?: boolean;
	/** Whether each value is a line of a unit. As in Home Manager, null and an empty list write no line. */
	readonly asLines?: boolean;
	/** Whether each entry is a variable of the service. */
	readonly asVariables?: boolean;
	/** Names of the right shape that are still refused, each with the reason. */
	readonly refused?: Readonly<Record<string, string>>;
}

export type Option =
	TextOption | PathOption | NumberOption | ToggleOption | ChoiceOption | ListOption | MapOption;

/** The option's position in the export for Vira's module; undefined if the module lacks it. */
export const modulePosition = ({module}: Option): number | undefined =>
	typeof module === 'object' && 'position' in module ? module.position : undefined;

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

/** Checks the list at compile time: a condition must name an existing option. */
export const defineOptions = <const Options extends Record<string, Option>>(
	options: Options & {
		readonly [Name in keyof Options]: {
			readonly needs?: {readonly option: keyof Options; readonly is: boolean};
		};
	},
): Options => options;
