import {expect, test} from '@jest/globals';
import {onLinux, runProgram} from '../support/run-program.ts';

/** DEL, C1, and characters that end a line or change its direction. */
const acting = /[\u007F-\u009F\u061C\u200E\u200F\u2028-\u202E\u2066-\u2069]/u;
const value = 'a\u007F\u009B31m\u2028b\u202E';

test.each([
	['--json --dry-run'],
	['--json'],
	['status --json'],
	['doctor --json'],
	['--print-command --json'],
	['export --format json'],
	['uninstall --json --dry-run'],
	['--json --log-level a\u009B31m\u007F'],
	['--json a\u009B31m\u007F'],
])('no document of the program contains a character that acts on a terminal: %s', async (words) => {
	const machine = await onLinux();
	await runProgram([...machine, '--json', '--environment', `A=${value}`]);
	const isSetup = words.startsWith('--');
	const more = isSetup ? ['--environment', `A=${value}`] : [];
	const {stdout} = await runProgram([...machine, ...words.split(' '), ...more]);
	expect(acting.exec(stdout)).toBeNull();
	const document = JSON.parse(stdout) as {readonly systemd?: unknown; readonly settings?: unknown};
	if (words.startsWith('export')) expect(document.systemd).toMatchObject({environment: {A: value}});
	if (words === '--json --dry-run')
		expect(document.settings).toMatchObject({systemd: {environment: {A: value}}});
});
