import {expect, test} from '@jest/globals';
import {workflowProblems} from '../../scripts/workflows/problems.ts';

const pinned = `actions/checkout@${'a'.repeat(40)} # v1.2.3`;
const workflow = (step: string, permissions = 'permissions:\n  contents: read'): string =>
	`on: push\n${permissions}\njobs:\n  one:\n    steps:\n      - ${step}\n`;
const problemsOf = (...given: Parameters<typeof workflow>) =>
	workflowProblems(workflow(...given), new Set(['build']));

test.each([`uses: ${pinned}`, 'run: npm run build', 'run: npm run --silent build -- --minify'])(
	'%s has no problem',
	(step) => {
		expect(problemsOf(step)).toEqual([]);
	},
);

test.each([
	'uses: actions/checkout@v6',
	`uses: ${pinned.split(' ')[0] ?? ''}`,
	'run: npm run biuld',
	'run: npm run --silent biuld',
])('%s is a problem, with its line', (step) => {
	expect(problemsOf(step)).toEqual([expect.stringMatching(/^7: /u)]);
});

test.each([
	'permissions: write-all',
	'',
	'permissions:\n  contents: write',
	'permissions:\n  contents: read\n  issues: write',
])('permissions for all jobs must be as few as possible: %j', (permissions) => {
	expect(problemsOf('run: npm run build', permissions)).not.toEqual([]);
});
