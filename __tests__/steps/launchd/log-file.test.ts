import {expect, test} from '@jest/globals';
import {readLogFile} from '../../../src/steps/launchd/log-file.ts';
import {logPath} from '../../support/mac-rehearsal.ts';
import {macSetUp} from '../../support/mac-setup.ts';

const excerptOf = async (text: string) => {
	const machine = await macSetUp();
	await machine.events.put(logPath, text);
	return readLogFile(machine, logPath);
};

const opening = 'Opening ViraState database...';
const many = Array.from({length: 30}, (_, index) => `said ${index + 1}`);

test.each<readonly [string, readonly string[], readonly string[]]>([
	['from the last start on', [opening, 'old', opening, 'new', 'failed'], [opening, 'new', 'failed']],
	['the newest 20 of a longer start', [opening, ...many], many.slice(-20)],
	[
		'a state that is not opened',
		[opening, 'old', 'ERROR: Schema version mismatch.', '  Stored version: 7'],
		['ERROR: Schema version mismatch.', '  Stored version: 7'],
	],
	[
		'all, where no line tells of a start',
		['Invalid option', 'Usage: vira'],
		['Invalid option', 'Usage: vira'],
	],
	['colours as they are', [opening, '\u001B[31mred\u001B[0m'], [opening, '\u001B[31mred\u001B[0m']],
])('of the log file a report has %s', async (_, written, lines) => {
	expect(await excerptOf(`${written.join('\n')}\n`)).toEqual({lines});
});

test('of a line of 48 megabytes no more is read than a report can show', async () => {
	const {lines} = await excerptOf(`${'x'.repeat(48 * 2 ** 20)}\nend\n`);
	expect(lines.at(-1)).toBe('end');
	expect(lines.join('').length).toBeLessThan(2 ** 17);
});

test('an empty file and one that is not there have no lines, and nothing keeps them from being read', async () => {
	expect(await excerptOf('')).toEqual({lines: []});
	const machine = await macSetUp();
	await machine.deleteFile(logPath);
	expect(await readLogFile(machine, logPath)).toEqual({lines: []});
});

test('what is in the way of the file is said, and is no line', async () => {
	const machine = await macSetUp();
	await machine.deleteFile(logPath);
	await machine.makeFolder(logPath, 0o755);
	const {lines, unreadable} = await readLogFile(machine, logPath);
	expect([lines, unreadable?.what]).toEqual([[], `${logPath} already exists and is not a file.`]);
});

test('a program that does not end in time is no empty file', async () => {
	const machine = await macSetUp();
	const late = {exitCode: undefined, stdout: '', stderr: '', timedOut: true, found: true};
	const {unreadable} = await readLogFile({...machine, run: async () => late}, logPath);
	expect(unreadable).toMatchObject({
		what: `Cannot read ${logPath}.`,
		why: 'tail: It timed out.',
	});
});
