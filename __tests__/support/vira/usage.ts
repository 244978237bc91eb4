import {commands, helpOption, type CommandName, type Option} from './options.ts';

const columnOfHelp = 34;

const withValue = ({flag, value}: Option): string => (value === undefined ? flag : `${flag} ${value.name}`);

const optionLine = (option: Option): string => {
	const names = `  ${option.short === undefined ? '' : `${option.short},`}${withValue(option)}`;
	const standard = option.default === undefined ? '' : ` (default: ${option.default})`;
	return `${names.padEnd(columnOfHelp)} ${option.help}${standard}`;
};

const inBrackets = (options: readonly Option[]): string =>
	options.map((option) => ` [${[option.short, withValue(option)].filter(Boolean).join('|')}]`).join('');

export const programUsageLine = (options: readonly Option[]): string =>
	`Usage: vira${inBrackets(options)} COMMAND`;

export const commandUsageLine = (name: CommandName, options: readonly Option[]): string => {
	const {word} = commands[name];
	return `Usage: vira ${name}${word === undefined ? '' : ` [${word}]`}${inBrackets(options)}`;
};

export const programHelp = (options: readonly Option[]): string =>
	[
		programUsageLine(options),
		'',
		'Available options:',
		...[...options, helpOption].map(optionLine),
		'',
		'Available commands:',
		...Object.entries(commands).map(([name, {help}]) => `${`  ${name}`.padEnd(columnOfHelp)} ${help}`),
	].join('\n');

export const commandHelp = (name: CommandName, options: readonly Option[]): string =>
	[
		commandUsageLine(name, options),
		'',
		`  ${commands[name].help}`,
		'',
		'Available options:',
		...[...options, helpOption].map(optionLine),
	].join('\n');
