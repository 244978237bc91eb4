import type {OptionName} from '../../settings/options.ts';
import {cautionAt, problemsAt, type Answers} from './answers.ts';

/** The problems of an option, or the warning about its value. */
export const consequences = (name: OptionName, answers: Answers): readonly string[] => {
	const caution = cautionAt(answers, name);
	return [
		...problemsAt(answers, name).map(({message}) => `✖ ${message}`),
		...(caution ? [`! ${caution.message}`] : []),
	];
};
