import {test} from '@jest/globals';
import type {GivenMac} from '../../src/simulator/macos/fresh-mac.ts';
import type {Profile} from '../../src/simulator/macos/mac-state.ts';
import {everyProfile, macIn, type MacSimulation} from './simulated-mac.ts';
import {folderInMemory} from './disks.ts';
import {newFolder} from './new-folder.ts';

/** Makes a Mac whose switches are set as in one of the combinations. */
export type MakeMac = (given?: GivenMac) => Promise<MacSimulation>;

/** Something that must hold whatever a Mac answers when sources disagree. It has to use Macs created for it. */
export type Scenario = (makeMac: MakeMac) => Promise<void>;

interface Run {
	readonly profile: Profile;
	/** The switches that its Macs used. */
	readonly consulted: readonly (keyof Profile)[];
}

/**
 * Whether a run also shows the result under the other combination. A simulated Mac is deterministic: if
 * every switch that it used is the same, the result is the same.
 */
const standsFor = ({profile, consulted}: Run, other: Profile): boolean =>
	consulted.every((name) => profile[name] === other[name]);

const runUnder = async (scenario: Scenario, profile: Profile, newPlace: () => string): Promise<Run> => {
	const macs: MacSimulation[] = [];
	await scenario(async ({mac, ...given} = {}) => {
		const machine = await macIn(newPlace(), {...given, mac: {...mac, profile}});
		macs.push(machine);
		return machine;
	});
	if (macs.length === 0) throw new Error('No Mac was made: nothing was shown of any combination.');
	const consulted = await Promise.all(macs.map(async ({events}) => (await events.mac()).consulted));
	return {profile, consulted: [...new Set(consulted.flat())]};
};

/** Where its Macs are kept. */
interface Places {
	/**
	 * All on the disk, where another process finds them: each run is then one of the built program. Otherwise the first run
	 * is, and the others are in this process, which takes a tenth of the time.
	 */
	readonly onDisk?: boolean;
}

/**
 * Shows that something holds under every combination of the switches, and runs it only for those that no earlier run
 * stands for. Throws with the combination where it does not hold. Answers how many combinations there are, and how
 * many runs stood for them.
 */
export const underEveryProfile = async (
	scenario: Scenario,
	{onDisk = false}: Places = {},
): Promise<{readonly combinations: number; readonly runs: number}> => {
	const runs: Run[] = [];
	for (const profile of everyProfile) {
		if (runs.some((run) => standsFor(run, profile))) continue;
		const newPlace = onDisk || runs.length === 0 ? newFolder : folderInMemory;
		const run = await runUnder(scenario, profile, newPlace).catch((error: unknown) => {
			throw new Error(`With ${JSON.stringify(profile)}:\n${(error as Error).message}`, {cause: error});
		});
		runs.push(run);
	}
	return {combinations: everyProfile.length, runs: runs.length};
};

const limitMs = 180_000;

/** A test of a scenario under every combination. */
export const testScenario = (name: string, scenario: Scenario, places?: Places): void =>
	test(
		name,
		async () => {
			await underEveryProfile(scenario, places);
		},
		limitMs,
	);

/** The same, of a scenario in which a terminal shows the built program. */
export const testScenarioOnDisk = (name: string, scenario: Scenario): void =>
	testScenario(name, scenario, {onDisk: true});
