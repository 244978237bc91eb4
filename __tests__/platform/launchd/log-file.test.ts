import {expect, test} from '@jest/globals';
import {readLogFile} from '../../../src/platform/launchd/log-file.ts';
import {logPath} from '../../support/simulated-mac.ts';
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
		'those of a state that is not opened',
		[opening, 'old', 'ERROR: Schema version mismatch.', '  Stored version: 7'],
		['ERROR: Schema version mismatch.', '  Stored version: 7'],
	],
	[
		'all lines, if no line marks a start',
		['Invalid option', 'Usage: vira'],
		['Invalid option', 'Usage: vira'],
	],
	['colors unchanged', [opening, '\u001B[31mred\u001B[0m'], [opening, '\u001B[31mred\u001B[0m']],
])('from the log file a report has %s', async (_, written, lines) => {
	expect(await excerptOf(`${written.join('\n')}\n`)).toEqual({lines});
});

test('from a line of 48 megabytes only as much is read as a report can show', async () => {
	const {lines} = await excerptOf(`${'x'.repeat(48 * 2 ** 20)}\nend\n`);
	expect(lines.at(-1)).toBe('end');
	expect(lines.join('').length).toBeLessThan(2 ** 17);
});

test('an empty or missing file has no lines, and is not reported as unreadable', async () => {
	expect(await excerptOf('')).toEqual({lines: []});
	const machine = await macSetUp();
	await machine.deleteFile(logPath);
	expect(await readLogFile(machine, logPath)).toEqual({lines: []});
});

test('another kind of file in place of the log is reported, and not shown as a line', async () => {
	const machine = await macSetUp();
	await machine.deleteFile(logPath);
	await machine.makeFolder(logPath, 0o755);
	const {lines, unreadable} = await readLogFile(machine, logPath);
	expect([lines, unreadable?.message]).toEqual([[], `${logPath} already exists and is not a file.`]);
});

test('a program that times out is not an empty file', async () => {
	const machine = await macSetUp();
	const late = {exitCode: undefined, stdout: '', stderr: '', timedOut: true, found: true};
	const {unreadable} = await readLogFile({...machine, run: async () => late}, logPath);
	expect(unreadable).toMatchObject({
		message: `Cannot read ${logPath}.`,
		detail: 'tail: It timed out.',
	});
});
