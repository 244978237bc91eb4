import {afterAll, beforeAll} from '@jest/globals';
import {bootFleet, type Fleet} from '../../scripts/fleet/fleet.ts';
import {fleetFolder} from '../../scripts/fleet/inventory.ts';
import {hostsWith, play, writeVault, type Played} from './fleet.ts';

type Variables = Readonly<Record<string, unknown>>;

export const hostNames = ['host1', 'host2', 'host3', 'host4'];

/** A secret that the vault has, for the service of every host. */
export const secret = 'very-secret-4711-token';

const playbooks = {
	site: `
- name: Set Vira up
  hosts: vira
  vars_files: [secrets.yml]
  roles: [vira.setup.vira]
`,
	manage: `
- name: Start, stop or restart
  hosts: vira
  gather_facts: false
  tasks:
    - name: Change the state
      vira.setup.service:
        state: "{{ wanted }}"
      become: true
      become_user: vira
`,
	gather: `
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
`,
};

/** What a test does with its fleet. */
export interface FleetInTest {
	readonly fleet: Fleet;
	/** All that Ansible printed. */
	readonly printed: () => string;
	/** Variables of every run from now on. */
	readonly setVariables: (variables: Variables) => void;
	readonly run: (words: readonly string[], variables?: Variables) => Promise<Played>;
	/** Changes only settings: the account and the program are there. */
	readonly change: (variables: Variables, ...words: readonly string[]) => Promise<Played>;
	readonly healthyHosts: () => Promise<readonly string[]>;
	/** What a line of the shell prints on a host, for root. */
	readonly onHost: (name: string, line: string) => Promise<string>;
}

const inTest = (fleet: Fleet): FleetInTest => {
	let always: Variables = {};
	let printed = '';
	const run: FleetInTest['run'] = async (words, variables = {}) => {
		const vault = ['--vault-password-file', 'vault-password'];
		const played = await play(fleet, [...vault, ...words], {...always, ...variables});
		printed += played.stdout + played.stderr;
		return played;
	};
	return {
		fleet,
		printed: () => printed,
		setVariables: (variables) => {
			always = variables;
		},
		run,
		change: (variables, ...words) => run(['site.yml', '--tags', 'vira_service', ...words], variables),
		healthyHosts: async () => {
			const played = await run(['gather.yml']);
			const failed = [...hostsWith(played, 'failed'), ...hostsWith(played, 'unreachable')];
			return hostNames.filter((name) => played.hosts[name] && !failed.includes(name));
		},
		onHost: async (name, line) => (await fleet.host(name).run(['sh', '-c', line])).stdout.trim(),
	};
};

/** Boots four hosts for the tests of a file, which are in order: each begins with what the one before left. */
export const useFleet = (nodes: Readonly<Record<string, string>> = {}): (() => FleetInTest) => {
	let used: FleetInTest | undefined;
	beforeAll(async () => {
		const fleet = await bootFleet({suites: ['bookworm', 'trixie', 'bookworm', 'trixie'], nodes});
		used = inTest(fleet);
		for (const [name, text] of Object.entries(playbooks))
			await fleet.control.writeFile(`${fleetFolder}/${name}.yml`, text);
		const variables = {vira_environment: {API_TOKEN: secret, GREETING: 'hello there'}};
		await writeVault(fleet, 'secrets.yml', JSON.stringify(variables));
	}, 1_200_000);
	afterAll(() => used?.fleet.destroy());
	return () => {
		if (!used) throw new Error('There is a fleet only while a test runs.');
		return used;
	};
};
