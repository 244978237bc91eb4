import {exitCode, SetupError} from '../../errors.ts';
import {doesNotExist} from '../path-errors.ts';
import type {System} from '../system.ts';
import type {AskVira} from './action.ts';
import {remarksOnVira} from '../vira/check-vira.ts';

const messagesOf = (remarks: readonly {readonly message: string}[]): string =>
	remarks.map(({message}) => message).join('\n');

/**
 * Checks a Vira that was just built, before the running service is touched. Throws a SetupError if it does not support
 * the settings or would delete a state: only a plan made with an existing Vira can keep that.
 */
export const demandSuitableVira = async (question: AskVira, system: System): Promise<void> => {
	const {program} = question;
	if (!(await system.inspect(program))?.executable) {
		throw new SetupError({
			message: `The package that was built has no bin/vira: ${doesNotExist(program)}`,
			fixes: [{say: 'Use a package that has one: --package github:juspay/vira'}],
			exit: exitCode.usage,
		});
	}
	const {problems, warnings} = await remarksOnVira(system, question);
	if (problems.length > 0) throw new SetupError({message: messagesOf(problems), exit: exitCode.usage});
	const losses = warnings.filter(({code}) => code === 'state-reset');
	if (losses.length === 0) return;
	throw new SetupError({
		message: `Vira was built, but it cannot read the state in ${question.stateFolder} and would delete it when it starts.`,
		detail: 'vira-setup can move such a state aside only if it knows about it before it begins.',
		fixes: question.toKeepState,
		exit: exitCode.unsuitable,
	});
};
