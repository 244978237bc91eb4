import {foundOn} from '../../src/platform/vira/programs.ts';
import type {System} from '../../src/platform/system.ts';
import {defaultSettings, withGiven, type Settings} from '../../src/settings/options.ts';
import {apply} from '../../src/steps/execute/apply.ts';
import {detect} from '../../src/steps/detect.ts';
import {load} from '../../src/steps/load/load.ts';
import type {Applied, Progress} from '../../src/platform/actions/action.ts';
import {proposer, type Proposal} from '../../src/steps/plan/propose.ts';

/** Runs a stream to its end: everything it reported, and how it ended. */
export const drain = async <T>(
	stream: AsyncGenerator<Progress, T>,
): Promise<{readonly told: readonly Progress[]; readonly end: T}> => {
	const told: Progress[] = [];
	for (;;) {
		const next = await stream.next();
		if (next.done) return {told, end: next.value};
		told.push(next.value);
	}
};

/** What the program would propose on a machine for some changed settings. */
export const proposeOn = async (system: System, changes: Partial<Settings> = {}): Promise<Proposal> => {
	const facts = await detect(system);
	const existing = await load(system, facts);
	const start = withGiven(defaultSettings(foundOn(facts)), existing.saved?.given ?? new Map());
	const proposed = await proposer(system, facts, existing)({...start, ...changes});
	if (!proposed.good) throw new Error(proposed.problems.map(({message}) => message).join(' '));
	return proposed.proposal;
};

/** Applies what is proposed for the settings. `through`: the system that the changes go through. */
export const settle = async (
	system: System,
	changes: Partial<Settings> = {},
	{through = system, signal = new AbortController().signal}: {through?: System; signal?: AbortSignal} = {},
): Promise<Applied> => {
	const {actions} = await proposeOn(system, changes);
	return (await drain(apply(actions, through, signal))).end;
};
