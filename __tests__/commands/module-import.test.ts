import {expect, test} from '@jest/globals';
import {put, unitPath} from '../support/installed.ts';
import {simulate} from '../support/simulated-linux.ts';
import {attempt, lines, run} from '../support/run-command.ts';
import {warned} from '../support/notices.ts';

const machineWith = async (document: object) => {
	const machine = await simulate();
	await put(machine, '/home/alice/vira.json', JSON.stringify({enable: true, ...document}));
	return machine;
};

const config = ['--config', '/home/alice/vira.json'];

test('a value refused from a module is in error.problems by its full name, nested or not', async () => {
	const machine = await machineWith({
		otel: {enable: true},
		systemd: {socket: 'x', other: null, serviceConfig: {ExecStartPre: ['/a', '/b']}},
	});
	const {document, code} = await attempt(machine, ...config);
	const {problems} = document['error'] as {problems: readonly {setting: string; item: string | null}[]};
	expect([code, problems.map(({setting, item}) => [setting, item])]).toEqual([
		2,
		[
			['systemd.serviceConfig', 'ExecStartPre'],
			['otel', null],
			['systemd.socket', null],
		],
	]);
});

const imported = {
	systemd: {environment: {SSH_AUTH_SOCK: '%t/ssh-agent', GIT_SSH_COMMAND: 'ssh -i %h/ci', A_TOKEN: 'a b'}},
};

test('Vira gets what the module meant, and damaged values are named before anything changes', async () => {
	const machine = await machineWith(imported);
	const {document} = await run(machine, ...config);
	const warnings = document['warnings'] as readonly {code: string; setting: string; message: string}[];
	expect(warnings.filter(({code}) => code === 'module-value')).toEqual([
		warned({
			code: 'module-value',
			setting: 'systemd.environment',
			message: expect.stringMatching(/^systemd\.environment: GIT_SSH_COMMAND: The module does not quote it/u),
		}),
		expect.objectContaining({message: expect.stringMatching(/^systemd\.environment: A_TOKEN: /u)}),
	]);
	const unit = await machine.readFile(unitPath);
	expect(unit).not.toContain('PrivateTmp');
	expect(unit).toContain('Environment="SSH_AUTH_SOCK=/run/user/1000/ssh-agent"');
	expect(unit).toContain('Environment="GIT_SSH_COMMAND=ssh -i /home/alice/ci"');
});

test.each([
	['export', ['export', ...config]],
	['--print-command', ['--print-command', ...config]],
])('%s reports it on standard error', async (_, words) => {
	const machine = await machineWith(imported);
	const noted: string[] = [];
	await lines(machine, words, {output: {note: (line) => noted.push(line)}});
	expect(noted).toContainEqual(expect.stringMatching(/GIT_SSH_COMMAND: The module does not quote it/u));
});
