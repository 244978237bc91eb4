import {expect, test} from '@jest/globals';
import {exitCode} from '../../../src/errors.ts';
import type {Fix} from '../../../src/notice.ts';
import {failureJson, findingJson, fixJson, noticeJson} from '../../../src/ui/scripted/json-text.ts';

const hide = (text: string): string => text.replaceAll('s3cr3t', '•');

test.each<readonly [Fix, string]>([
	[{say: 'shows why', command: 'vira-setup logs'}, 'Shows why.'],
	[{say: 'lists everything.', command: 'vira-setup --help'}, 'Lists everything.'],
	[{say: '', command: 'loginctl enable-linger alice'}, 'Run this command.'],
	[{say: 'Remove the link:', command: 'rm /x/vira.service'}, 'Remove the link.'],
	[{say: 'Then:', command: 'vira-setup start'}, 'Then run this command.'],
	[
		{say: 'End every other Vira, then:', command: 'vira-setup start'},
		'End every other Vira, then run this command.',
	],
	[{say: 'To keep them, first run:', command: 'vira-setup export'}, 'To keep them, first run this command.'],
])('in a document, %j says %j', (fix, say) => {
	expect(fixJson(fix)).toEqual({say, command: fix.command});
});

test('a fix without a command keeps its text, and a safe one says so', () => {
	expect(fixJson({say: 'users.users.alice.linger = true;'})).toEqual({
		say: 'users.users.alice.linger = true;',
	});
	expect(fixJson({say: 'fixes it', command: 'x', safe: true})).toEqual({
		say: 'Fixes it.',
		command: 'x',
		safe: true,
	});
});

test('a notice has every field, and its secrets are masked', () => {
	const fixes = [{say: 'sets s3cr3t', command: 'vira-setup --environment A=s3cr3t'}];
	expect(noticeJson({level: 'warning', code: 'x', message: 'a s3cr3t', fixes}, hide)).toEqual({
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
		fixes: [{say: 'Wait.'}],
		exit: exitCode.refused,
	};
	expect(failureJson(failure, hide)).toEqual({
		level: 'error',
		code: 'refused',
		message: 'It •.',
		detail: 'Because •.',
		fixes: [{say: 'Wait.'}],
	});
});

test('a finding about the page says how the page responds', () => {
	const finding = {level: 'error', code: 'responding', message: 'It is so.', kind: 'silent'} as const;
	expect(findingJson(finding, hide)).toMatchObject({level: 'error', code: 'responding', kind: 'silent'});
});
