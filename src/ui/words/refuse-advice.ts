import {exitCode, SetupError} from '../../errors.ts';
import type {Advice} from '../../platform/service-manager/advice.ts';

/** Without a person to ask: fails with every reason why Vira cannot be set up here. */
export const refuseAdvice = (refusals: readonly Advice[]): never => {
	const told = refusals.filter((one) => one.level === 'error');
	const [first, ...others] = told;
	throw new SetupError({
		message: first?.message ?? '',
		detail: [first?.detail ?? '', ...others.flatMap(({message: title, detail}) => [title, detail])].join(
			'\n',
		),
		fixes: told.flatMap(({fixes}) => fixes),
		exit: exitCode.unsuitable,
	});
};
