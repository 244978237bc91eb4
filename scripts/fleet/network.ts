import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {hostEnv} from '../machine/enter.ts';
import type {Connection} from '../machine/machine.ts';

const bridge = 'fleet0';

/** Addresses for tests between two networks (RFC 2544, C.2.2), of which this one has no way out. */
const addressOf = (place: number): string => `198.18.${Math.trunc(place / 250)}.${(place % 250) + 1}`;

/** The shell that holds the network: it ends with its input, and so with this process. */
const script = `
	ip link set lo up && ip link add ${bridge} type bridge && ip link set ${bridge} up && echo ready && exec cat
`;

/** A network in which machines reach each other, and nothing else; it is gone when this process ends, however it ends. */
export class FleetNetwork {
	readonly #keeper: ChildProcess;

	private constructor(keeper: ChildProcess) {
		this.#keeper = keeper;
	}

	static async open(): Promise<FleetNetwork> {
		const keeper = spawn('unshare', ['--net', '--', 'sh', '-c', script], {
			env: hostEnv,
			detached: true,
			stdio: ['pipe', 'pipe', 'inherit'],
		});
		await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit')]);
		if (keeper.exitCode !== null)
			throw new Error('This host does not let root make a network with a bridge.');
		return new FleetNetwork(keeper);
	}

	/** The connection of one of these machines, which know each other by name. */
	connection(name: string, names: readonly string[]): Connection {
		const hosts = names.map((one, index) => `${addressOf(index)} ${one}\n`);
		const address = `${addressOf(names.indexOf(name))}/16`;
		return {
			name,
			within: this.#keeper.pid ?? 0,
			bridge,
			files: {
				'etc/hostname': `${name}\n`,
				'etc/hosts': `127.0.0.1 localhost\n::1 localhost\n${hosts.join('')}`,
				'etc/systemd/system/multi-user.target.d/network.conf': '[Unit]\nWants=systemd-networkd.service\n',
				'etc/systemd/network/10-host0.network': `[Match]\nName=host0\n\n[Network]\nAddress=${address}\n`,
			},
		};
	}

	/** Ends the network, once no machine is in it. */
	async close(): Promise<void> {
		if (this.#keeper.exitCode !== null || this.#keeper.signalCode !== null) return;
		const gone = once(this.#keeper, 'exit');
		this.#keeper.stdin?.end();
		await gone;
	}
}
