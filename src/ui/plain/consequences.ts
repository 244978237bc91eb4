import type {OptionName} from '../../settings/options.ts';
import {cautionAt, problemsAt, type Answers} from './answers.ts';

/** What is wrong with the value of an option, or what follows from it. */
export const consequences = (name: OptionName, answers: Answers): readonly string[] => {
	const caution = cautionAt(answers, name);
	return [
		...problemsAt(answers, name).map(({message}) => `✖ ${message}`),
		...(caution ? [`! ${caution.message}`] : []),
	];
};
