import {exitCode, SetupError} from '../errors.ts';
import type {System} from '../platform/system.ts';
import type {AskVira} from './action.ts';
import {remarksOnVira} from './checks/vira.ts';

const messagesOf = (remarks: readonly {readonly message: string}[]): string =>
	remarks.map(({message}) => message).join('\n');

/**
 * The checks of a Vira that was built only now, before the service that runs is touched. Throws a SetupError where it
 * would not do what is asked of it, or would delete a state: a plan that keeps that needs a Vira that is there.
 */
export const demandSuitableVira = async (question: AskVira, system: System): Promise<void> => {
	const {program} = question;
	if (!(await system.inspect(program))?.executable) {
		throw new SetupError({
			what: `What was built has no bin/vira: there is no ${program}.`,
			next: ['Give a package that has one: --package github:juspay/vira'],
			code: exitCode.usage,
		});
	}
	const {problems, warnings} = await remarksOnVira(system, question);
	if (problems.length > 0) throw new SetupError({what: messagesOf(problems), code: exitCode.usage});
	const losses = warnings.filter(({code}) => code === 'state-reset');
	if (losses.length === 0) return;
	throw new SetupError({
		what: `Vira was built, and it cannot read the state in ${question.stateFolder}: it would delete that at its start.`,
		why: 'vira-setup moves such a state aside, but has to know of it before it begins.',
		next: question.toKeepState,
		code: exitCode.unsuitable,
	});
};
