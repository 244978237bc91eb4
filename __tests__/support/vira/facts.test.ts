import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {facts} from './facts.ts';
import {processStandIn} from './process-stand-in.ts';
import {openWorkshop, type Workshop} from './workshop.ts';

let workshop: Workshop;

beforeAll(async () => {
	workshop = await openWorkshop();
});
afterAll(() => workshop.remove());

describe('the process that stands in for Vira', () => {
	test.each(facts)('$title', async ({see, is}) => {
		expect(await see(await processStandIn(workshop))).toEqual(is);
	});
});
