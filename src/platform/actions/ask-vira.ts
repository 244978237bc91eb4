import type {Fix} from '../../notice.ts';
import {exitCode, SetupError} from '../../errors.ts';
import {doesNotExist} from '../paths.ts';
import type {System} from '../system.ts';
import {remarksOnVira, type ViraQuestion} from '../vira/check-vira.ts';
import {performing, type ActionKind} from './action-kind.ts';

/** Checks a Vira that did not exist when the plan was made. */
export interface AskVira extends ViraQuestion {
	readonly does: 'ask-vira';
	/** The fixes if it would delete a state that it cannot read. */
	readonly toKeepState: readonly Fix[];
	readonly why: string;
}

/** Before the running service is touched: only a plan made with an existing Vira can keep a state. */
const demandSuitableVira = async (question: AskVira, system: System): Promise<void> => {
	const {program} = question;
	if (!(await system.inspect(program))?.executable) {
		throw new SetupError({
			message: `The package that was built has no bin/vira: ${doesNotExist(program)}`,
			fixes: [{say: 'Use a package that has one: --package github:juspay/vira'}],
			exit: exitCode.usage,
		});
	}
	const {problems, warnings} = await remarksOnVira(system, question);
	if (problems.length > 0) {
		const message = problems.map((problem) => problem.message).join('\n');
		throw new SetupError({message, exit: exitCode.usage});
	}
	if (!warnings.some(({code}) => code === 'state-reset')) return;
	throw new SetupError({
		message: `Vira was built, but it cannot read the state in ${question.stateFolder} and would delete it when it starts.`,
		detail: 'vira-setup can move such a state aside only if it knows about it before it begins.',
		fixes: question.toKeepState,
		exit: exitCode.unsuitable,
	});
};

export const askViraKind: ActionKind<AskVira> = {
	perform: performing(demandSuitableVira),
	describe: () => 'Check what the new Vira supports',
	toJson: ({program, why}) => ({program, why}),
};
