import {beforeAll, expect, test} from '@jest/globals';
import {waitUntil} from '../../scripts/machine/poll.ts';
import {bringPackage, hostsWith, serveExecutable} from '../support/fleet.ts';
import {hostNames, secret, useFleet} from '../support/use-fleet.ts';

/** The life of Vira on four machines, from nothing to nothing. One has node for the stand-in of Vira alone. */
const limitMs = 300_000;
const withoutNode = 'host4';
const used = useFleet({[withoutNode]: '/opt/stand-in/node'});

beforeAll(async () => {
	const {fleet, setVariables, onHost} = used();
	for (const name of hostNames) await onHost(name, 'rm /usr/local/bin/vira-setup');
	const executable = await serveExecutable(fleet);
	setVariables({
		vira_install_program: true,
		vira_program_package: await bringPackage(fleet),
		vira_program_executable: executable.url,
		vira_program_executable_checksum: executable.sum,
	});
}, limitMs);

test(
	'in check mode, hosts without the account do not fail, and get nothing',
	async () => {
		const {run, onHost} = used();
		const {exitCode, hosts} = await run(['site.yml', '--check', '--diff']);
		expect([exitCode, Object.keys(hosts)]).toEqual([0, hostNames]);
		const seen = await onHost('host2', 'id vira 2>&1; ls /usr/local/bin /usr/local/lib');
		expect(seen).toMatch(/no such user/u);
		expect(seen).not.toContain('vira-setup');
	},
	limitMs,
);

test(
	'a first run sets Vira up on each host, for an account that no one can log in to',
	async () => {
		const {run, healthyHosts, onHost} = used();
		const older = '/usr/local/lib/vira-setup/0123456789abcdef';
		await onHost('host1', `mkdir -p ${older}`);
		const played = await run(['site.yml', '-vvv']);
		expect([played.exitCode, hostsWith(played, 'changed')]).toEqual([0, hostNames]);
		expect(await healthyHosts()).toEqual(hostNames);
		const program = 'realpath --relative-to /usr/local/lib/vira-setup /usr/local/bin/vira-setup';
		expect(await onHost('host1', program)).toMatch(/^\w{16}\/program\/dist\/entry\.cjs$/u);
		expect(await onHost('host1', `ls -d ${older}`)).toBe('');
		expect(await onHost(withoutNode, program)).toMatch(/^\w{16}\/program\/vira-setup$/u);
		expect(await onHost('host2', 'passwd --status vira')).toMatch(/^vira L/u);
		expect(await onHost('host2', 'loginctl list-sessions --no-legend | grep -c "vira.*pts"')).toBe('0');
	},
	limitMs,
);

test(
	'a second run changes nothing',
	async () => {
		const {run} = used();
		const played = await run(['site.yml']);
		expect([played.exitCode, hostsWith(played, 'changed')]).toEqual([0, []]);
	},
	limitMs,
);

test(
	'check mode shows the real difference, and changes nothing',
	async () => {
		const {change} = used();
		const played = await change({vira_port: 8443}, '--check', '--diff');
		expect([played.exitCode, hostsWith(played, 'changed')]).toEqual([0, hostNames]);
		expect(played.stdout).toMatch(/^-.*--port. .5005/mu);
		expect(played.stdout).toMatch(/^\+.*--port. .8443/mu);
		expect(hostsWith(await change({}, '--check'), 'changed')).toEqual([]);
	},
	limitMs,
);

test(
	'a setting that is no longer given has its default again',
	async () => {
		const {change} = used();
		const only = ['--limit', 'host1', '--diff'];
		expect((await change({vira_log_level: 'Debug'}, ...only)).stdout).toMatch(/^\+.*--log-level. .Debug/mu);
		expect((await change({}, ...only)).stdout).toMatch(/^-.*--log-level. .Debug/mu);
	},
	limitMs,
);

test(
	'a download with another checksum is refused',
	async () => {
		const {run, healthyHosts} = used();
		const other = {vira_program_executable_checksum: `sha256:${'0'.repeat(64)}`};
		const played = await run(['site.yml', '--tags', 'vira_program', '--limit', withoutNode], other);
		expect(hostsWith(played, 'failed')).toEqual([withoutNode]);
		expect(await healthyHosts()).toEqual(hostNames);
	},
	limitMs,
);

test(
	'Vira is stopped, started and restarted, and check mode says so before',
	async () => {
		const {run, healthyHosts} = used();
		const change = async (wanted: string, ...words: readonly string[]) =>
			hostsWith(await run(['manage.yml', ...words], {wanted}), 'changed');
		expect([await change('stopped', '--check'), await healthyHosts()]).toEqual([hostNames, hostNames]);
		expect([await change('stopped'), await change('stopped')]).toEqual([hostNames, []]);
		expect([await change('started', '--check'), await change('started')]).toEqual([hostNames, hostNames]);
		expect([await change('started'), await change('restarted')]).toEqual([[], hostNames]);
		expect(await healthyHosts()).toEqual(hostNames);
	},
	limitMs,
);

test(
	'after a reboot of all hosts, Vira is healthy without any session',
	async () => {
		const {fleet, change, healthyHosts} = used();
		await Promise.all(hostNames.map((name) => fleet.host(name).reboot()));
		await waitUntil(
			'all were healthy',
			async () => ((await healthyHosts()).length === 4 ? true : undefined),
			90_000,
		);
		expect(hostsWith(await change({}, '--check'), 'changed')).toEqual([]);
	},
	limitMs,
);

test(
	'absent removes Vira, and has nothing to do the second time',
	async () => {
		const {change} = used();
		const removed = await change({vira_state: 'absent'});
		expect([removed.exitCode, hostsWith(removed, 'changed')]).toEqual([0, hostNames]);
		expect(hostsWith(await change({vira_state: 'absent'}), 'changed')).toEqual([]);
	},
	limitMs,
);

test('the secret of the vault was printed nowhere, and no host logged it', async () => {
	const {fleet, printed, onHost} = used();
	// What Ansible itself refuses, it prints with its arguments.
	const wrong = JSON.stringify({port: 'wrong', environment: {API_TOKEN: secret}});
	const {stdout} = await fleet.run(['ansible', 'host1', '-vvv', '-m', 'vira.setup.service', '-a', wrong]);
	expect(stdout).toMatch(/unable to convert to int/u);
	expect(stdout).not.toContain(secret);
	expect(printed()).not.toContain(secret);
	for (const name of hostNames) expect(await onHost(name, `journalctl | grep -c ${secret}`)).toBe('0');
});
