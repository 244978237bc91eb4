import {expect, test} from '@jest/globals';
import {machineFailure} from '../../src/platform/run-result.ts';

test.each([
	['EACCES', 4],
	['EPERM', 4],
	['EROFS', 1],
	['ENOSPC', 1],
	['EMFILE', 1],
])('%s is reported with its path, and exits with status %i', (code, status) => {
	const error = Object.assign(new Error(`${code}: it failed`), {code, path: '/home/alice/x'});
	expect(machineFailure(error)).toEqual({
		message: expect.stringContaining('/home/alice/x'),
		detail: `${code}: it failed`,
		exit: status,
	});
});

test.each([
	['of Node', Object.assign(new TypeError('no'), {code: 'ERR_INVALID_ARG_TYPE'})],
	['without a code', new Error('no')],
])('a bug is not reported as a failure of the machine: one %s', (_, error) => {
	expect(machineFailure(error)).toBeUndefined();
});
