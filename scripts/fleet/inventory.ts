import type {Machine} from '../machine/machine.ts';
import type {Suite} from '../machine/recipe.ts';

/** A machine of the fleet, as the inventory lists it. */
export interface Host {
	readonly name: string;
	readonly suite: Suite;
	/** The account that Ansible logs in as: root, or admin, who can use sudo. */
	readonly account: 'root' | 'admin';
	readonly machine: Machine;
}

/** Where the control machine has its inventory and the settings of Ansible. */
export const fleetFolder = '/root/fleet';

/**
 * With pipelining, no file of a module has to be shared between two accounts that are both not root. With ServerAlive,
 * a host that loses its power does not keep Ansible waiting.
 */
const settings = `[defaults]
inventory = inventory.ini
forks = 20
callback_result_format = yaml
retry_files_enabled = false

[ssh_connection]
pipelining = true
ssh_args = -o ControlMaster=auto -o ControlPersist=60s -o ServerAliveInterval=5 -o ServerAliveCountMax=3
`;

const inventoryOf = (hosts: readonly Host[]): string =>
	[
		'[vira]',
		...hosts.map(({name, account}) => `${name} ansible_user=${account}`),
		'',
		'[vira:vars]',
		'ansible_python_interpreter=/usr/bin/python3',
		// Machines show the program of this checkout.
		'vira_install_program=false',
		'',
	].join('\n');

const hostKey = '/etc/ssh/ssh_host_ed25519_key.pub';

/** Gives the control machine a key that every host accepts, the keys of the hosts, and the files of Ansible. */
export async function introduce(control: Machine, hosts: readonly Host[]): Promise<void> {
	await control.run(['ssh-keygen', '-q', '-t', 'ed25519', '-N', '', '-f', '/root/.ssh/id_ed25519']);
	const key = await control.readFile('/root/.ssh/id_ed25519.pub');
	const known: string[] = [];
	for (const {name, account, machine} of hosts) {
		const home = account === 'root' ? '/root' : `/home/${account}`;
		await machine.writeFile(`${home}/.ssh/authorized_keys`, key, {mode: '600', owner: account});
		known.push(`${name} ${await machine.readFile(hostKey)}`);
	}
	await control.writeFile('/root/.ssh/known_hosts', known.join(''));
	await control.writeFile(`${fleetFolder}/ansible.cfg`, settings);
	await control.writeFile(`${fleetFolder}/inventory.ini`, inventoryOf(hosts));
}
