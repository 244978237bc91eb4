import {spawn, type ChildProcess} from 'node:child_process';
import {once} from 'node:events';
import {MachineCgroup} from './cgroup.ts';
import {demandCommand} from './command.ts';
import {hostEnv} from './enter.ts';
import {childrenOf} from './processes.ts';

/** An isolated part of the host for one machine: its processes and mounts are removed when it is closed. */
export class Cell {
	readonly #keeper: ChildProcess;
	readonly #firstProcess: number;
	readonly cgroup: MachineCgroup;

	private constructor(keeper: ChildProcess, firstProcess: number, cgroup: MachineCgroup) {
		this.#keeper = keeper;
		this.#firstProcess = firstProcess;
		this.cgroup = cgroup;
	}

	/** `network`: the PID of a process whose network it shares, instead of that of the host. */
	static async open(network?: number): Promise<Cell> {
		const cgroup = await MachineCgroup.make();
		const keeper = await startKeeper(network);
		const [firstProcess = 0] = await childrenOf(keeper.pid ?? 0);
		return new Cell(keeper, firstProcess, cgroup);
	}

	/** Runs a command of this host in the cell until it succeeds. */
	async demand(argv: readonly string[]): Promise<string> {
		return demandCommand(this.#entering(argv), {env: hostEnv});
	}

	/** Starts a command of this host in the cell, without a time limit. */
	start(argv: readonly string[], env: NodeJS.ProcessEnv): ChildProcess {
		const [program = '', ...words] = this.#entering(this.cgroup.joinedBy(argv));
		// Detached, so that a Ctrl-C at the terminal does not end the machine before those who use it.
		return spawn(program, words, {
			env: {...hostEnv, ...env},
			detached: true,
			stdio: ['ignore', 'pipe', 'pipe'],
		});
	}

	async close(): Promise<void> {
		if (this.#keeper.exitCode !== null || this.#keeper.signalCode !== null) return;
		const gone = once(this.#keeper, 'exit');
		this.#keeper.stdin?.end();
		await gone;
		await this.cgroup.remove();
	}

	#entering(argv: readonly string[]): string[] {
		return ['nsenter', '--mount', '--pid', '--net', '--target', String(this.#firstProcess), '--', ...argv];
	}
}

/** Where systemd-nspawn keeps a folder for each name of a machine: every cell gets one of its own. */
const nspawnState = '/run/systemd/nspawn';

const keep = `mkdir -p ${nspawnState} && mount -t tmpfs tmpfs ${nspawnState} && echo ready && exec cat`;

/**
 * Starts the PID 1 of the cell. It ends with its input, which also ends when this process is killed, and
 * with it the kernel ends every process in the cell; with the last of them go the mounts.
 */
async function startKeeper(network?: number): Promise<ChildProcess> {
	const own = ['--mount', '--propagation', 'private', '--pid', '--fork', '--kill-child', '--mount-proc'];
	const within = network === undefined ? [] : ['nsenter', '--net', '--target', String(network), '--'];
	const [program, ...words] = [...within, 'unshare', ...own, 'sh', '-c', keep];
	const keeper = spawn(program, words, {
		env: hostEnv,
		detached: true,
		stdio: ['pipe', 'pipe', 'inherit'],
	});
	await Promise.race([once(keeper.stdout, 'data'), once(keeper, 'exit')]);
	if (keeper.exitCode !== null) throw new Error('This host does not let root make namespaces.');
	return keeper;
}
