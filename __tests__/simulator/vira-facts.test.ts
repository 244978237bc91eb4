import {describe, expect, test} from '@jest/globals';
import {simulatedVira} from '../support/simulated-vira.ts';
import {facts} from '../support/vira/facts.ts';

describe('the simulated Vira', () => {
	test.each(facts)('$title', async ({see, is}) => {
		expect(await see(await simulatedVira())).toEqual(is);
	});
});
