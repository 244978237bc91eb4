import {groups, type Group, type Option} from '../../src/settings/option.ts';
import {optionNames, optionOf, options, type OptionName} from '../../src/settings/options.ts';
import {flags, variableOf, type Flag} from '../../src/settings/flags.ts';
import {nameInFile} from '../../src/settings/settings-file.ts';
import {losingTrack} from '../../src/settings/rules.ts';

const code = (text: string): string => `\`${text}\``;

const plural = (noun: string): string => (noun.endsWith('y') ? `${noun.slice(0, -1)}ies` : `${noun}s`);

const usualText = ({value, meaning}: {value: string; meaning: string}): string =>
	`${code(value)} (${meaning})`;

const takes = (option: Option): string => {
	switch (option.kind) {
		case 'text':
			return option.usual ? `text, such as ${option.usual.map(usualText).join(' or ')}` : 'text';
		case 'path':
			if (option.installable !== undefined)
				return 'a path, where `~/` is your home folder, or a Nix package (as for `nix build`)';
			return option.optional ? 'a path, or none' : 'a path; `~/` is your home folder';
		case 'number':
			return `a whole number${option.unit ? ` of ${option.unit.many}` : ''} from ${option.min} to ${option.max}${option.optional ? ', or none' : ''}`;
		case 'toggle':
			return 'on or off';
		case 'choice':
			return `one of ${option.choices.map(code).join(', ')}`;
		case 'list':
			return `any number of ${plural(option.item)}`;
		case 'map':
			return `any number of ${plural(option.item)}, each ${code(option.placeholder ?? 'NAME=VALUE')}`;
	}
};

const defaultText = (option: Option): string => {
	if (option.kind === 'list' || option.kind === 'map') return 'none';
	if (option.kind === 'toggle') return option.default ? 'on' : 'off';
	if (option.kind === 'path' && option.found)
		return `the Vira found on this machine; if there is only Nix, ${code(option.installable ?? '')}`;
	return option.default === undefined ? 'not set' : code(String(option.default));
};

const usage = (flag: Flag): string => {
	const plain = flag.placeholder === undefined ? `--${flag.name}` : `--${flag.name} ${flag.placeholder}`;
	const given = `${code(plain)}${flag.repeated ? ' (can be repeated)' : ''}`;
	return [given, ...(flag.negatable ? [code(`--no-${flag.name}`)] : [])].join(' or ');
};

const conditions = ({on, needs}: Option): readonly string[] => [
	...(on === undefined ? [] : [`Only on ${on === 'linux' ? 'Linux' : 'macOS'}.`]),
	...(needs === undefined ? [] : [`Only if ${code(needs.option)} is ${needs.is ? 'on' : 'off'}.`]),
];

/** Names that a map refuses, by reason. */
const refusals = (option: Option): readonly string[] => {
	if (option.kind !== 'map') return [];
	const ofValues = option === options.serviceConfig ? Object.values(losingTrack) : [];
	const refused = [
		...Object.entries(option.refused ?? {}),
		...ofValues.flatMap(({shown, why}) => shown.map((one) => [one, why] as const)),
	];
	return [...new Set(refused.map(([, reason]) => reason))].map((reason) => {
		const names = refused.filter(([, one]) => one === reason).map(([name]) => code(name));
		return `- Refused: ${names.join(', ')}: ${reason}`;
	});
};

const section = (name: OptionName): readonly string[] => {
	const option = optionOf(name);
	const flag = flags.find((one) => one.option === name);
	if (!flag) return [];
	return [
		`### ${option.label}`,
		'',
		[option.help, ...(option.why === undefined ? [] : [option.why]), ...conditions(option)].join(' '),
		'',
		`- Value: ${takes(option)}. Default: ${defaultText(option)}.`,
		`- Flag: ${usage(flag)}`,
		`- Variable: ${code(variableOf(flag))}${flag.repeated ? ', one per line' : ''}`,
		`- In the settings file: ${code(nameInFile(name))}`,
		...refusals(option),
		'',
	];
};

const inGroup = (group: Group): readonly OptionName[] =>
	optionNames.filter((name) => optionOf(name).group === group);

/** docs/settings.md: every setting, how to set it, and its consequences. */
export const settingsPage = (): string =>
	[
		'# Settings',
		'',
		'Generated from the list of options by `npm run docs`. A setting comes from the first of these that has it: its flag, its variable, the file of `--config`, the saved settings, the default.',
		'',
		...(Object.keys(groups) as Group[]).flatMap((group) => [
			`## ${groups[group]}`,
			'',
			...inGroup(group).flatMap(section),
		]),
	]
		.join('\n')
		.trimEnd()
		.concat('\n');
