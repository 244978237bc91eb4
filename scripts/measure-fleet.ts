import {parseArgs} from 'node:util';
import {bootFleet, type Fleet} from './fleet/fleet.ts';
import {fleetFolder} from './fleet/inventory.ts';

/** `npm run fleet:measure`: seconds and processor time that Ansible takes for each host, at several numbers of forks. */
const {values} = parseArgs({options: {hosts: {type: 'string', default: '20'}}});
const count = Number(values.hosts);
const forks = [1, 5, 20];
const machines = 4;

/** An account of a machine stands for a host: it has a service, a port and a connection of its own. */
const inventory = (): string =>
	[
		'[vira]',
		...Array.from({length: count}, (_, index) => {
			const account = `vira${index}`;
			return [
				`site${index} ansible_host=host${(index % machines) + 1} ansible_user=${index % 2 === 0 ? 'root' : 'admin'}`,
				`ansible_control_path=/tmp/to-${index}`,
				`vira_account=${account} vira_home=/var/lib/${account} vira_port=${5100 + index}`,
			].join(' ');
		}),
		'[vira:vars]',
		'ansible_python_interpreter=/usr/bin/python3',
		'vira_install_program=false',
		'',
	].join('\n');

const site = `
- name: Set Vira up
  hosts: vira
  gather_facts: "{{ gather | default(false) }}"
  roles: [vira.setup.vira]
`;

/** Runs the playbook, and returns the seconds and the seconds of processor time that it took on the control machine. */
const timed = async (fleet: Fleet, words: readonly string[]): Promise<readonly [number, number]> => {
	const script = 'TIMEFORMAT="%R %U %S"; time "$@" >/root/fleet/output';
	const {exitCode, stderr} = await fleet.run(['bash', '-c', script, 'bash', 'ansible-playbook', ...words], {
		timeoutMs: 3_000_000,
	});
	if (exitCode !== 0) throw new Error(await fleet.control.readFile(`${fleetFolder}/output`));
	const [real = 0, user = 0, system = 0] = (stderr.trim().split('\n').at(-1) ?? '').split(' ').map(Number);
	return [real, user + system];
};

const fleet = await bootFleet({suites: Array.from({length: machines}, () => 'bookworm')});
try {
	await fleet.control.writeFile(`${fleetFolder}/inventory.ini`, inventory());
	await fleet.control.writeFile(`${fleetFolder}/site.yml`, site);
	const row = (what: string, [seconds, processor]: readonly [number, number]): void =>
		console.log(
			`${what}: ${(seconds / count).toFixed(2)} s, ${(processor / count).toFixed(2)} s of processor time`,
		);
	console.log(`For each of ${count} hosts on ${machines} machines:`);
	row('first run, 20 forks', await timed(fleet, ['site.yml', '--forks', '20', '-e', '{"gather": true}']));
	for (const number of forks) {
		const words = ['site.yml', '--tags', 'vira_service', '--forks', String(number)];
		row(`unchanged, only settings, ${number} forks`, await timed(fleet, words));
	}
} finally {
	await fleet.destroy();
}
