import type {Option} from '../../src/settings/option.ts';
import {optionNames, optionOf, type OptionName} from '../../src/settings/options.ts';
import {nameInFile} from '../../src/settings/settings-file.ts';

/** `stateDir` as Ansible writes it: `state_dir`. */
const snake = (name: string): string => name.replaceAll(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`);

const types: Readonly<Record<Option['kind'], string>> = {
	// A path is one of the host, or a Nix package: Ansible must not expand it.
	path: 'str',
	text: 'str',
	choice: 'str',
	number: 'int',
	toggle: 'bool',
	list: 'list',
	map: 'dict',
};

const defaultText = (option: Option): string | undefined => {
	if (option.kind === 'list' || option.kind === 'map' || option.default === undefined) return undefined;
	return `If it is not given, it is C(${String(option.default)}).`;
};

const platformText = ({on}: Option): string | undefined =>
	on === undefined ? undefined : `Only on ${on === 'linux' ? 'Linux' : 'macOS'}.`;

/** Of the command line: Ansible's type is a dictionary. */
const namedByUrl = / ?A URL alone is named after its last part\./u;

/** What documents an option: each a text of one or more sentences. */
const paragraphs = (option: Option): readonly string[] =>
	[option.help, option.why, defaultText(option), platformText(option)]
		.filter((text) => text !== undefined)
		.map((text) => text.replace(namedByUrl, ''));

const choicesOf = (option: Option): readonly string[] | undefined =>
	option.kind === 'choice' ? option.choices : undefined;

const width = 100;

/** Words of a text in lines of that width, indented. */
const wrapped = (text: string, indent: string): readonly string[] => {
	const lines: string[] = [];
	for (const word of text.split(' ')) {
		const last = lines.at(-1);
		if (last !== undefined && `${last} ${word}`.length <= width) lines[lines.length - 1] = `${last} ${word}`;
		else lines.push(`${indent}${word}`);
	}
	return lines;
};

/** An option in YAML, as modules and roles document it. */
const documented = (name: string, option: Option): readonly string[] => {
	const choices = choicesOf(option);
	return [
		`${name}:`,
		'  description:',
		...paragraphs(option).flatMap((text) => ['    - >-', ...wrapped(text, '      ')]),
		`  type: ${types[option.kind]}`,
		...(option.kind === 'list' ? ['  elements: str'] : []),
		...(choices ? ['  choices:', ...choices.map((choice) => `    - ${choice}`)] : []),
	];
};

const ofAll = (lines: (name: OptionName, option: Option) => readonly string[], indent: string): string =>
	optionNames
		.flatMap((name) => lines(name, optionOf(name)))
		.map((line) => `${indent}${line}\n`)
		.join('');

const head = `# Copyright (c) 2026 The vira-setup authors
# MIT License (see LICENSE)
# Generated from the list of options of vira-setup: npm run docs

from __future__ import absolute_import, division, print_function

__metaclass__ = type
`;

/** ansible/plugins/doc_fragments/settings.py: the settings, as ansible-doc shows them. */
export const ansibleDocumentation = (): string => `${head}

class ModuleDocFragment(object):
    DOCUMENTATION = r"""
options:
${ofAll((name, option) => documented(snake(name), option), '  ')}"""
`;

/** What Ansible takes for a secret: a map has values of variables or URLs with a password; the key of a certificate is a path. */
const noLog = (name: OptionName, {kind}: Option): readonly string[] => {
	if (kind === 'map') return ['no_log=True'];
	return name.endsWith('Key') ? ['no_log=False'] : [];
};

const argument = (name: OptionName, option: Option): string => {
	const choices = choicesOf(option);
	return [
		`type="${types[option.kind]}"`,
		...(option.kind === 'list' ? ['elements="str"'] : []),
		...(choices ? [`choices=[${choices.map((choice) => `"${choice}"`).join(', ')}]`] : []),
		...noLog(name, option),
	].join(', ');
};

const placeOf = (name: OptionName): string =>
	nameInFile(name)
		.split('.')
		.map((key) => `"${key}"`)
		.join(', ');

/** ansible/plugins/module_utils/settings.py: the settings as arguments, and where the settings file has them. */
export const ansibleArguments = (): string => `${head}
ARGUMENTS = dict(
${ofAll((name, option) => [`${snake(name)}=dict(${argument(name, option)}),`], '    ')})

PLACES = {
${ofAll((name) => [`"${snake(name)}": [${placeOf(name)}],`], '    ')}}

MAPS = [
${ofAll((name, {kind}) => (kind === 'map' ? [`"${snake(name)}",`] : []), '    ')}]
`;

const mark = '# The settings of Vira, generated from the list of options of vira-setup by npm run docs.\n';

/** A file whose end, below the mark, is generated. Throws without a mark. */
const withEnd = (text: string, indent: string, end: string): string => {
	const [start, more] = text.split(mark);
	if (start === undefined || more === undefined)
		throw new Error(`A file of the role lacks the line: ${mark}`);
	return `${start.trimEnd()}\n${indent}${mark}${end}`;
};

/** ansible/roles/vira/meta/argument_specs.yml: a variable of the role for each setting. */
export const roleArguments = (text: string): string =>
	withEnd(
		text,
		' '.repeat(6),
		ofAll((name, option) => documented(`vira_${snake(name)}`, option), ' '.repeat(6)),
	);

/** ansible/roles/vira/tasks/service.yml: the task that passes them on. */
export const roleTask = (text: string): string =>
	withEnd(
		text,
		' '.repeat(4),
		ofAll((name) => [`${snake(name)}: "{{ vira_${snake(name)} | default(omit) }}"`], ' '.repeat(4)),
	);

/** ansible/galaxy.yml for that version: a collection goes with the program of its version. */
export const galaxyFile = (text: string, version: string): string =>
	text.replace(/^version: .*$/mu, `version: ${version}`);
