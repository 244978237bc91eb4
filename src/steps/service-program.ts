import {exitCode, SetupError} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {lookInto} from '../platform/look.ts';
import type {System} from '../platform/system.ts';
import {whyNotExecutable} from '../platform/why-not-run.ts';
import type {Settings} from '../settings/options.ts';
import type {Existing} from './situation.ts';
import {anotherVira} from './another-vira.ts';
import {managerOf} from './managers.ts';

export const notStopped = 'The running Vira was not stopped.';

const whyNot = async (system: System, path: string): Promise<string | undefined> => {
	const found = await lookInto(system, path);
	if (found === 'hidden') return undefined;
	if (found?.leadsTo === undefined) return `there is nothing at ${path}`;
	return whyNotExecutable(system, path, found);
};

/**
 * The program of a new process of the service; undefined where it is not known. Throws where such a process could not be
 * made, before the old one is ended for it.
 */
export const demandProgram = async (
	system: System,
	facts: Facts,
	{settings, existing}: {readonly settings: Settings; readonly existing: Existing},
): Promise<string | undefined> => {
	const path = await managerOf(facts).byHand.program(system, existing);
	const why = path === undefined ? undefined : await whyNot(system, path);
	if (why === undefined) return path;
	throw new SetupError({
		what: `Vira cannot be started: ${why}.`,
		...(facts.service.active === 'active' && {why: notStopped}),
		next: ['Put it back, or:', anotherVira(facts, settings)],
		code: exitCode.unsuitable,
	});
};
