import {groups} from '../../settings/option.ts';
import {optionNames, optionOf} from '../../settings/options.ts';
import type {Problem} from '../../settings/rules.ts';
import {listed, type Answers} from './answers.ts';
import {askOption} from './ask-option.ts';
import {wantsToKnow, type Person} from './person.ts';
import {settingsText} from './settings-text.ts';

/** What can be answered beside a number; the first is what Enter gives. */
const words = {preview: 'preview', all: 'all', leave: 'leave'} as const;

const tellWays = (person: Person): void =>
	person.tell(
		'Enter shows what would be done.',
		`A number changes that setting, ${words.all} asks for one after the other, ${words.leave} ends it.`,
	);

export const tellSettings = (answers: Answers, person: Person): void => {
	person.show('');
	person.tell(...settingsText(answers));
	person.show('');
	tellWays(person);
};

/** Every option in turn, as long as it is asked: an answer may put others in question, or out of it. */
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

/** Lets the settings be changed, one by one or all of them, until the person wants to see what would be done. */
export const askSettings = async (start: Answers, person: Person): Promise<Answers> => {
	let answers = start;
	for (;;) {
		const answer = (await person.ask({message: 'What now', offer: words.preview})).trim().toLowerCase();
		const name = /^\d+$/u.test(answer) ? listed(answers)[Number(answer) - 1] : undefined;
		if (answer === words.preview || answer === '') return answers;
		if (answer === words.all) return askEach(answers, person);
		if (answer === words.leave) person.leave();
		if (wantsToKnow(answer)) tellSettings(answers, person);
		else if (name !== undefined) {
			answers = await askOption(name, answers, person);
			person.show('', 'Type ? to see the settings again.');
		} else
			person.tell(
				`✖ Use a number from 1 to ${listed(answers).length}, or one of: ${Object.keys(words).join(', ')}.`,
			);
	}
};

/** Asks again for what was found wrong, each at its option. */
export const askAgain = async (
	start: Answers,
	problems: readonly Problem[],
	person: Person,
): Promise<Answers> => {
	let answers: Answers = {...start, told: problems};
	person.show('');
	person.tell('This cannot be done as it stands:');
	for (const name of optionNames.filter((one) => problems.some(({option}) => option === one)))
		answers = await askOption(name, answers, person);
	return answers;
};
