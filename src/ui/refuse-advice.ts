import {exitCode, SetupError} from '../errors.ts';
import type {Advice} from '../steps/advice.ts';

/** Says to somebody who cannot be asked why the machine cannot do it, all of it at once. */
export const refuseAdvice = (refusals: readonly Advice[]): never => {
	const told = refusals.filter((one) => one.level === 'refusal');
	const [first, ...others] = told;
	throw new SetupError({
		what: first?.title ?? '',
		why: [first?.consequence ?? '', ...others.flatMap(({title, consequence}) => [title, consequence])].join(
			'\n',
		),
		next: told.flatMap(({mend}) => mend),
		code: exitCode.unsuitable,
	});
};
