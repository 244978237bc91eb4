import {groups} from '../../settings/option.ts';
import {optionOf, type OptionName} from '../../settings/options.ts';
import {isChanged, listed, type Answers} from './answers.ts';
import {consequences} from './consequences.ts';
import {summaryText} from './value-text.ts';

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
