import type {ChildProcess} from 'node:child_process';
import type {Cell} from './cell.ts';
import type {MachineCgroup} from './cgroup.ts';
import {lastLines, runCommand} from './command.ts';
import {enter, hostEnv} from './enter.ts';
import {waitUntil} from './poll.ts';
import {systemdUnder} from './processes.ts';

/** A file or folder of the host that is shown inside, read-only. */
export interface Bind {
	from: string;
	to: string;
}

/** What a machine is booted from. */
export interface BootSource {
	cell: Cell;
	root: string;
	binds: readonly Bind[];
	/** Name of the machine; `machine` without it. */
	name?: string | undefined;
	/** The bridge, in the network of the cell, that the machine is connected to; without it, it is alone. */
	bridge?: string | undefined;
}

/** One run of a machine, from boot to power-off. */
export class Container {
	readonly #cgroup: MachineCgroup;
	readonly #nspawn: ChildProcess;
	#console = '';
	#firstProcess = 0;

	private constructor(source: BootSource) {
		const {cell} = source;
		this.#cgroup = cell.cgroup;
		this.#nspawn = cell.start(nspawnWords(source), {SYSTEMD_NSPAWN_UNIFIED_HIERARCHY: '1'});
		this.#nspawn.stdout?.on('data', (text: Buffer) => (this.#console += text.toString()));
		this.#nspawn.stderr?.on('data', (text: Buffer) => (this.#console += text.toString()));
	}

	/** Boots and waits until the services are up. */
	static async boot(source: BootSource): Promise<Container> {
		const container = new Container(source);
		try {
			await container.#becomeUp();
		} catch (error) {
			const said = lastLines(container.#console);
			throw new Error(`The machine did not boot. Its console said:\n${said}`, {cause: error});
		}
		return container;
	}

	/** The words that run a command inside, as root. */
	entering(argv: readonly string[]): string[] {
		return this.#cgroup.joinedInside(enter(this.#firstProcess, argv));
	}

	/** Switches the machine off as a person would, services being stopped in order. */
	async powerOff(): Promise<void> {
		await runCommand(this.entering(['systemctl', 'poweroff', '--no-wall']), {env: hostEnv});
		// A service that ignores the stop request gets 90 s from systemd.
		await waitUntil('the machine was off', () => this.#hasEnded() || undefined, 120_000);
	}

	/** Ends it as a power failure does: nothing is stopped in order. */
	async cutPower(): Promise<void> {
		process.kill(this.#firstProcess, 'SIGKILL');
		await waitUntil('the machine was off', () => this.#hasEnded() || undefined);
	}

	async #becomeUp(): Promise<void> {
		const id = this.#nspawn.pid ?? 0;
		this.#firstProcess = await waitUntil('the machine had a systemd', () => this.#running(systemdUnder(id)));
		await waitUntil('its services were up', () => this.#running(this.#isUp()), 60_000);
	}

	async #isUp(): Promise<true | undefined> {
		const ask = enter(this.#firstProcess, ['systemctl', 'is-system-running']);
		const {stdout} = await runCommand(ask, {env: hostEnv});
		return ['running', 'degraded'].includes(stdout.trim()) || undefined;
	}

	async #running<T>(answer: Promise<T>): Promise<T> {
		const {exitCode, signalCode} = this.#nspawn;
		if (this.#hasEnded()) throw new Error(`systemd-nspawn has ended (${signalCode ?? exitCode}).`);
		return answer;
	}

	#hasEnded(): boolean {
		return this.#nspawn.exitCode !== null || this.#nspawn.signalCode !== null;
	}
}

function nspawnWords({root, binds, name = 'machine', bridge}: BootSource): string[] {
	return [
		...['systemd-nspawn', '--quiet', '--boot', '--directory', root, '--machine', name],
		...['--register=no', '--keep-unit', '--console=pipe', '--link-journal=no'],
		// Without these two, nspawn changes files of the machine to match the host.
		...['--resolv-conf=off', '--timezone=off'],
		// Test listeners must not meet listeners on the host.
		bridge === undefined ? '--private-network' : `--network-bridge=${bridge}`,
		...binds.map(({from, to}) => `--bind-ro=${escaped(from)}:${escaped(to)}`),
	];
}

function escaped(path: string): string {
	return path.replaceAll(/[\\:]/g, String.raw`\$&`);
}
