import {spawnSync} from 'node:child_process';
import {fileURLToPath} from 'node:url';
import {expect, test} from '@jest/globals';
import {nodeBinary} from '../../scripts/nodes/node-binary.ts';
import {testedNodes, unsupportedNodes} from '../../scripts/nodes/releases.ts';
import {ownEnvironment, program} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

const [oldest = ''] = Object.values(testedNodes);

const runOn = (version: string, words: readonly string[], file = program) => {
	const {status, stdout, stderr} = spawnSync(nodeBinary(version), [file, ...words], {
		env: ownEnvironment(),
		encoding: 'utf8',
	});
	return {status, stdout, stderr};
};

/** The others take as long to download as all the rest: they are tested on demand. */
const usual = ['4.9.1', '12.22.12', '16.20.2', '18.20.8', '20.16.0', testedNodes['24'], testedNodes['26']];
const isChosen = (version: string): boolean =>
	process.env['VIRA_SETUP_NODES'] === 'all' || usual.includes(version);

/** What `npm ci` runs before it builds the program in a checkout. */
const demandNode = fileURLToPath(new URL('../../scripts/demand-node.cjs', import.meta.url));

test.each(unsupportedNodes.filter(isChosen))(
	'program and checkout say that Node %s is too old',
	(version) => {
		const message = `vira-setup needs Node 20.17 or newer; this is ${version}`;
		expect(runOn(version, ['status'])).toEqual({status: 3, stdout: '', stderr: `${message}\n`});
		expect(runOn(version, [], demandNode)).toEqual({status: 3, stdout: '', stderr: `${message}\n`});
		const {status, stdout, stderr} = runOn(version, ['status', '--json']);
		expect([status, stderr]).toEqual([3, '']);
		expect(validDocument(stdout)).toMatchObject({outcome: 'failed', error: {code: 'unsuitable', message}});
	},
);

test(`program and checkout run on the oldest Node that it supports, ${oldest}`, () => {
	const {status, stdout} = runOn(oldest, ['--simulate', 'linux', '--json']);
	expect([status, validDocument(stdout).outcome]).toEqual([0, 'installed']);
	expect(runOn(oldest, [], demandNode)).toEqual({status: 0, stdout: '', stderr: ''});
});

test.each(Object.values(testedNodes).filter((version) => version === oldest || isChosen(version)))(
	'Node %s warns of nothing that the program does',
	(version) => {
		expect(runOn(version, ['status', '--no-such-option'])).toEqual({
			status: 2,
			stdout: '',
			stderr: expect.not.stringContaining('Warning'),
		});
	},
);
