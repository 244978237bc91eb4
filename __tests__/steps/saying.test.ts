import {expect, test} from '@jest/globals';
import {saying} from '../../src/steps/saying.ts';

test('what is said is passed on as it is said, and then the answer', async () => {
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

test('of lines that nobody has taken, the newest counts', async () => {
	const stream = saying(async (say) => {
		for (const line of ['one', 'two', 'three']) say(line);
	});
	expect(await stream.next()).toEqual({done: false, value: 'three'});
	expect((await stream.next()).done).toBe(true);
});

test('what goes wrong is thrown', async () => {
	await expect(saying(() => Promise.reject(new Error('no'))).next()).rejects.toThrow('no');
});
