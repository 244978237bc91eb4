import type {System} from '../../src/platform/system.ts';
import {apply} from '../../src/steps/execute/apply.ts';
import {detect} from '../../src/steps/detect.ts';
import type {RemovalChoices} from '../../src/steps/removal/plan-removal.ts';
import type {Applied} from '../../src/platform/actions/action.ts';
import {removalProposer, type RemovalProposal} from '../../src/steps/removal/propose-removal.ts';
import {readFootprint} from '../../src/steps/removal/read-installed-files.ts';
import {drain} from './settle.ts';

const gentle: RemovalChoices = {overwrite: false, purge: false, disableLinger: true};

/** The removal that the program would propose on a machine. */
export const proposeRemovalOn = async (
	system: System,
	choices: Partial<RemovalChoices> = {},
): Promise<RemovalProposal> => {
	const facts = await detect(system);
	return removalProposer(facts, await readFootprint(system, facts))({...gentle, ...choices});
};

/** Removes everything that can be undone. `through`: the system that the changes go through. */
export const removeFrom = async (
	system: System,
	choices: Partial<RemovalChoices> = {},
	{through = system, signal = new AbortController().signal}: {through?: System; signal?: AbortSignal} = {},
): Promise<Applied> => {
	const {plan} = await proposeRemovalOn(system, choices);
	return (await drain(apply(plan.actions, through, signal))).end;
};
