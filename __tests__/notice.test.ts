import {expect, test} from '@jest/globals';
import {fixText, maskNotice, type Fix} from '../src/notice.ts';

test.each<readonly [Fix, string]>([
	[{say: 'shows why', command: 'vira-setup logs'}, 'vira-setup logs   shows why'],
	[{say: 'Remove the link:', command: 'rm /x/vira.service'}, 'Remove the link: rm /x/vira.service'],
	[{say: '', command: 'loginctl enable-linger alice'}, 'loginctl enable-linger alice'],
	[{say: 'Then run vira-setup again.'}, 'Then run vira-setup again.'],
])('%j is printed as %j', (fix, line) => {
	expect(fixText(fix)).toBe(line);
});

test('the secrets of a notice are hidden in its message, its detail and its fixes', () => {
	const hide = (text: string): string => text.replaceAll('s3cr3t', '•');
	const notice = {
		code: 'x',
		message: 'a s3cr3t',
		detail: 'because s3cr3t',
		fixes: [{say: 'sets s3cr3t', command: 'vira-setup --environment A=s3cr3t'}, {say: 'Forget s3cr3t.'}],
	};
	expect(maskNotice(notice, hide)).toEqual({
		code: 'x',
		message: 'a •',
		detail: 'because •',
		fixes: [{say: 'sets •', command: 'vira-setup --environment A=•'}, {say: 'Forget •.'}],
	});
});
