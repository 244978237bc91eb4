import {expect, test} from '@jest/globals';
import type {Failure} from '../../../src/errors.ts';
import {maskFailure} from '../../../src/platform/actions/action.ts';

const failure = (secret: string): Failure => ({
	message: `message ${secret}`,
	detail: `detail ${secret}`,
	fixes: [{say: `say ${secret}`, command: `command ${secret}`, safe: true}, {say: `sentence ${secret}`}],
	log: [`log ${secret}`],
	problems: [
		{
			level: 'error',
			code: 'invalid-value',
			message: `problem ${secret}`,
			setting: `setting ${secret}`,
			item: `item ${secret}`,
		},
		{level: 'error', code: 'invalid-value', message: 'Wrong.', setting: null, item: null},
	],
	exit: 5,
});

test('a secret is hidden in every text of a failure, and nothing else changes', () => {
	const mask = (text: string): string => text.replaceAll('S3CR3T', '••••••');
	expect(maskFailure(failure('S3CR3T'), mask)).toEqual(failure('••••••'));
});
