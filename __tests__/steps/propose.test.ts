import {expect, test} from '@jest/globals';
import {detect} from '../../src/steps/detect.ts';
import {load} from '../../src/steps/load.ts';
import {proposer} from '../../src/steps/propose.ts';
import {rehearse} from '../support/rehearsal.ts';
import {mac} from '../support/mac.ts';
import {settings} from '../support/situation.ts';

test.each([
	['linux', []],
	['macos', ['environment BELL', 'environment SHLVL']],
] as const)('what the service manager of %s cannot take is told: %j', async (platform, places) => {
	const system = await rehearse();
	const found = await detect(system);
	const facts = platform === 'linux' ? found : mac({...found, managedBy: undefined});
	const propose = proposer(system, facts, await load(system, facts));
	const proposed = await propose(settings({environment: {BELL: '\u0007', SHLVL: '2'}}));
	const problems = proposed.good ? [] : proposed.problems;
	expect(problems.map(({option, item}) => `${option} ${item ?? ''}`)).toEqual(places);
});
