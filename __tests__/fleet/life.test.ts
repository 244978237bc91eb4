import {afterAll, beforeAll, expect, test} from '@jest/globals';
import {bootFleet, type Fleet} from '../../scripts/fleet/fleet.ts';
import {fleetFolder} from '../../scripts/fleet/inventory.ts';
import {waitUntil} from '../../scripts/machine/poll.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {bringPackage, hostsWith, play, serveExecutable, writeVault, type Played} from '../support/fleet.ts';

/** The life of Vira on four machines. The tests are in order: each begins with what the one before left. */
const limitMs = 300_000;
const names = ['host1', 'host2', 'host3', 'host4'];
/** It has node for the stand-in of Vira alone. */
const withoutNode = 'host4';
const nodeOfVira = '/opt/stand-in/node';
/** A Vira that exits at once. */
const broken = '/opt/broken/vira';
const secret = 'very-secret-4711-token';

let fleet: Fleet;
let base: Readonly<Record<string, unknown>>;
/** All that was printed on the control machine. */
let printed = '';

const site = `
- name: Set Vira up
  hosts: vira
  vars_files: [secrets.yml]
  roles: [vira.setup.vira]
`;

const manage = `
- name: Start, stop or restart
  hosts: vira
  gather_facts: false
  tasks:
    - name: Change the state
      vira.setup.service:
        state: "{{ wanted }}"
      become: true
      become_user: vira
`;

const gather = `
- name: Show what is there
  hosts: vira
  gather_facts: false
  tasks:
    - name: Ask
      vira.setup.info:
        doctor: false
      become: true
      become_user: vira
      register: vira
    - name: Demand health
      ansible.builtin.assert:
        that: [vira.installed, vira.healthy]
`;

const run = async (words: readonly string[], variables: Readonly<Record<string, unknown>> = {}) => {
	const vault = ['--vault-password-file', 'vault-password'];
	const played = await play(fleet, [...vault, ...words], {...base, ...variables});
	printed += played.stdout + played.stderr;
	return played;
};

/** Only the settings: the account and the program are there. */
const change = (variables: Readonly<Record<string, unknown>>, ...words: readonly string[]): Promise<Played> =>
	run(['site.yml', '--tags', 'vira_service', ...words], variables);

const healthyHosts = async (): Promise<readonly string[]> => {
	const played = await run(['gather.yml']);
	return names.filter((name) => !hostsWith(played, 'failed').includes(name) && played.hosts[name]);
};

const onHost = async (name: string, line: string): Promise<string> =>
	(await fleet.host(name).run(['sh', '-c', line])).stdout.trim();

beforeAll(async () => {
	fleet = await bootFleet({
		suites: ['bookworm', 'trixie', 'bookworm', 'trixie'],
		nodes: {[withoutNode]: nodeOfVira},
	});
	await fleet.control.writeFile(`${fleetFolder}/site.yml`, site);
	await fleet.control.writeFile(`${fleetFolder}/gather.yml`, gather);
	await fleet.control.writeFile(`${fleetFolder}/manage.yml`, manage);
	await writeVault(fleet, 'secrets.yml', `vira_environment: {API_TOKEN: ${secret}, GREETING: hello there}\n`);
	for (const name of names) await onHost(name, 'rm /usr/local/bin/vira-setup');
	const executable = await serveExecutable(fleet);
	base = {
		vira_install_program: true,
		vira_program_package: await bringPackage(fleet),
		vira_program_executable: executable.url,
		vira_program_executable_checksum: executable.sum,
	};
}, 1_200_000);

afterAll(() => fleet.destroy());

test(
	'in check mode, hosts without the account do not fail, and get nothing',
	async () => {
		const {exitCode, hosts} = await run(['site.yml', '--check', '--diff']);
		expect([exitCode, Object.keys(hosts)]).toEqual([0, names]);
		expect(await onHost('host2', 'id vira 2>&1; ls /usr/local/bin /usr/local/lib')).not.toContain(
			'vira-setup',
		);
	},
	limitMs,
);

test(
	'a first run sets Vira up on each host, for an account that nobody can log in to',
	async () => {
		const played = await run(['site.yml', '-vvv']);
		expect([played.exitCode, hostsWith(played, 'changed')]).toEqual([0, names]);
		expect(await healthyHosts()).toEqual(names);
		const program = 'realpath --relative-to /usr/local/lib/vira-setup /usr/local/bin/vira-setup';
		expect(await onHost('host1', program)).toMatch(/^\w{16}\/dist\/entry\.cjs$/u);
		expect(await onHost(withoutNode, program)).toMatch(/^\w{16}\/vira-setup$/u);
		expect(await onHost('host2', 'passwd --status vira')).toMatch(/^vira L/u);
		expect(await onHost('host2', 'loginctl list-sessions --no-legend | grep -c "vira.*pts"')).toBe('0');
	},
	limitMs,
);

test(
	'a second run changes nothing',
	async () => {
		const played = await run(['site.yml']);
		expect([played.exitCode, hostsWith(played, 'changed')]).toEqual([0, []]);
	},
	limitMs,
);

test(
	'check mode shows the real difference, and changes nothing',
	async () => {
		const played = await change({vira_port: 8443}, '--check', '--diff');
		expect([played.exitCode, hostsWith(played, 'changed')]).toEqual([0, names]);
		expect(played.stdout).toMatch(/^-.*--port 5005/mu);
		expect(played.stdout).toMatch(/^\+.*--port 8443/mu);
		expect(hostsWith(await change({}, '--check'), 'changed')).toEqual([]);
	},
	limitMs,
);

