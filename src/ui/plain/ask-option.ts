import {optionOf, type OptionName} from '../../settings/options.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {formatValue, parseValue, type Parsed} from '../../settings/value.ts';
import type {Option, Value} from '../../settings/option.ts';
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
} from './answers.ts';
import {askItems} from './ask-items.ts';
import {wantsToKnow, type Person} from './person.ts';

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
		const prompt = {message: promptOf(optionOf(name)), offer: offerOf(current), mask: maskLooks};
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
