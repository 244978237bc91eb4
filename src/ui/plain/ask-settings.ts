import {notANumber, wantsToKnow, type Person} from './person.ts';
import {groups} from '../../settings/option.ts';
import {optionNames, optionOf, type OptionName} from '../../settings/options.ts';
import type {Problem} from '../../settings/problem.ts';
import {consequences, isChanged, listed, summaryText, type Answers} from './answers.ts';
import {askOption} from './ask-option.ts';

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
