import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import type {RunResult, System} from '../../../src/platform/system.ts';
import {refusedWith, run} from '../../support/run-command.ts';
import {proposeOn} from '../../support/settle.ts';
import {warned} from '../../support/notices.ts';

const givenAs = (lines: readonly string[]) => lines.flatMap((line) => ['--service-config', line]);

const correct = 'Correct the value or remove the setting.';

describe("settings that systemd would reject are refused with systemd's message", () => {
	test.each([
		[
			['MemoryMx=2G'],
			[
				"MemoryMx: systemd reports: Unknown key 'MemoryMx' in section [Service], ignoring. Did you mean MemoryMax? If it needs a newer systemd than 252, remove it.",
			],
		],
		[
			['memorymax=2G'],
			[
				"memorymax: systemd reports: Unknown key 'memorymax' in section [Service], ignoring. Did you mean MemoryMax?",
			],
		],
		[
			['Nonsense=1'],
			[
				"Nonsense: systemd reports: Unknown key 'Nonsense' in section [Service], ignoring. Correct the name or remove the setting; man systemd.directives lists all names.",
			],
		],
		[
			['After=x.service'],
			[
				"After: systemd reports: Unknown key 'After' in section [Service], ignoring. It belongs in [Unit]: remove it here and add it to a drop-in (systemctl --user edit vira.service).",
			],
		],
		[
			['MemoryMax=lots'],
			[`MemoryMax: systemd reports: Invalid memory limit 'lots', ignoring: Invalid argument. ${correct}`],
		],
		[['RestartSec='], [`RestartSec: systemd reports: Failed to parse sec value, ignoring. ${correct}`]],
		[['CPUQuota=50'], [`CPUQuota: systemd reports: Invalid CPU quota '50', ignoring. ${correct}`]],
		[
			['WorkingDirectory=state'],
			[`WorkingDirectory: systemd reports: WorkingDirectory= path is not absolute: state. ${correct}`],
		],
		[
			['CPUQuota=50%', 'TasksMax=x', 'MemoryMax=2G', 'RestartSec=xx'],
			[
				`TasksMax: systemd reports: Invalid maximum tasks value 'x', ignoring: Invalid argument. ${correct}`,
				`RestartSec: systemd reports: Failed to parse sec value, ignoring: xx. ${correct}`,
			],
		],
		[
			['Type=notify', 'MemoryMx=2G'],
			[
				'Type: systemd would wait for a signal that Vira never sends, and the start would never finish. Use exec or simple, or remove it.',
				"MemoryMx: systemd reports: Unknown key 'MemoryMx' in section [Service], ignoring. Did you mean MemoryMax? If it needs a newer systemd than 252, remove it.",
			],
		],
	])('%j', async (lines, messages) => {
		expect(await refusedWith(await simulate(), ...givenAs(lines))).toEqual({
			status: 2,
			said: messages.map((message) => `--service-config: ${message}`),
			changed: false,
		});
	});

	test('also before the first login, without a user manager', async () => {
		const {said} = await refusedWith(await simulate({session: false}), '--service-config', 'MemoryMx=2G');
		expect(said).toEqual([expect.stringContaining("Unknown key 'MemoryMx'")]);
	});

	test('no value that looks secret is shown, and no password in a URL', async () => {
		const lines = ['LoadCredential=x', 'SetLoginToken=hunter1', 'EnvironmentFile=https://me:hunter2@host/x'];
		const {said} = await refusedWith(await simulate(), ...givenAs(lines));
		expect(said.join('\n')).toContain('https://me:••••••@host/x');
		expect(said.join('\n')).not.toMatch(/hunter/u);
	});
});

describe('settings that cannot work are refused where they are given', () => {
	test.each([
		['ExecStart=/bin/sh', 'ExecStart: The other options define what is started. Set those instead.'],
		[
			'User=root',
			'User: The service runs as you, and systemd cannot change that in a user service. Remove it.',
		],
		[
			'WatchdogSec=30',
			'WatchdogSec: Vira does not notify systemd, so systemd would kill it each time this interval ends. Remove it.',
		],
	])('%s', async (line, message) => {
		expect(await refusedWith(await simulate(), '--service-config', line)).toEqual({
			status: 2,
			said: [expect.stringContaining(message)],
			changed: false,
		});
	});
});

