import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import packageFile from '../package.json' with {type: 'json'};
import {workflowProblems} from './workflows/problems.ts';

/**
 * Fails on workflows of GitHub with actions that are not pinned, with more permissions than a job needs, or with scripts
 * that package.json does not have. actionlint, which is no package of npm, finds the rest: `.github/workflows/ci.yml` runs it.
 */
const folder = join(import.meta.dirname, '..', '.github', 'workflows');
const scripts = new Set(Object.keys(packageFile.scripts));

for (const file of readdirSync(folder)) {
	const text = readFileSync(join(folder, file), 'utf8');
	for (const problem of workflowProblems(text, scripts)) {
		console.error(`.github/workflows/${file}:${problem}`);
		process.exitCode = 1;
	}
}
