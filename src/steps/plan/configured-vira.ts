import type {Facts, FoundProgram} from '../../platform/facts.ts';
import {askVersion} from '../../platform/vira/find-installed.ts';
import {builtVira} from '../../platform/vira/nix.ts';
import {expandHome} from '../../settings/value.ts';
import type {System} from '../../platform/system.ts';
import {isInstallable} from '../../settings/nix.ts';
import type {Settings} from '../../settings/options.ts';
import {viraAt, type Advice} from '../../platform/service-manager/advice.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {resolveProgram} from '../../platform/vira/why-not-run.ts';

/** The Vira that the settings name; undefined if it does not exist (yet). */
const findConfigured = async (
	system: System,
	facts: Facts,
	{package: wanted}: Settings,
): Promise<FoundProgram | undefined> => {
	if (wanted === '') return undefined;
	const path = isInstallable(wanted) ? builtVira(wanted, facts) : expandHome(wanted, facts.user.home);
	const resolved = await resolveProgram(system, path);
	if (!('program' in resolved)) return undefined;
	const {program} = resolved;
	return {path: program, version: await askVersion(system, program)};
};

const isAboutVira = ({code}: Advice): boolean => code === 'vira' || code === 'no-vira';

/**
 * The findings about the machine, with the Vira of the settings instead of the one that was found: that one runs,
 * whatever else is installed. If it no longer exists, the one that was found can replace it.
 */
export const adviceFor = async (
	system: System,
	facts: Facts,
	settings: Settings | undefined,
): Promise<readonly Advice[]> => {
	const {advice} = managerOf(facts);
	const configured = settings && (await findConfigured(system, facts, settings));
	return configured ? advice.map((one) => (isAboutVira(one) ? viraAt(configured, facts.user) : one)) : advice;
};
