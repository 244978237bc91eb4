import {exitCode, SetupError} from '../../errors.ts';
import type {Notice} from '../../notice.ts';

/** Without a person to ask: fails with every reason why Vira cannot be set up here. */
export const refuseAdvice = ([first, ...others]: readonly Notice[]): never => {
	throw new SetupError({
		message: first?.message ?? '',
		detail: [first?.detail ?? '', ...others.flatMap(({message, detail = ''}) => [message, detail])].join(
			'\n',
		),
		fixes: [first, ...others].flatMap((one) => one?.fixes ?? []),
		exit: exitCode.unsuitable,
	});
};
