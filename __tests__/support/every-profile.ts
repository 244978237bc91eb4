import {rmSync} from 'node:fs';
import {test} from '@jest/globals';
import type {GivenMac} from '../../src/platform/rehearsal/launchd/fresh-mac.ts';
import type {Profile} from '../../src/platform/rehearsal/launchd/mac-state.ts';
import type {MacRehearsal} from '../../src/platform/rehearsal/rehearsal-mac.ts';
import {everyProfile, macIn} from './mac-rehearsal.ts';
import {newFolder} from './rehearsal.ts';

/** Makes a Mac whose switches are set as in one of the combinations. */
export type MakeMac = (given?: GivenMac) => Promise<MacRehearsal>;

/** Something that is to hold whatever a Mac answers where the sources disagree. It has to use Macs that were made for it. */
export type Scenario = (makeMac: MakeMac) => Promise<void>;

interface Run {
	readonly profile: Profile;
	/** The switches that its Macs went by. */
	readonly consulted: readonly (keyof Profile)[];
}

/**
 * Whether a run has shown how it goes under the other combination as well. A simulated Mac is deterministic: where
 * every switch that it went by is set alike, it goes the same way.
 */
const standsFor = ({profile, consulted}: Run, other: Profile): boolean =>
	consulted.every((name) => profile[name] === other[name]);

const runUnder = async (scenario: Scenario, profile: Profile): Promise<Run> => {
	const macs: MacRehearsal[] = [];
	await scenario(async ({mac, ...given} = {}) => {
		const machine = await macIn(newFolder(), {...given, mac: {...mac, profile}});
		macs.push(machine);
		return machine;
	});
	if (macs.length === 0) throw new Error('No Mac was made: nothing was shown of any combination.');
	const consulted = await Promise.all(macs.map(async ({events}) => (await events.mac()).consulted));
	for (const {folder} of macs) rmSync(folder, {recursive: true});
	return {profile, consulted: [...new Set(consulted.flat())]};
};

/**
 * Shows that something holds under every combination of the switches, and runs it only for those that no earlier run
 * stands for. Throws with the combination where it does not hold. Answers how many combinations there are, and how
 * many runs stood for them.
 */
export const underEveryProfile = async (
	scenario: Scenario,
): Promise<{readonly combinations: number; readonly runs: number}> => {
	const runs: Run[] = [];
	for (const profile of everyProfile) {
		if (runs.some((run) => standsFor(run, profile))) continue;
		const run = await runUnder(scenario, profile).catch((error: unknown) => {
			throw new Error(`With ${JSON.stringify(profile)}:\n${(error as Error).message}`, {cause: error});
		});
		runs.push(run);
	}
	return {combinations: everyProfile.length, runs: runs.length};
};

const limitMs = 180_000;

/** A test of a scenario under every combination. */
export const testScenario = (name: string, scenario: Scenario): void =>
	test(
		name,
		async () => {
			await underEveryProfile(scenario);
		},
		limitMs,
	);
