import {readFile} from 'node:fs/promises';
import type {CommandOptions} from './command.ts';
import {type Account, withoutSession} from './enter.ts';

/** Runs a command inside as root until it succeeds, and returns its output. */
export type Demand = (argv: readonly string[], options?: CommandOptions) => Promise<string>;

export interface FileOptions {
	mode?: string;
	/** The account that creates the file, and its missing parent folders. */
	owner?: Account;
}

const writeScript = 'mkdir -p -- "$(dirname -- "$1")" && cat > "$1" && chmod -- "$2" "$1"';

/** The files of a machine, as seen inside. */
export class MachineFiles {
	readonly #demand: Demand;

	constructor(demand: Demand) {
		this.#demand = demand;
	}

	async write(
		path: string,
		content: string | Buffer,
		{mode = '644', owner = 'root'}: FileOptions,
	): Promise<void> {
		const write = ['sh', '-c', writeScript, 'sh', path, mode];
		await this.#demand(withoutSession(owner, {}, write), {input: content});
	}

	async copyIn(hostPath: string, path: string, options: FileOptions): Promise<void> {
		await this.write(path, await readFile(hostPath), options);
	}

	async read(path: string): Promise<string> {
		return this.#demand(['cat', '--', path]);
	}

	async exists(path: string): Promise<boolean> {
		const test = ['sh', '-c', 'test -e "$1" || test -L "$1" && echo yes || echo no', 'sh', path];
		return (await this.#demand(test)) === 'yes\n';
	}

	/** What lies under the paths, by path: type, mode, owner, and the link's target or the content's hash. */
	async snapshot(paths: readonly string[]): Promise<Record<string, string>> {
		const hashes = await this.#hashes(paths);
		const listed = await this.#find(paths, ['-printf', '%p\\0%y %m %u:%g\\0%l\\0']);
		const lines: [string, string][] = [];
		for (let at = 0; at + 2 < listed.length; at += 3) {
			const [path = '', facts = '', target = ''] = listed.slice(at, at + 3);
			const content = target === '' ? (hashes.get(path) ?? '') : `-> ${target}`;
			lines.push([path, `${facts} ${content}`.trimEnd()]);
		}
		return Object.fromEntries(lines.sort(([a], [b]) => (a < b ? -1 : 1)));
	}

	async #hashes(paths: readonly string[]): Promise<Map<string, string>> {
		const sums = await this.#find(paths, ['-type', 'f', '-exec', 'sha256sum', '--zero', '--', '{}', '+']);
		return new Map(sums.map((line) => [line.slice(66), line.slice(0, 64)]));
	}

	async #find(paths: readonly string[], what: readonly string[]): Promise<string[]> {
		const there: string[] = [];
		for (const path of paths) if (await this.exists(path)) there.push(path);
		if (there.length === 0) return [];
		return (await this.#demand(['find', ...there, ...what])).split('\0').slice(0, -1);
	}
}
