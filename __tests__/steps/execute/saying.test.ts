import {expect, test} from '@jest/globals';
import {saying} from '../../../src/steps/execute/apply.ts';

test('progress lines are passed on in order, and then the result', async () => {
	let goOn = (): void => undefined;
	const stream = saying(async (say) => {
		say('one');
		await new Promise<void>((resolve) => {
			goOn = resolve;
		});
		say('two');
		return 'done';
	});
	expect(await stream.next()).toEqual({done: false, value: 'one'});
	goOn();
	expect(await stream.next()).toEqual({done: false, value: 'two'});
	expect(await stream.next()).toEqual({done: true, value: 'done'});
});

test('of lines that were not read, the newest counts', async () => {
	const stream = saying(async (say) => {
		for (const line of ['one', 'two', 'three']) say(line);
	});
	expect(await stream.next()).toEqual({done: false, value: 'three'});
	expect((await stream.next()).done).toBe(true);
});

test('an error is thrown', async () => {
	await expect(saying(() => Promise.reject(new Error('no'))).next()).rejects.toThrow('no');
});
