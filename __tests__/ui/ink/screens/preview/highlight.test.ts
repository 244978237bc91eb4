import {expect, test} from '@jest/globals';
import {highlighted, highlighterOf} from '../../../../../src/ui/ink/screens/preview/diff-rows.ts';
import {codeRows} from '../../../../../src/ui/ink/components/rows.ts';

test.each([
	['/a/vira.service', '[Service]', [{text: '[Service]', bold: true}]],
	['/a/vira.service', '# By hand', [{text: '# By hand', tone: 'quiet'}]],
	['/a/vira.service', 'Type=simple', [{text: 'Type', tone: 'accent'}, {text: '=simple'}]],
	[
		'/a/v.plist',
		'<key>Label</key>',
		[
			{text: '<key>', tone: 'quiet'},
			{text: 'Label', tone: 'accent'},
			{text: '</key>', tone: 'quiet'},
		],
	],
	['/a/s.json', '  "port": 1,', [{text: '  '}, {text: '"port"', tone: 'accent'}, {text: ': 1,'}]],
] as const)('%s: %s', (path, text, expected) => {
	expect(highlighterOf(path)?.(text)).toEqual(expected);
});

test('a line that wraps keeps its theme there, and the same characters', () => {
	const rows = codeRows('ExecStart=/bin/vira web', {width: 16, mark: {text: '  + '}});
	expect(highlighted(rows, [{text: 'ExecStart', tone: 'accent'}, {text: '=/bin/vira web'}])).toEqual([
		[{text: '  + '}, {text: 'ExecStart', tone: 'accent'}, {text: '=/b'}],
		[{text: '      '}, {text: 'in/vira'}],
		[{text: '      '}, {text: 'web'}],
	]);
});
