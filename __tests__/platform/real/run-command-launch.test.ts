import {existsSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {launchWith} from '../../../src/platform/real/run-command.ts';
import {realSystem} from '../../../src/platform/real/real-system.ts';
import {marked} from '../../support/after-test.ts';
import {newFolder} from '../../support/new-folder.ts';

const launch = launchWith({...process.env, ...marked(), BROWSER_LANGUAGE: 'de'});

test('its exit status is known if it ends soon, and nothing of its output is kept', async () => {
	expect(await launch(['sh', '-c', 'echo said; echo complained >&2; exit 3'])).toMatchObject({
		exitCode: 3,
		stdout: '',
		stderr: '',
		found: true,
	});
});

test('a program that does not exist', async () => {
	expect(await launch(['vira-setup-no-such-program'])).toMatchObject({found: false, exitCode: undefined});
});

test('after the time limit it is left running, can write to its output, and has the environment of the person', async () => {
	const folder = newFolder();
	const fifo = join(folder, 'go-on');
	const file = join(folder, 'language');
	const script = `mkfifo ${fifo}; read -r line < ${fifo}; echo to no one; echo to no one >&2; echo "$BROWSER_LANGUAGE $line" > ${file}.new; mv ${file}.new ${file}`;
	expect(await launch(['sh', '-c', script], {timeoutMs: 200})).toMatchObject({timedOut: true});
	await launch(['sh', '-c', `echo on > ${fifo}; until [ -e ${file} ]; do sleep 0.05; done`], {
		timeoutMs: 20_000,
	});
	expect(existsSync(file) && readFileSync(file, 'utf8')).toBe('de on\n');
});

test('the machine starts a command that may outlive us in this way', async () => {
	const {run} = realSystem({...process, env: {...process.env, ...marked()}});
	const result = await run(['sh', '-c', 'echo said; exit 3'], {mayOutlive: true});
	expect(result).toMatchObject({exitCode: 3, stdout: ''});
});