const warningsFor = async (system: System, serviceConfig: Readonly<Record<string, string>>) =>
	(await proposeOn(system, {serviceConfig})).preview.warnings
		.filter(({option}) => option === 'serviceConfig')
		.map(({code, message}) => `${code}: ${message}`);

describe('an allowed setting with consequences causes a warning', () => {
	test.each([
		[{}, []],
		[{CPUQuota: '50%', MemoryMax: '2G', 'X-Mine': '1', Restart: 'on-failure'}, []],
		[{Restart: 'always'}, ['overrides-ours: Restart=always replaces the default Restart=on-failure.']],
		[
			{MemoryLimit: '1G'},
			[
				'systemd-remark: MemoryLimit: systemd reports: Unit uses MemoryLimit=; please use MemoryMax= instead. Support for MemoryLimit= will be removed soon.',
			],
		],
	])('%j', async (serviceConfig, warnings) => {
		expect(await warningsFor(await simulate(), serviceConfig)).toEqual(warnings);
	});
});

/** The machine, except for the result of systemd-analyze. */
const withAnalyze = (machine: Simulation, result: Partial<RunResult>): System => ({
	...machine,
	run: async (command, options) =>
		command.includes('systemd-analyze')
			? {exitCode: undefined, stdout: '', stderr: '', timedOut: false, found: true, ...result}
			: machine.run(command, options),
});

describe('if systemd could not be asked, nothing is refused, and the report says so', () => {
	test.each([
		[{timedOut: true}, 'it timed out.'],
		[{exitCode: 127, stderr: 'env: systemd-analyze: No such file'}, 'systemd-analyze was not found'],
		[{exitCode: 1, stderr: 'Failed to initialize manager'}, 'failed: Failed to initialize manager.'],
		[{exitCode: undefined}, 'failed: it printed no reason.'],
	])('%j', async (result, why) => {
		const [warning, ...others] = await warningsFor(withAnalyze(await simulate(), result), {Memory: '1'});
		expect(others).toEqual([]);
		expect(warning).toMatch(/^unit-not-verified: Your systemd settings could not be checked: /u);
		expect(warning).toContain(why);
	});
});

test('messages of systemd 247, in color, and about other units and folders are distinguished', async () => {
	const stderr = [
		'\u001B[0;1;31mFailed to bind private socket: No such file or directory\u001B[0m',
		"\u001B[0;1;38;5;185m/tmp/a b/vira.service:16: Unknown key name 'Memory' in section 'Service', ignoring.\u001B[0m",
		"/etc/systemd/user/other.service:18: Unknown key name 'Memory' in section 'Service', ignoring.",
		'/etc/systemd/user/vira.service.d/a.conf:2: Failed to parse boolean value, ignoring: maybe',
		'vira.service: Service has RestartSteps= but no RestartMaxDelaySec= setting. Ignoring.',
		'vira.service: Command /foo is not executable: No such file or directory',
		'Unit vira.service has a bad unit file setting.',
	].join('\n');
	const system = withAnalyze(await simulate(), {exitCode: 1, stderr});
	await expect(proposeOn(system, {serviceConfig: {Memory: '1', RestartSteps: '3'}})).rejects.toThrow(
		[
			"Memory: systemd reports: Unknown key name 'Memory' in section 'Service', ignoring. Correct the name or remove the setting; man systemd.directives lists all names.",
			'RestartSteps: systemd reports: Service has RestartSteps= but no RestartMaxDelaySec= setting. Ignoring. Correct the value or remove the setting.',
			'systemd reports: Command /foo is not executable: No such file or directory. Correct or remove that systemd setting.',
		].join(' '),
	);
});

