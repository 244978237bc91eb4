import {expect, test} from '@jest/globals';
import {parseRequest} from '../src/request.ts';

test.each([
	['stop', true],
	['stop --json', false],
	['stop --non-interactive', false],
	['doctor --fix', true],
	['doctor --fix --json', false],
])('%s: whether sudo can ask for a password at the terminal is %j', async (typed, mayBeAsked) => {
	const request = await parseRequest(typed.split(' '), {environment: {}, read: async () => undefined});
	expect(request.mayBeAsked).toBe(mayBeAsked);
});

test.each([
	['--wait 0', '--wait: Use a whole number of seconds from 1 to 3600.'],
	['--wait 3601', '--wait: Use a whole number of seconds from 1 to 3600.'],
	['--wait 1.5', '--wait: Use a whole number of seconds from 1 to 3600.'],
	['rollback --to 0', '--to: Use 1, 2 or 3: that many versions are kept.'],
	['rollback --to 4', '--to: Use 1, 2 or 3: that many versions are kept.'],
	['logs --lines -1', '--lines: Use a whole number, such as 100.'],
	['logs --since=', '--since: Give a time, such as yesterday.'],
	['export --format xml', '--format: Use one of: home-manager, json.'],
])('%s is a usage error', async (typed, what) => {
	const parsing = parseRequest(typed.split(' '), {environment: {}, read: async () => undefined});
	await expect(parsing).rejects.toMatchObject({complaint: {what, code: 2}});
});
