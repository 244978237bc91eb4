import {expect, test} from '@jest/globals';
import {maskedReport} from '../../src/ui/error-report.ts';

test('anything that looks like a secret is hidden in an error that quotes it', () => {
	const quoted = 'cannot clone https://u:s3cr3t@host/x';
	const hidden = 'cannot clone https://u:••••••@host/x';
	const place = {level: 'error', code: 'invalid-value', setting: 'port', item: null} as const;
	expect(
		maskedReport({
			message: quoted,
			detail: quoted,
			fixes: [{say: quoted}],
			log: ['begin', quoted],
			problems: [{...place, message: quoted}],
			exit: 5,
		}),
	).toEqual({
		message: hidden,
		detail: hidden,
		fixes: [{say: hidden}],
		log: ['begin', hidden],
		problems: [{...place, message: hidden}],
		exit: 5,
	});
});