const unitSays = async (words: string, serviceConfig: Readonly<Record<string, string>>) => {
	const system = withAnalyze(await simulate(), {exitCode: 1, stderr: `vira.service: ${words}`});
	return warningsFor(system, serviceConfig).catch((error: unknown) => (error as Error).message);
};

test('a value that looks secret is not quoted, although systemd quotes it', async () => {
	// Seen with systemd 252: a credential without its name before a colon.
	const words = 'SetCredential=: Invalid syntax, ignoring: hunter2';
	expect(await unitSays(words, {SetCredential: 'hunter2'})).toBe(
		`SetCredential: systemd does not accept this value. ${correct}`,
	);
});

const missing = (program: string): string =>
	`Command ${program} is not executable: No such file or directory`;

test.each([
	['/no/such', {Nice: '5', ExecStartPost: '-/no/such x', ExecStop: '/bin/true'}, 'ExecStartPost'],
	['/no/such', {ExecStop: '/bin/true', ExecReload: '/bin/a ; @"/no/such" b'}, 'ExecReload'],
	['/home/alice/x', {Nice: '5', ExecStopPost: '%h/x'}, 'ExecStopPost'],
])('a missing program %s is reported at the line that names it', async (program, serviceConfig, name) => {
	expect(await unitSays(missing(program), serviceConfig)).toBe(
		`${name}: systemd reports: ${missing(program)}. ${correct}`,
	);
});

test('a bare program name, which systemd 247 does not find here but starts, only causes a warning', async () => {
	expect(await unitSays(missing('sleep'), {ExecStartPost: 'sleep 1'})).toEqual([
		`systemd-remark: ExecStartPost: systemd reports: ${missing('sleep')}.`,
	]);
});

test.each([
	['ExecStar=x', 'If you mean ExecStart: The other options define what is started. Set those instead.'],
	['Usr=x', 'If you mean User: The service runs as you, and systemd cannot change that in a user service.'],
	['Environmnt=x', 'If you mean Environment: Use the option for variables instead.'],
	['WantedBy=x', 'It belongs in [Install], which vira-setup writes so that Vira starts at boot: remove it.'],
])('the suggestion for %s is a name that is accepted', async (line, fixes) => {
	const {said} = await refusedWith(await simulate(), '--service-config', line);
	expect(said).toEqual([expect.stringContaining(`ignoring. ${fixes}`)]);
});

test('if no file can be written for systemd to read, the report says so', async () => {
	const full: System = {
		...(await simulate()),
		withScratchFile: () =>
			Promise.reject(Object.assign(new Error('ENOSPC: no space left on device'), {code: 'ENOSPC'})),
	};
	expect(await warningsFor(full, {Nice: '5'})).toEqual([
		expect.stringMatching(
			/^unit-not-verified: .*the unit could not be written to a temporary folder \(ENOSPC/u,
		),
	]);
});

test('without systemd settings systemd is not asked', async () => {
	const machine = await simulate();
	const asked: string[] = [];
	const system: System = {
		...machine,
		run: (command, options) => {
			asked.push(command.join(' '));
			return machine.run(command, options);
		},
	};
	await proposeOn(system);
	expect(asked.filter((command) => command.includes('analyze'))).toEqual([]);
});

test('replacing our KillSignal causes a warning that says what is lost', async () => {
	const {document} = await run(await simulate(), '--dry-run', '--service-config', 'KillSignal=SIGTERM');
	expect(document['warnings']).toEqual([
		warned({
			code: 'overrides-ours',
			setting: 'systemd.serviceConfig',
			message: 'KillSignal=SIGTERM replaces the default KillSignal=SIGINT.',
			fixes: ['Vira saves a checkpoint of its state only when it is stopped with SIGINT.'],
		}),
	]);
});

test('the document names the setting of a warning', async () => {
	const {code, document} = await run(await simulate(), '--dry-run', '--service-config', 'RestartSec=1');
	expect([code, document['warnings']]).toEqual([
		0,
		[
			warned({
				code: 'overrides-ours',
				setting: 'systemd.serviceConfig',
				message: 'RestartSec=1 replaces the default RestartSec=5s.',
			}),
		],
	]);
});
