import {join} from 'node:path';
import type {Outcome} from '../machine/command.ts';
import {baseImage} from '../machine/base.ts';
import {prepareHost} from '../machine/host.ts';
import {bootMachine, type Machine, type MachineOptions, type RunOptions} from '../machine/machine.ts';
import type {Suite} from '../machine/recipe.ts';
import {installVira} from '../machine/stand-in.ts';
import {fleetFolder, introduce, type Host} from './inventory.ts';
import {FleetNetwork} from './network.ts';

const hostPackages = ['openssh-server', 'python3'];
const controlPackages = [
	...['ansible-core', 'ansible-lint', 'openssh-client', 'git', 'python3-cffi-backend'],
	// For the checks of a collection.
	...['pycodestyle', 'python3-voluptuous'],
];

const collection = {
	from: join(import.meta.dirname, '../../ansible'),
	to: '/usr/share/ansible/collections/ansible_collections/vira/setup',
};

/** Makes the images of hosts and control machines that are not there yet, which takes minutes. */
export async function makeFleetImages(): Promise<void> {
	await prepareHost();
	const ofSuite = async (suite: Suite): Promise<void> => {
		for (const packages of [controlPackages, hostPackages]) await baseImage(suite, packages);
	};
	await Promise.all([ofSuite('bookworm'), ofSuite('trixie')]);
}

export interface FleetOptions {
	/** The Debian of each host, which decides how many there are. */
	readonly suites: readonly Suite[];
	/** The Debian of the control machine, and with it the version of Ansible: bookworm has 2.14, trixie 2.19. */
	readonly control?: Suite;
	/** Hosts that have node elsewhere than on PATH, by name, with its path. */
	readonly nodes?: Readonly<Record<string, string>>;
	/** Called with the name of each machine that is up. */
	readonly onBoot?: (name: string) => void;
}

/** Machines with a real sshd, and one with Ansible, in a network of their own. */
export class Fleet {
	readonly control: Machine;
	readonly hosts: readonly Host[];
	readonly #network: FleetNetwork;

	constructor(network: FleetNetwork, control: Machine, hosts: readonly Host[]) {
		this.#network = network;
		this.control = control;
		this.hosts = hosts;
	}

	/** The machine of the host with this name. */
	host(name: string): Machine {
		const host = this.hosts.find((one) => one.name === name);
		if (!host) throw new Error(`The fleet has no host ${name}.`);
		return host.machine;
	}

	/** Runs a command on the control machine, in the folder with the inventory. */
	async run(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
		return this.control.run(['env', `--chdir=${fleetFolder}`, ...argv], {timeoutMs: 600_000, ...options});
	}

	/** Leaves nothing of the machines and of their network. */
	async destroy(): Promise<void> {
		await Promise.all([this.control, ...this.hosts.map(({machine}) => machine)].map((one) => one.destroy()));
		await this.#network.close();
	}
}

/**
 * Boots hosts that have a stand-in for Vira, and a control machine with Ansible, the collection, an inventory and keys.
 * `destroy`, or the end of this process, removes all of it.
 */
export async function bootFleet(options: FleetOptions): Promise<Fleet> {
	const {suites, control: suite = 'bookworm', nodes = {}} = options;
	const network = await FleetNetwork.open();
	const booted: Machine[] = [];
	const boot = async (name: string, machine: MachineOptions): Promise<Machine> => {
		const names = ['control', ...suites.map((_, index) => nameOf(index))];
		const up = await bootMachine({...machine, network: network.connection(name, names)});
		booted.push(up);
		options.onBoot?.(name);
		return up;
	};
	try {
		const control = await boot('control', {suite, packages: controlPackages, binds: [collection]});
		const hosts = await inPairs(suites, async (one, index): Promise<Host> => {
			const name = nameOf(index);
			const node = nodes[name];
			const programs = node === undefined ? {} : {node};
			const machine = await boot(name, {suite: one, packages: hostPackages, programs});
			await installVira(machine, '/usr/local/bin/vira', node);
			return {name, suite: one, account: index % 2 === 0 ? 'root' : 'admin', machine};
		});
		await introduce(control, hosts);
		return new Fleet(network, control, hosts);
	} catch (error) {
		await Promise.all(booted.map((machine) => machine.destroy()));
		await network.close();
		throw error;
	}
}

const nameOf = (index: number): string => `host${index + 1}`;

/** Two machines boot in less time than one after the other; more would only wait for a processor. */
async function inPairs<One, Other>(
	items: readonly One[],
	make: (item: One, index: number) => Promise<Other>,
): Promise<Other[]> {
	const made: Other[] = [];
	for (let at = 0; at < items.length; at += 2)
		made.push(...(await Promise.all(items.slice(at, at + 2).map((item, offset) => make(item, at + offset)))));
	return made;
}
