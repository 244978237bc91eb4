import type {ViraArgument} from '../../../src/settings/option.ts';
import {optionNames, optionOf} from '../../../src/settings/options.ts';
import {integer, logLevel, natural, text, type ValueKind} from './values.ts';

/** An option without a value is a flag. */
export interface Option {
	readonly flag: string;
	readonly short?: string;
	readonly value?: ValueKind;
	readonly default?: string;
	readonly help: string;
}

export interface Command {
	readonly help: string;
	readonly options: readonly Option[];
	readonly word?: string;
}

export type CommandName = 'web' | 'info' | 'export' | 'import' | 'ci';

export const helpOption: Option = {flag: '--help', short: '-h', help: 'Show this help text'};

const kinds: Readonly<Record<NonNullable<ViraArgument['reads']>, (name: string) => ValueKind>> = {
	integer,
	natural,
	'log-level': () => logLevel,
};

const kindOf = ({value, reads}: ViraArgument): ValueKind | undefined => {
	if (value === undefined) return undefined;
	return (reads ? kinds[reads] : text)(value);
};

/** The arguments in the list of options: that they are those of the real Vira is held by its recorded grammar. */
const argumentsThat = (isGlobal: boolean): readonly Option[] =>
	optionNames.flatMap((name) => {
		const {vira, help} = optionOf(name);
		if (!vira || (vira.global ?? false) !== isGlobal) return [];
		const value = kindOf(vira);
		return [
			{
				flag: vira.flag,
				help,
				...(value && {value}),
				...(vira.default !== undefined && {default: vira.default}),
			},
		];
	});

export const globalOptions: readonly Option[] = [
	...argumentsThat(true),
	{flag: '--version', help: 'Show version'},
];

export const commands: Readonly<Record<CommandName, Command>> = {
	web: {help: 'Serve the web page', options: argumentsThat(false)},
	info: {help: 'Show versions and the platform', options: []},
	export: {help: 'Print the state as JSON', options: []},
	import: {help: 'Read state as JSON from standard input', options: []},
	ci: {
		help: 'Run a pipeline once',
		options: [{flag: '--only-build', short: '-b', help: 'Build and do nothing more'}],
		word: 'DIRECTORY',
	},
};

export const isCommandName = (word: string): word is CommandName => Object.hasOwn(commands, word);
