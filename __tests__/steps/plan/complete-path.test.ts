import {beforeAll, expect, test} from '@jest/globals';
import type {System} from '../../../src/platform/system.ts';
import {pathCompleter} from '../../../src/steps/plan/paths-in-form.ts';
import {simulate} from '../../support/simulated-linux.ts';

let system: System;

beforeAll(async () => {
	system = await simulate();
	const {home} = system.user;
	for (const folder of ['keys', 'keys/old', 'keys/.hidden', 'key-ring'])
		await system.makeFolder(`${home}/${folder}`, 0o700);
	for (const file of ['keys/a.pem', 'keys/b.pem']) await system.writeFile(`${home}/${file}`, '', 0o600);
});

test.each<readonly [typed: string, candidates: readonly string[]]>([
	['~/key', ['~/key-ring/', '~/keys/']],
	['~/keys/', ['~/keys/a.pem', '~/keys/b.pem', '~/keys/old/']],
	['~/keys/.', ['~/keys/.hidden/']],
	['/home/alice/keys/a', ['/home/alice/keys/a.pem']],
	['~/nowhere/x', []],
	['~', ['~/']],
	['relative/x', []],
	['github:juspay/vira', []],
])('%s can be completed to %j', async (typed, candidates) => {
	expect(await pathCompleter(system)(typed)).toEqual(candidates);
});

test('a folder that cannot be read has no names', async () => {
	const refusing = {...system, list: () => Promise.reject(Object.assign(new Error('no'), {code: 'EACCES'}))};
	expect(await pathCompleter(refusing)('/root/')).toEqual([]);
});
