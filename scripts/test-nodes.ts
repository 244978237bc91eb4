import {spawnSync} from 'node:child_process';
import {dirname, delimiter, join} from 'node:path';
import {parseArgs} from 'node:util';
import {nodeBinary} from './nodes/node-binary.ts';
import {testedNodes} from './nodes/releases.ts';

/** Runs the quick tests and those in terminals on the Nodes with the given major versions; without any, on all. */
const root = join(import.meta.dirname, '..');
const {values, positionals} = parseArgs({
	allowPositionals: true,
	options: {terminals: {type: 'boolean', default: false}},
});
const chosen = positionals.length > 0 ? positionals : Object.keys(testedNodes);

const runners: Readonly<Record<string, readonly string[]>> = {
	...(!values.terminals && {'the quick tests': ['quick']}),
	'the tests in terminals': ['slow', '--testPathPatterns', '__tests__/program/(mac-screens|suspend|wizard)'],
};

const runOn = (node: string, words: readonly string[]): number => {
	const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
	const flags = ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'];
	const {status} = spawnSync(node, [...flags, jest, '--ci', '--selectProjects', ...words], {
		cwd: root,
		stdio: 'inherit',
		env: {...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}`},
	});
	return status ?? 1;
};

for (const major of chosen) {
	const version = testedNodes[major];
	if (version === undefined)
		throw new Error(`Node ${major} is not one of ${Object.keys(testedNodes).join(', ')}.`);
	for (const [what, words] of Object.entries(runners)) {
		const began = performance.now();
		const status = runOn(nodeBinary(version), words);
		const seconds = Math.round((performance.now() - began) / 1000);
		console.log(`${status === 0 ? '✔' : '✖'} ${what} on Node ${version}: ${seconds} s`);
		if (status !== 0) process.exitCode = 1;
	}
}
