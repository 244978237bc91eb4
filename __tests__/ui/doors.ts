import {parseRequest} from '../../src/command-line/request.ts';
import {flags, variableOf, type Flag} from '../../src/settings/flags.ts';
import type {Option, Value} from '../../src/settings/option.ts';
import {optionOf, withGiven, type OptionName} from '../../src/settings/options.ts';
import {nameInFile} from '../../src/settings/settings-file.ts';
import {entryName} from '../../src/settings/items.ts';
import {formatValue, parseValue} from '../../src/settings/value.ts';
import {focusedText, textOf, textsOf, type FormEvent, type FormState} from '../../src/ui/form/form.ts';
import {problemsAt} from '../../src/ui/form/problems.ts';
import {focused} from '../../src/ui/form/spots.ts';
import {formAfter} from '../../src/ui/form/form-after.ts';
import {askOption} from '../../src/ui/plain/ask-settings.ts';
import {facts, form as openedForm, settings} from './ink/fixture.ts';
import {personWho} from './plain/person-who.ts';

/** The result for a value at one of the places where it can be given: the value, or the message that refuses it. */
export type Taken = {readonly value: Value} | {readonly refused: string};

const flagFor = (name: OptionName): Flag => {
	const flag = flags.find(({option}) => option === name);
	if (!flag) throw new Error(`${name} has no flag`);
	return flag;
};

export const isCollection = ({kind}: Option): boolean => kind === 'list' || kind === 'map';

/** Nothing is typed there in the form. */
const isTurned = ({kind}: Option): boolean => kind === 'toggle' || kind === 'choice';

/** If the item is not visible, it is named before the message. */
export const sentenceAbout = (name: OptionName, text: string, message: string): string => {
	const labels = isCollection(optionOf(name)) ? [`${text}: `, `${entryName(text)}: `, 'item 1: '] : [];
	return message.slice(labels.find((label) => message.startsWith(label))?.length ?? 0);
};

const request = async (
	name: OptionName,
	text: string,
	{
		words = [],
		environment = {},
		file,
	}: {words?: string[]; environment?: Record<string, string>; file?: string},
): Promise<Taken> => {
	const config = file === undefined ? [] : ['--config', '-'];
	const {given, problems} = await parseRequest([...words, ...config, '--non-interactive'], {
		environment,
		read: () => Promise.resolve(file),
	});
	const [problem] = problems;
	if (problem) return {refused: sentenceAbout(name, text, problem.message)};
	return {value: withGiven(settings, ...given)[name]};
};

const byFlag = (name: OptionName, text: string): Promise<Taken> => {
	const flag = flagFor(name);
	if (flag.placeholder !== undefined) return request(name, text, {words: [`--${flag.name}=${text}`]});
	return request(name, text, {
		words: [formatValue(true)[0] === text ? `--${flag.name}` : `--no-${flag.name}`],
	});
};

const byVariable = (name: OptionName, text: string): Promise<Taken> =>
	request(name, text, {environment: {[variableOf(flagFor(name))]: text}});

/** As a user writes it in JSON. */
const inJson = (option: Option, text: string): unknown => {
	switch (option.kind) {
		case 'toggle':
			return {true: true, false: false}[text] ?? text;
		case 'number':
			return Number.isNaN(Number(text)) ? text : Number(text);
		case 'list':
			return [text];
		case 'map':
			return {[entryName(text)]: text.slice(entryName(text).length + 1)};
		default:
			return text;
	}
};

const byFile = (name: OptionName, text: string): Promise<Taken> => {
	const value = inJson(optionOf(name), text);
	const file = nameInFile(name)
		.split('.')
		.reduceRight<unknown>((inner, key) => ({[key]: inner}), value);
	return request(name, text, {file: JSON.stringify(file)});
};

const typing = (option: Option, text: string): readonly FormEvent[] => {
	if (isCollection(option))
		return [
			{form: 'open'},
			{form: 'items', event: {item: 'edit', edit: {insert: text}}},
			{form: 'items', event: {item: 'keep'}},
		];
	return [
		{form: 'edit', edit: {erase: 'to-start'}},
		{form: 'edit', edit: {insert: text}},
	];
};

/** Changes a switch or a choice until it shows the text, or its first one again. */
const turned = (form: FormState, text: string): FormState => {
	let next = form;
	do next = formAfter(next, {form: 'turn', by: 1});
	while (![text, focusedText(form)].includes(focusedText(next)));
	return next;
};

const byForm = async (name: OptionName, text: string): Promise<Taken> => {
	const option = optionOf(name);
	const before = focused(openedForm(), name);
	const form = isTurned(option) ? turned(before, text) : typing(option, text).reduce(formAfter, before);
	if (isTurned(option) && textOf(form, name) !== text) return {refused: 'It is never shown.'};
	const problem = form.items?.draft?.problem;
	if (problem !== undefined) return {refused: problem};
	// Conflicts between settings are checked for all of them together.
	const own = parseValue(option, textsOf(form, name));
	return own.good ? {value: form.settings[name]} : {refused: problemsAt(form, name)[0]?.message ?? ''};
};

const byPrompt = async (name: OptionName, text: string): Promise<Taken> => {
	const person = personWho(text, '', '');
	const {settings: after} = await askOption(name, {facts, settings, told: []}, person);
	const first = person.heard.findIndex((line) => line.startsWith('?'));
	const next = person.heard[first + 1] ?? '';
	const isKept = formatValue(after[name]).join() === formatValue(settings[name]).join();
	return isKept && next.startsWith('✖ ') ? {refused: next.slice(2)} : {value: after[name]};
};

type Door = (name: OptionName, text: string) => Promise<Taken>;

/** The five places where a setting can be given. */
export const doors: Readonly<Record<string, Door>> = {
	flag: byFlag,
	variable: byVariable,
	file: byFile,
	form: byForm,
	prompt: byPrompt,
};

const choicesOf = (option: Option): readonly string[] => (option.kind === 'choice' ? option.choices : []);

const written = ['true', 'false'];

/** Whether the text can be given there at all. */
export const canGive = (door: string, option: Option, text: string): boolean => {
	const isToggle = option.kind === 'toggle';
	if (isCollection(option) && text === '') return false;
	switch (door) {
		case 'flag':
			return !isToggle || written.includes(text);
		case 'form':
			return !isTurned(option) || (isToggle ? written : choicesOf(option)).includes(text);
		// JSON has its own words for on, off and not set, and a name for each value of a map.
		case 'file':
			return (
				{toggle: [...written, 'maybe'].includes(text), number: text !== '', map: text.includes('=')}[
					option.kind as string
				] ?? true
			);
		// Enter keeps the current value.
		case 'prompt':
			return text !== '';
		default:
			return true;
	}
};
