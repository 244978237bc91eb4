import {join} from 'node:path';
import {linuxSystem, openLinux} from '../../src/simulator/linux/linux-system.ts';
import {diskFiles} from '../../src/simulator/files/disk-files.ts';
import {foundOn} from '../../src/platform/vira/programs.ts';
import {defaultSettings} from '../../src/settings/options.ts';
import {masker} from '../../src/settings/secrets/masker.ts';
import {detect} from '../../src/steps/detect.ts';
import {examine} from '../../src/steps/plan/examine.ts';
import {load} from '../../src/steps/load/load.ts';
import {plan} from '../../src/steps/plan/plan.ts';
import {preview} from '../../src/steps/plan/preview.ts';
import {median} from './median.ts';
import {repositories} from './repositories.ts';

/** Milliseconds to plan and preview a new installation with this many repositories: the first time, and the median. */
export const planning = async (
	folder: string,
	{count, rounds}: {readonly count: number; readonly rounds: number},
): Promise<{readonly firstMs: number; readonly ms: number}> => {
	const options = {files: diskFiles, folder: join(folder, 'planning'), pace: 'instant'} as const;
	const system = linuxSystem(await openLinux(options), options);
	const facts = await detect(system);
	const existing = await load(system, facts);
	const settings = {...defaultSettings(foundOn(facts)), repositories: repositories(count)};
	const site = await examine({system, settings, facts, existing});
	const situation = {facts, existing, site};
	const times: number[] = [];
	for (let round = 0; round < rounds; round += 1) {
		const began = performance.now();
		const actions = plan(settings, situation);
		const {files} = preview(actions, {settings, mask: masker(settings)}, situation);
		times.push(performance.now() - began);
		if (files.flatMap(({lines}) => lines).length < count)
			throw new Error('The repositories are not in the preview.');
	}
	return {firstMs: times[0] ?? Number.NaN, ms: median(times)};
};
