import {expect, test} from '@jest/globals';
import {parseRequest} from '../src/request.ts';

test.each([
	['stop', true],
	['stop --json', false],
	['stop --non-interactive', false],
	['doctor --fix', true],
	['doctor --fix --json', false],
])('%s: whether sudo may ask for a password at the terminal is %j', async (typed, mayBeAsked) => {
	const request = await parseRequest(typed.split(' '), {environment: {}, read: async () => undefined});
	expect(request.mayBeAsked).toBe(mayBeAsked);
});
