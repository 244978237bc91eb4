import {expect, test} from '@jest/globals';
import type {System} from '../../src/platform/system.ts';
import {unitPath} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import {agentPath, simulateMac} from '../support/simulated-mac.ts';
import {attempt} from '../support/run-command.ts';

const lines = [
	'Environment=A=1 "API_TOKEN=zq1 zq1"',
	'Environment="DSN=user=a password=zq1" "CONFIG={\\"secret\\": \\"zq1\\"}"',
	'ExecStartPre=/usr/bin/env API_TOKEN=zq1 /bin/a --token=zq1 --password zq1',
	'ExecStartPre=/bin/curl -u me:zq1 -H "Authorization: Bearer zq1" https://me:zq1@zq1@h/x#token=zq1',
	'SetCredential=id:zq1',
].join('\n');

const entries = `<key>EnvironmentVariables</key><dict>
<key>HTTP_COOKIE</key><string>zq1</string><key>DSN</key><string>user=a password=zq1</string></dict>
<key>Program</key><string>/bin/a</string><key>Umask</key><integer>0</integer>
<key>ProgramArguments</key><array><string>/bin/a</string><string>--token</string><string>zq1 zq1</string>
<string>API_TOKEN=zq1 zq1</string></array>`;

/** All output about a service file with these lines, from every command that shows it. */
const shownOf = async (machine: System): Promise<readonly string[]> => {
	const shown: string[] = [];
	for (const words of [
		'--dry-run --non-interactive',
		'--dry-run --json',
		'rollback --dry-run --non-interactive',
		'rollback --dry-run --json',
		'status',
		'status --json',
		'doctor',
		'doctor --json',
		'uninstall --dry-run --non-interactive --overwrite',
		'uninstall --dry-run --json --overwrite',
	])
		shown.push((await attempt(machine, ...words.split(' '))).written);
	return shown;
};

const changed = async (machine: System, path: string, change: (text: string) => string): Promise<void> =>
	machine.writeFile(path, change((await machine.readFile(path)) ?? ''), 0o600);

test('secrets that a user wrote into the unit are not shown by any command', async () => {
	const machine = await setUp();
	await attempt(machine, '--json', '--port', '5006');
	await changed(machine, unitPath, (text) => text.replace('[Service]\n', `[Service]\n${lines}\n`));
	const shown = await shownOf(machine);
	expect(shown.join('\n')).not.toMatch(/zq1/u);
	expect(shown.filter((text) => text.includes('--token=••••••')).length).toBeGreaterThanOrEqual(4);
});

test('nor are those of a property list', async () => {
	const machine = await simulateMac();
	await attempt(machine, '--json');
	await attempt(machine, '--json', '--port', '5006');
	await changed(machine, agentPath, (text) => text.replace('<dict>', `<dict>${entries}`));
	const shown = await shownOf(machine);
	expect(shown.join('\n')).not.toMatch(/zq1/u);
	expect(shown.filter((text) => text.includes('API_TOKEN=••••••')).length).toBeGreaterThanOrEqual(4);
});
