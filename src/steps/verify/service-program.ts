import {exitCode, SetupError} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import {lookInto} from '../../platform/place.ts';
import type {System} from '../../platform/system.ts';
import {whyNotExecutable} from '../../platform/vira/why-not-run.ts';
import type {Settings} from '../../settings/options.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {anotherVira} from '../../platform/service-manager/another-vira.ts';
import {notStopped} from '../../platform/service-manager/manual-control.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';

const whyNot = async (system: System, path: string): Promise<string | undefined> => {
	const found = await lookInto(system, path);
	if (found === 'hidden') return undefined;
	if (found?.leadsTo === undefined) return `${path} does not exist`;
	return whyNotExecutable(system, path, found);
};

/**
 * The program that the service would run; undefined if it is unknown. Throws if it cannot be run, before the old process
 * is stopped.
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
		message: `Vira cannot be started: ${why}.`,
		...(facts.service.active === 'active' && {detail: notStopped}),
		fixes: [{say: 'Restore it, or use another Vira:'}, anotherVira(facts, settings)],
		exit: exitCode.unsuitable,
	});
};
