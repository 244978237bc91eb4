import {expect, test} from '@jest/globals';
import {refusedTogether} from '../src/refused-together.ts';

test('each wrong value names its setting and, if it has one, its item', () => {
	const {complaint} = refusedTogether([
		{option: 'repositories', item: 'my-app', message: 'my-app: Use a Git URL.'},
		{option: 'port', place: 'VIRA_SETUP_PORT', message: 'Use a whole number.'},
		{option: undefined, place: '--config', message: 'There is no file /c.'},
	]);
	expect(complaint).toMatchObject({
		what: '--repository: my-app: Use a Git URL.\nVIRA_SETUP_PORT: Use a whole number.\n--config: There is no file /c.',
		problems: [
			{setting: 'initialState.repositories', item: 'my-app', message: 'my-app: Use a Git URL.'},
			{setting: 'port', item: null, message: 'Use a whole number.'},
			{setting: null, item: null, message: 'There is no file /c.'},
		],
	});
});
