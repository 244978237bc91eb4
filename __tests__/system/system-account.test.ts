import {expect, test} from '@jest/globals';
import type {Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {timeLimitMs, useMachine} from '../support/alice.ts';
import {validDocument, type Document} from '../support/valid-document.ts';

const onMachine = useMachine();

/** An account as a role makes it: no password, no shell, lingering by root, and never a login. */
const makeAccount = async (machine: Machine): Promise<void> => {
	const home = ['--create-home', '--home-dir', '/var/lib/ci'];
	await machine.run(['useradd', '--system', ...home, '--shell', '/usr/sbin/nologin', 'ci']);
	await machine.run(['loginctl', 'enable-linger', 'ci']);
	await installVira(machine, '/usr/local/bin/vira');
};

/** vira-setup of that account, from root, with nothing in the environment but where programs are. */
const asAccount = async (
	machine: Machine,
	words: readonly string[],
	input = '',
): Promise<readonly [number, Document]> => {
	const as = ['setpriv', '--reuid=ci', '--regid=ci', '--init-groups', 'env', '-i', '-C', '/'];
	const command = ['vira-setup', ...words, '--non-interactive', '--json'];
	const {exitCode, stdout} = await machine.run([...as, 'PATH=/usr/local/bin:/usr/bin:/bin', ...command], {
		input,
	});
	return [exitCode, validDocument(stdout)];
};

const errorsIn = (notices: unknown): readonly string[] =>
	(notices as readonly {readonly level: string; readonly code: string}[])
		.filter(({level}) => level === 'error')
		.map(({code}) => code);

const described = JSON.stringify({port: 5006, systemd: {environment: {API_TOKEN: 'very-secret-value'}}});
const setup = ['--ignore-saved', '--config', '-'];

test(
	'a system account that never logged in, without a session, a terminal and XDG variables: its whole life',
	async () => {
		const machine = onMachine();
		await makeAccount(machine);
		const before = await machine.snapshot(['/var/lib/ci']);
		expect(await asAccount(machine, [...setup, '--check'], described)).toMatchObject([10, {changed: true}]);
		expect(await asAccount(machine, ['status'])).toMatchObject([1, {installed: false}]);
		expect(await machine.snapshot(['/var/lib/ci'])).toEqual(before);
		const installed = await asAccount(machine, setup, described);
		expect(installed).toMatchObject([0, {outcome: 'installed', healthy: true, startsAtBoot: true}]);
		expect(JSON.stringify(installed)).not.toContain('very-secret-value');
		expect(await asAccount(machine, setup, described)).toMatchObject([0, {outcome: 'unchanged'}]);
		expect(await asAccount(machine, ['status'])).toMatchObject([0, {running: true, lingering: true}]);
		const [, examined] = await asAccount(machine, ['doctor']);
		expect([examined['healthy'], errorsIn(examined['checks']), errorsIn(examined['readiness'])]).toEqual([
			true,
			[],
			// Without Nix, nothing can build.
			['nix-missing'],
		]);
		expect(await asAccount(machine, ['stop', '--check'])).toMatchObject([10, {changed: true}]);
		expect(await asAccount(machine, ['stop'])).toMatchObject([0, {outcome: 'stopped', changed: true}]);
		expect(await asAccount(machine, ['stop', '--check'])).toMatchObject([0, {changed: false}]);
		expect(await asAccount(machine, ['start'])).toMatchObject([0, {outcome: 'started', changed: true}]);
		expect(await asAccount(machine, ['restart'])).toMatchObject([0, {outcome: 'restarted'}]);
		expect(await asAccount(machine, setup, '{}')).toMatchObject([
			0,
			{outcome: 'updated', settings: {port: 5005, systemd: {environment: {}}}},
		]);
		expect(await asAccount(machine, ['rollback', '--check'])).toMatchObject([10, {changed: true}]);
		expect(await asAccount(machine, ['uninstall', '--purge'])).toMatchObject([0, {outcome: 'removed'}]);
		expect(await asAccount(machine, ['uninstall', '--check'])).toMatchObject([0, {changed: false}]);
	},
	timeLimitMs,
);

test(
	'the log of a system account is in the system journal: as a member of systemd-journal, it reads it at once',
	async () => {
		const machine = onMachine();
		await makeAccount(machine);
		await asAccount(machine, setup, described);
		expect(await asAccount(machine, ['logs'])).toMatchObject([4, {error: {code: 'privilege'}}]);
		await machine.run(['usermod', '--append', '--groups', 'systemd-journal', 'ci']);
		const [status, {lines}] = await asAccount(machine, ['logs']);
		expect([status, (lines as readonly string[]).join('\n')]).toEqual([
			0,
			expect.stringContaining('Launching at https://localhost:5006'),
		]);
	},
	timeLimitMs,
);
