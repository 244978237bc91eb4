import {expect, test} from '@jest/globals';
import {waitUntil} from '../../scripts/machine/poll.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {hostsWith} from '../support/fleet.ts';
import {hostNames, useFleet} from '../support/use-fleet.ts';

/** What goes wrong on some of four machines. They have the program of this checkout. */
const limitMs = 300_000;
const used = useFleet();
/** A Vira that exits at once. */
const broken = '/opt/broken/vira';

test(
	'Vira is set up on each host',
	async () => {
		const {run, healthyHosts} = used();
		expect((await run(['site.yml'])).exitCode).toBe(0);
		expect(await healthyHosts()).toEqual(hostNames);
	},
	limitMs,
);

test(
	'a host with a taken port fails with its sentence, and the others change',
	async () => {
		const {fleet, change, onHost} = used();
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
		const {change} = used();
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
		const {change, onHost} = used();
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
		const {fleet, run, change, healthyHosts} = used();
		for (const name of hostNames) {
			await installVira(fleet.host(name), broken);
			await fleet.host(name).writeFile(`${broken}.behaviour.json`, '{"mode": "exits-at-once"}');
		}
		const update = {vira_port: 8444, vira_package: broken, vira_require_ready: false};
		const rolling = ['vira.setup.rolling', '--tags', 'vira_service'];
		const played = await run(['--extra-vars', '@secrets.yml', ...rolling], update);
		expect([played.exitCode === 0, Object.keys(played.hosts)]).toEqual([false, ['host1']]);
		expect(await healthyHosts()).toEqual(hostNames);
		expect(hostsWith(await change({vira_port: 8444}, '--check'), 'changed')).toEqual([]);
	},
	limitMs,
);

test(
	'a host that loses its power in the middle of a run is repaired by the next',
	async () => {
		const {fleet, change, healthyHosts, onHost} = used();
		const running = change({vira_port: 8445});
		await waitUntil('host2 was being changed', async () =>
			(await onHost('host2', 'pgrep --full "[v]ira-setup install"')) === '' ? undefined : true,
		);
		await fleet.host('host2').crash();
		const played = await running;
		expect([...hostsWith(played, 'failed'), ...hostsWith(played, 'unreachable')]).toEqual(['host2']);
		expect((await change({vira_port: 8445})).exitCode).toBe(0);
		expect(await healthyHosts()).toEqual(hostNames);
	},
	limitMs,
);
