import {join} from 'node:path';
import {spawn, type IPty} from '@lydell/node-pty';
import {baseImage} from './base.ts';
import {Cell} from './cell.ts';
import {cloneImage} from './clone.ts';
import {demandCommand, runCommand, type CommandOptions, type Outcome} from './command.ts';
import {Container, type Bind, type BootSource} from './container.ts';
import {atTerminal, hostEnv, inSession, withoutSession, type Account, type Environment} from './enter.ts';
import {MachineFiles, type FileOptions} from './files.ts';
import {programBinds, type ShownPrograms} from './program.ts';
import {chosenSuite, type Suite} from './recipe.ts';
import {endSessions} from './sessions.ts';

export interface RunOptions {
	env?: Environment;
	input?: string | Buffer;
	timeoutMs?: number;
}

export interface TerminalOptions {
	cols?: number;
	rows?: number;
	as?: Account;
	env?: Environment;
}

export interface MachineOptions {
	suite?: Suite;
	/** Debian packages in addition to the usual ones. */
	packages?: readonly string[];
	/** More of the host that is shown inside, read-only. */
	binds?: readonly Bind[];
	programs?: ShownPrograms;
	/** Where it is in a network with other machines; without it, it is alone. */
	network?: Connection;
}

/** A machine's place in a network with others. */
export interface Connection {
	/** Its host name. */
	name: string;
	/** The PID of a process in that network. */
	within: number;
	/** The bridge there that it is connected to. */
	bridge: string;
	/** Files of the machine before it boots, by path: its address is in one of them. */
	files: Readonly<Record<string, string>>;
}

const putScript = 'mkdir -p -- "$(dirname -- "$1")" && printf %s "$2" >"$1"';

/** Boots a throwaway Debian with a real systemd; `destroy`, or the end of this process, removes it. */
export async function bootMachine({
	suite = chosenSuite(),
	packages = [],
	binds = [],
	programs = {},
	network,
}: MachineOptions = {}): Promise<Machine> {
	const image = await baseImage(suite, packages);
	const source = {image, network, binds: [...programBinds(programs), ...binds]};
	const boot = async () => bootClone(source, programs.node ?? 'node');
	return boot().catch(async (error: unknown) => {
		// Seen once in thousands of boots, on a loaded host: the machine ended while it booted. No test is about that.
		process.emitWarning(`A machine is booted again. ${String(error)}`);
		return boot();
	});
}

interface CloneSource {
	image: string;
	binds: readonly Bind[];
	network: Connection | undefined;
}

async function bootClone({image, binds, network}: CloneSource, node: string): Promise<Machine> {
	const cell = await Cell.open(network?.within);
	try {
		const root = await cloneImage(cell, image);
		for (const [path, content] of Object.entries(network?.files ?? {}))
			await cell.demand(['sh', '-c', putScript, 'sh', join(root, path), content]);
		const source = {cell, root, binds, name: network?.name, bridge: network?.bridge};
		const container = await Container.boot(source);
		await demandNode(container, node);
		return new Machine(source, container);
	} catch (error) {
		await cell.close();
		throw error;
	}
}

async function demandNode(container: Container, node: string): Promise<void> {
	const {exitCode, stderr} = await runCommand(container.entering([node, '--version']), {env: hostEnv});
	if (exitCode === 0) return;
	throw new Error(`The node of this host (${process.execPath}) does not run inside the machine.\n${stderr}`);
}

/** A Debian to try things on, with the users root, alice and admin. */
export class Machine {
	readonly #source: BootSource;
	readonly #files: MachineFiles;
	#container: Container;

	constructor(source: BootSource, container: Container) {
		this.#source = source;
		this.#container = container;
		this.#files = new MachineFiles((argv, options) => this.#demand(argv, options));
	}

	/** Runs a command as root, or in a login session of its own of another account. */
	async run(argv: readonly string[], options: RunOptions & {as?: Account} = {}): Promise<Outcome> {
		const {as = 'root', env = {}, ...rest} = options;
		return this.#enter(inSession(as, env, argv), {...rest, named: argv});
	}

	/** Runs a command as alice the way cron does: no session, no XDG_RUNTIME_DIR, little environment. */
	async runWithoutSession(argv: readonly string[], options: RunOptions = {}): Promise<Outcome> {
		const {env = {}, ...rest} = options;
		return this.#enter(withoutSession('alice', env, argv), {...rest, named: argv});
	}

	/** Starts a command in a terminal, in a login session of its own. */
	terminal(argv: readonly string[], options: TerminalOptions = {}): IPty {
		const {cols = 80, rows = 24, as = 'alice', env = {}} = options;
		const terminalEnv = {TERM: 'xterm-256color', ...env};
		const login = atTerminal(inSession(as, terminalEnv, argv));
		const [program = '', ...words] = this.#container.entering(login);
		return spawn(program, words, {name: 'xterm-256color', cols, rows, cwd: '/', env: hostEnv});
	}

	async writeFile(path: string, content: string | Buffer, options: FileOptions = {}): Promise<void> {
		await this.#files.write(path, content, options);
	}

	async copyIn(hostPath: string, path: string, options: FileOptions = {}): Promise<void> {
		await this.#files.copyIn(hostPath, path, options);
	}

	async readFile(path: string): Promise<string> {
		return this.#files.read(path);
	}

	async exists(path: string): Promise<boolean> {
		return this.#files.exists(path);
	}

	/** The contents of the paths, for comparing before and after. */
	async snapshot(paths: readonly string[]): Promise<Record<string, string>> {
		return this.#files.snapshot(paths);
	}

	/** Logs alice out everywhere; without lingering, this ends her user manager. */
	async endSessions(): Promise<void> {
		await endSessions((argv, options) => this.#demand(argv, options), 'alice');
	}

	/** Switches the machine off and on again. */
	async reboot(): Promise<void> {
		await this.#container.powerOff();
		this.#container = await Container.boot(this.#source);
	}

	/** Cuts the power and switches the machine on again. */
	async crash(): Promise<void> {
		await this.#container.cutPower();
		this.#container = await Container.boot(this.#source);
	}

	/** Leaves nothing of the machine: no process, no mount, no file. */
	async destroy(): Promise<void> {
		await this.#source.cell.close();
	}

	async #enter(argv: readonly string[], options: CommandOptions): Promise<Outcome> {
		return runCommand(this.#container.entering(argv), {...options, env: hostEnv});
	}

	async #demand(argv: readonly string[], options: CommandOptions = {}): Promise<string> {
		return demandCommand(this.#container.entering(argv), {named: argv, ...options, env: hostEnv});
	}
}
