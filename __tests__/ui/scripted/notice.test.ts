import {expect, test} from '@jest/globals';
import {exitCode} from '../../../src/errors.ts';
import {failureNotice, findingNotice, notice} from '../../../src/ui/scripted/notice.ts';

const hide = (text: string): string => text.replaceAll('s3cr3t', '•');

test('a notice has every field, and its secrets are masked', () => {
	const warning = {
		code: 'x',
		message: 'a s3cr3t',
		fixes: ['vira-setup --environment A=s3cr3t   sets s3cr3t'],
	};
	expect(notice('warning', warning, hide)).toEqual({
		level: 'warning',
		code: 'x',
		message: 'a •',
		detail: null,
		fixes: [{say: 'Sets •.', command: 'vira-setup --environment A=•'}],
	});
});

test('the code of an error stands for the exit status', () => {
	const failure = {
		message: 'It s3cr3t.',
		detail: 'Because s3cr3t.',
		fixes: ['Wait.'],
		exit: exitCode.refused,
	};
	expect(failureNotice(failure, hide)).toEqual({
		level: 'error',
		code: 'refused',
		message: 'It •.',
		detail: 'Because •.',
		fixes: [{say: 'Wait.'}],
	});
});

test.each([
	['running', false, 'error'],
	['answering', false, 'error'],
	['starts-at-boot', false, 'warning'],
	['survives-logout', false, 'warning'],
	['answering', true, 'ok'],
] as const)('the finding %s, good: %j, has the level %s', (code, good, level) => {
	expect(findingNotice({code, good, message: 'It is so.'}, hide)).toMatchObject({
		level,
		code: code === 'answering' ? 'responding' : code,
	});
});
