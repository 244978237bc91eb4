import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {promisify} from 'node:util';
import {expect, test} from '@jest/globals';
import {exitCode} from '../../src/errors.ts';
import {failureDocument} from '../../src/ui/scripted/document.ts';
import {newFolder} from '../support/new-folder.ts';
import {ownEnvironment, program} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

/** Runs the program on a Node that says it is of another version. */
const runOn = async (version: string, ...words: readonly string[]) => {
	const preload = join(newFolder(), 'version.cjs');
	const versions = JSON.stringify({node: version});
	writeFileSync(preload, `Object.defineProperty(process, 'versions', {value: ${versions}});`);
	const run = promisify(execFile)(process.execPath, ['--require', preload, program, ...words], {
		env: ownEnvironment(),
	});
	return run.catch((error: unknown) => error as {code: number; stdout: string; stderr: string});
};

const messageOn = (version: string): string => `vira-setup needs Node 20.17 or newer; this is ${version}`;

test.each(['4.9.1', '9.99.0', '18.20.8', '20.2.0', '20.16.0'])('Node %s is too old', async (version) => {
	expect(await runOn(version, '--version')).toMatchObject({
		code: exitCode.unsuitable,
		stdout: '',
		stderr: `${messageOn(version)}\n`,
	});
});

test.each(['20.17.0', '20.100.0', '21.0.0', '100.0.0'])('Node %s is new enough', async (version) => {
	const ended = await runOn(version, '--version');
	expect(ended).toEqual({stdout: expect.stringMatching(/^\d/u), stderr: ''});
});

test.each([
	[['status', '--json'], false],
	[['--json', '--simulate=macos'], true],
	[['--rehearse', '--config', '--json'], true],
])('%j on an old Node prints the document of every error', async (words, simulation) => {
	const {stdout, stderr, ...ended} = await runOn('18.20.8', ...words);
	expect([stderr, ended]).toMatchObject(['', {code: exitCode.unsuitable}]);
	const failure = {message: messageOn('18.20.8'), exit: exitCode.unsuitable};
	expect(validDocument(stdout)).toEqual(failureDocument(failure, {command: undefined, simulation}));
});