test(
	'a host with a taken port fails with its sentence, and the others change',
	async () => {
		const holder = ['systemd-run', '--unit=holder', 'python3', '-m', 'http.server', '--bind', '::', '8444'];
		await fleet.host('host3').run(holder);
		const played = await change({vira_port: 8444}, '--diff');
		expect([hostsWith(played, 'failed'), hostsWith(played, 'changed')]).toEqual([
			['host3'],
			['host1', 'host2', 'host4'],
		]);
		expect(played.stdout).toContain('port: Port 8444 is in use by a program of user root.');
		await onHost('host3', 'systemctl stop holder');
		expect(hostsWith(await change({vira_port: 8444}), 'changed')).toEqual(['host3']);
	},
	limitMs,
);

test(
	'several wrong values are named together, and nothing changes',
	async () => {
		const wrong = {vira_port: 99_999, vira_hostname: 'not a host', vira_base_path: 'vira'};
		const played = await change(wrong, '--limit', 'host1');
		expect(hostsWith(played, 'failed')).toEqual(['host1']);
		for (const setting of ['port: ', 'hostname: ', 'base_path: ']) expect(played.stdout).toContain(setting);
		expect(hostsWith(played, 'changed')).toEqual([]);
	},
	limitMs,
);

test(
	'a service file that was changed by hand is refused until overwrite is set',
	async () => {
		const unit = '/var/lib/vira/.config/systemd/user/vira.service';
		await onHost('host1', `echo '# by hand' >>${unit}`);
		const only = ['--limit', 'host1'];
		const refused = await change({vira_port: 8444, vira_log_level: 'Debug'}, ...only);
		expect([hostsWith(refused, 'failed'), await onHost('host1', `tail -1 ${unit}`)]).toEqual([
			['host1'],
			'# by hand',
		]);
		expect(refused.stdout).toContain('overwrite');
		const replaced = await change({vira_port: 8444, vira_overwrite: true}, ...only);
		expect([replaced.exitCode, hostsWith(replaced, 'changed')]).toEqual([0, ['host1']]);
	},
	limitMs,
);

test(
	'a rolling change to a broken Vira stops at the first host, which has its former Vira again',
	async () => {
		for (const name of names) {
			await installVira(fleet.host(name), broken, name === withoutNode ? nodeOfVira : undefined);
			await fleet.host(name).writeFile(`${broken}.behaviour.json`, '{"mode": "exits-at-once"}');
		}
		const update = {vira_port: 8444, vira_package: broken, vira_require_ready: false};
		const rolling = ['vira.setup.rolling', '--tags', 'vira_service'];
		const played = await run(['--extra-vars', '@secrets.yml', ...rolling], update);
		expect([played.exitCode === 0, Object.keys(played.hosts)]).toEqual([false, ['host1']]);
		expect(await healthyHosts()).toEqual(names);
		expect(hostsWith(await change({vira_port: 8444}, '--check'), 'changed')).toEqual([]);
	},
	limitMs,
);

test(
	'a host that loses its power in the middle of a run is repaired by the next',
	async () => {
		const running = change({vira_port: 8445});
		await waitUntil('host2 was being changed', async () =>
			(await onHost('host2', 'pgrep --full "[v]ira-setup install"')) === '' ? undefined : true,
		);
		await fleet.host('host2').crash();
		const played = await running;
		expect([...hostsWith(played, 'failed'), ...hostsWith(played, 'unreachable')]).toEqual(['host2']);
		expect((await change({vira_port: 8445})).exitCode).toBe(0);
		expect(await healthyHosts()).toEqual(names);
	},
	limitMs,
);

test(
	'after a reboot of all hosts, Vira is healthy without any session',
	async () => {
		await Promise.all(names.map((name) => fleet.host(name).reboot()));
		await waitUntil(
			'all were healthy',
			async () => ((await healthyHosts()).length === 4 ? true : undefined),
			90_000,
		);
		expect(hostsWith(await change({vira_port: 8445}, '--check'), 'changed')).toEqual([]);
	},
	limitMs,
);

test(
	'Vira is stopped, started and restarted, and check mode says so before',
	async () => {
		const change = async (wanted: string, ...words: readonly string[]) =>
			hostsWith(await run(['manage.yml', ...words], {wanted}), 'changed');
		expect([await change('stopped', '--check'), await healthyHosts()]).toEqual([names, names]);
		expect([await change('stopped'), await change('stopped')]).toEqual([names, []]);
		expect([await change('started', '--check'), await change('started')]).toEqual([names, names]);
		expect([await change('started'), await change('restarted')]).toEqual([[], names]);
		expect(await healthyHosts()).toEqual(names);
	},
	limitMs,
);

test(
	'a download with another checksum is refused',
	async () => {
		const other = {vira_program_executable_checksum: `sha256:${'0'.repeat(64)}`};
		const played = await run(['site.yml', '--tags', 'vira_program', '--limit', withoutNode], other);
		expect(hostsWith(played, 'failed')).toEqual([withoutNode]);
		expect(await healthyHosts()).toEqual(names);
	},
	limitMs,
);

test(
	'absent removes Vira, and has nothing to do the second time',
	async () => {
		const removed = await change({vira_state: 'absent'});
		expect([removed.exitCode, hostsWith(removed, 'changed')]).toEqual([0, names]);
		expect(hostsWith(await change({vira_state: 'absent'}), 'changed')).toEqual([]);
	},
	limitMs,
);

test('the secret of the vault was printed nowhere, and no host logged it', async () => {
	expect(printed).not.toContain(secret);
	for (const name of names) expect(await onHost(name, `journalctl | grep -c ${secret}`)).toBe('0');
});
