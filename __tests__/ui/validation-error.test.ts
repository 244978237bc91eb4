import {expect, test} from '@jest/globals';
import {refusedTogether} from '../../src/ui/error-report.ts';

test('each wrong value names its setting and, if it has one, its item', () => {
	const {failure} = refusedTogether([
		{option: 'repositories', item: 'my-app', message: 'my-app: Must be a Git URL.'},
		{option: 'port', place: 'VIRA_SETUP_PORT', message: 'Must be a whole number.'},
		{option: undefined, place: '--config', message: '/c does not exist.'},
	]);
	expect(failure).toMatchObject({
		message:
			'--repository: my-app: Must be a Git URL.\nVIRA_SETUP_PORT: Must be a whole number.\n--config: /c does not exist.',
		problems: [
			{setting: 'initialState.repositories', item: 'my-app', message: 'my-app: Must be a Git URL.'},
			{setting: 'port', item: null, message: 'Must be a whole number.'},
			{setting: null, item: null, message: '/c does not exist.'},
		],
	});
});
