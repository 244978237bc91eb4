import {expect, test} from '@jest/globals';
import {findRepeated, findUnwanted} from '../../scripts/words/find-unwanted.ts';

const phrasesIn = (path: string, content: string): readonly (readonly [line: number, phrase: string])[] =>
	findUnwanted(path, content).map(({line, phrase}) => [line, phrase]);

test.each([
	[
		'a string',
		"const text = 'Nobody is told.';",
		[
			[1, 'Nobody'],
			[1, 'is told'],
		],
	],
	['a template, in its middle', 'const text = `${a} goes on\n${b}`;', [[1, 'goes on']]],
	['JSX text', 'const view = <Text>\n\tIt runs already\n</Text>;', [[2, 'runs already']]],
	['a comment, for two words only', '// Nobody mends it.\nconst a = 1;', [[1, 'mends']]],
	['a name', 'const mend = 1;', [[1, 'mend']]],
	['a part of a name', 'const mendIt = tellMend();', [[1, 'mend']]],
	['a former option', "const text = 'vira-setup --rehearse';", [[1, 'rehearse']]],
	['a part of a word', "const text = 'recommended, amended, the renewal';", []],
	['a path', "const text = 'src/verbs/setup.ts';", []],
])('in source code, %s', (_, content, found) => {
	expect(phrasesIn('src/some.tsx', content)).toEqual(found);
});

test('in a page, every line', () => {
	expect(phrasesIn('docs/some.md', 'Vira restarts.\n\n```\n✔ Vira is started anew.\n```\n')).toEqual([
		[4, 'anew'],
	]);
});

test('a sentence that is written twice is found with both places, and words that only look like it are not', () => {
	const sources = [
		['src/a.ts', "const a = 'The service does not run.';\nconst b = 'systemctl --user start vira.service';"],
		['src/b.ts', "const c = `The service does not run.`;\nconst d = 'systemctl --user start vira.service';"],
		[
			'src/c.ts',
			"import type {The} from 'the service does not run.';\ntype Kind = 'the service does not run';",
		],
	] as const;
	expect(findRepeated(sources)).toEqual([
		{text: 'The service does not run.', places: ['src/a.ts:1', 'src/b.ts:1']},
	]);
});
