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

test.each([
	['--wait 0', '--wait: Must be a whole number of seconds from 1 to 3600.'],
	['--wait 3601', '--wait: Must be a whole number of seconds from 1 to 3600.'],
	['--wait 1.5', '--wait: Must be a whole number of seconds from 1 to 3600.'],
	['rollback --to 0', '--to: Must be 1, 2 or 3, the number of backups that are kept.'],
	['rollback --to 4', '--to: Must be 1, 2 or 3, the number of backups that are kept.'],
	['logs --lines -1', '--lines: Must be a whole number, such as 100.'],
	['logs --since=', '--since: Must be a time, such as yesterday.'],
	['export --format xml', '--format: Use one of: home-manager, json.'],
])('%s is a wrong use', async (typed, what) => {
	const parsing = parseRequest(typed.split(' '), {environment: {}, read: async () => undefined});
	await expect(parsing).rejects.toMatchObject({complaint: {what, code: 2}});
});
