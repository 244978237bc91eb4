import {expect} from '@jest/globals';
import type {GivenMac} from '../../src/platform/rehearsal/launchd/fresh-mac.ts';
import type {Profile} from '../../src/platform/rehearsal/launchd/mac-state.ts';
import type {MacRehearsal} from '../../src/platform/rehearsal/rehearsal-mac.ts';
import {rehearseMac, someProfiles} from './mac-rehearsal.ts';
import {run} from './scripted.ts';

export const backgroundPath = '/Users/alice/.config/vira-setup/launchd/org.vira.service.plist';

/** A Mac on which Vira was set up and runs. */
export const macSetUp = async (given: GivenMac = {}, ...words: readonly string[]): Promise<MacRehearsal> => {
	const machine = await rehearseMac(given);
	const {code, document} = await run(machine, ...words);
	expect([code, document.outcome]).toEqual([0, 'installed']);
	return machine;
};

/** What launchd has of the service: where, its state, how often it was started, and from what file. */
export const launched = async (machine: MacRehearsal): Promise<readonly string[]> =>
	Object.entries((await machine.events.mac()).services).map(
		([id, {state, runs, path}]) => `${id} ${state} ${runs} ${path}`,
	);

/** What a run ended with: its exit status, its outcome, and the sentence of what it was refused with. */
export const ended = async (
	machine: MacRehearsal,
	...words: readonly string[]
): Promise<readonly [code: number | string, outcome: string, sentence: string]> => {
	const {code, document} = await run(machine, ...words);
	const error = document['error'] as {readonly message: string} | undefined;
	return [code, document.outcome, error?.message ?? ''];
};

/** The same under each of the profiles; says which one it was where it does not hold. */
export const underProfiles = async (holds: (profile: Partial<Profile>) => Promise<void>): Promise<void> => {
	for (const profile of someProfiles) {
		await holds(profile).catch((error: unknown) => {
			throw new Error(`${JSON.stringify(profile)}\n${(error as Error).message}`, {cause: error});
		});
	}
};
