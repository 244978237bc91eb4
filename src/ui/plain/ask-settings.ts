import {optionOf, type OptionName, optionNames} from '../../settings/options.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Parsed} from '../../settings/items.ts';
import {formatValue, parseValue} from '../../settings/value.ts';
import {type Option, type Value, groups} from '../../settings/option.ts';
import type {Problem} from '../../settings/problem.ts';
import {
	answered,
	consequences,
	defaultsFor,
	isChanged,
	keep,
	none,
	offerFor,
	problemsWith,
	sameValue,
	shownValue,
	summaryText,
	type Answers,
	listed,
} from './answers.ts';
import {askItems} from './ask-items.ts';
import {wantsToKnow, type Person, notANumber} from './terminal-person.ts';

/** The answer for Enter. */
const offerOf = (value: Value): string => {
	if (typeof value === 'boolean') return shownValue(value);
	const [text = ''] = formatValue(value);
	return text === '' ? none : offerFor(text, shownValue(value));
};

/** The possible answers, if the help does not list them. */
const choiceNote = (option: Option): string => {
	switch (option.kind) {
		case 'toggle':
			return ' On or off.';
		case 'choice':
			return ` One of ${option.choices.join(', ')}.`;
		case 'path':
		case 'number':
			return option.optional ? ` Type ${none} to leave it unset.` : '';
		default:
			return '';
	}
};

const defaultNote = (name: OptionName, answers: Answers): string =>
	isChanged(answers, name) ? ` The default is ${summaryText(name, defaultsFor(answers))}.` : '';

/** The current value, if the prompt does not show it. */
const presentNote = (name: OptionName, {settings}: Answers): string =>
	offerOf(settings[name]) === keep ? ` Current value: ${summaryText(name, settings)}.` : '';

/** The help of an option, the possible answers and the current value. */
const introduce = (name: OptionName, answers: Answers, person: Person): void => {
	const option = optionOf(name);
	const notes = [choiceNote(option), presentNote(name, answers), defaultNote(name, answers)];
	person.show('');
	person.tell(`${option.label}: ${option.help}${notes.join('')}`);
	if (option.kind === 'text' && option.usual)
		person.show(...option.usual.map(({value, meaning}) => `  ${value}: ${meaning}`));
};

const explain = (name: OptionName, person: Person): void => {
	const {help, why} = optionOf(name);
	person.tell(why ?? help);
};

const parsed = (name: OptionName, answer: string, current: Value): Parsed<Value> => {
	const option = optionOf(name);
	if (answer === offerOf(current)) return {good: true, value: current};
	const isUnset = answer === none && 'optional' in option && option.optional;
	return parseValue(option, [isUnset ? '' : answer]);
};

/** A number is typed without its unit, so the question names it. */
export const promptOf = (option: Option): string =>
	option.kind === 'number' && option.unit ? `${option.label}, in ${option.unit.many}` : option.label;

const askOne = async (name: OptionName, start: Answers, person: Person): Promise<Answers> => {
	let answers = start;
	person.tell(...problemsWith(answers, name).map(({message}) => `✖ ${message}`));
	for (;;) {
		const current = answers.settings[name];
		const suggestion = problemsWith(answers, name).find((one) => one.suggestion !== undefined)?.suggestion;
		const offer = suggestion ?? offerOf(current);
		const prompt = {message: promptOf(optionOf(name)), offer, mask: maskLooks};
		const answer = await person.ask(prompt);
		if (wantsToKnow(answer)) {
			explain(name, person);
			continue;
		}
		const read = parsed(name, answer, current);
		if (!read.good) {
			person.tell(`✖ ${read.problem}`);
			continue;
		}
		if (sameValue(read.value, current)) return answers;
		answers = answered(answers, name, read.value);
		person.tell(...consequences(name, answers));
		// The fix may be in another option: the same answer again keeps the value.
		if (problemsWith(answers, name).length === 0) return answers;
	}
};

/** Asks for one option until the answer is valid. */
export const askOption = (name: OptionName, answers: Answers, person: Person): Promise<Answers> => {
	introduce(name, answers, person);
	const {kind} = optionOf(name);
	return kind === 'list' || kind === 'map' ? askItems(name, answers, person) : askOne(name, answers, person);
};

/** The possible answers other than a number; Enter gives the first. */
const words = {preview: 'preview', all: 'all', quit: 'quit'} as const;

const settingText = (name: OptionName, number: number, answers: Answers): readonly string[] => {
	const note = isChanged(answers, name) ? ' (changed)' : '';
	return [
		`  ${number}. ${optionOf(name).label}: ${summaryText(name, answers.settings)}${note}`,
		...consequences(name, answers).map((line) => `     ${line}`),
	];
};

/** Every setting with its number, by group. */
export const settingsText = (answers: Answers): readonly string[] =>
	listed(answers).flatMap((name, index, all) => {
		const {group} = optionOf(name);
		const before = all[index - 1];
		const heading = before !== undefined && optionOf(before).group === group ? [] : [`${groups[group]}:`];
		return [...heading, ...settingText(name, index + 1, answers)];
	});

export const tellSettings = (answers: Answers, person: Person): void => {
	person.show('');
	person.tell(...settingsText(answers));
	person.show('');
	person.tell(
		'Enter shows the planned changes.',
		`Type a number to change that setting, ${words.all} to go through every setting, or ${words.quit}.`,
	);
};

/** Asks for every option in turn: an answer may add or remove later ones. */
const askEach = async (start: Answers, person: Person): Promise<Answers> => {
	let answers = start;
	let group: string | undefined;
	for (const name of optionNames) {
		if (!listed(answers).includes(name)) continue;
		const option = optionOf(name);
		if (option.group !== group) person.show('', `${groups[option.group]}:`);
		({group} = option);
		answers = await askOption(name, answers, person);
	}
	return answers;
};

/** Changes settings, one by one or all of them, until the person wants to see the planned changes. */
export const askSettings = async (start: Answers, person: Person): Promise<Answers> => {
	let answers = start;
	for (;;) {
		const answer = (await person.ask({message: 'What now', offer: words.preview})).trim().toLowerCase();
		const name = /^\d+$/u.test(answer) ? listed(answers)[Number(answer) - 1] : undefined;
		if (answer === words.preview || answer === '') return answers;
		if (answer === words.all) return askEach(answers, person);
		if (answer === words.quit) person.leave();
		if (wantsToKnow(answer)) tellSettings(answers, person);
		else if (name !== undefined) {
			answers = await askOption(name, answers, person);
			person.show('', 'Type ? to see the settings again.');
		} else person.tell(`${notANumber(listed(answers).length)}, or one of: ${Object.keys(words).join(', ')}.`);
	}
};

/** Asks again for each option with a problem. */
export const askAgain = async (
	start: Answers,
	problems: readonly Problem[],
	person: Person,
): Promise<Answers> => {
	let answers: Answers = {...start, told: problems};
	person.show('');
	person.tell('These settings cannot be applied:');
	for (const name of optionNames.filter((one) => problems.some(({option}) => option === one)))
		answers = await askOption(name, answers, person);
	return answers;
};
