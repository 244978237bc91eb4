import {randomUUID} from 'node:crypto';
import {mkdir, readFile, readdir, rmdir} from 'node:fs/promises';
import {join, relative} from 'node:path';
import {isLeftBehind} from './left-behind.ts';
import {waitUntil} from './poll.ts';

const prefix = 'vira-setup-machine-';

/** Joins the cgroups named before the word `--`, and becomes the command after it. */
const joinScript =
	'while [ "$1" != -- ]; do mkdir -p "$1"; echo $$ > "$1/cgroup.procs"; shift; done; shift; exec "$@"';

/** The cgroup of one machine: two machines in the same one would interfere with each other. */
export class MachineCgroup {
	readonly #folders: string[];

	private constructor(folders: string[]) {
		this.#folders = folders;
	}

	static async make(): Promise<MachineCgroup> {
		const parents = await ownCgroups();
		if (parents.length === 0) throw new Error('This host has no cgroup2 file system, which machines need.');
		for (const parent of parents) await sweep(parent);
		const name = `${prefix}${process.pid}-${randomUUID()}`;
		const folders = parents.map((parent) => join(parent, name));
		for (const folder of folders) await mkdir(folder);
		return new MachineCgroup(folders);
	}

	/** The words that start a command as a member of this cgroup. */
	joinedBy(argv: readonly string[]): string[] {
		return ['sh', '-c', joinScript, 'sh', ...this.#folders, '--', ...argv];
	}

	/**
	 * The words that start a command among the services of the machine. Left in the cgroup it comes from, which
	 * is outside of the machine, it would be refused by systemd 257 what a cron job is granted.
	 */
	joinedInside(argv: readonly string[]): string[] {
		const [folder = ''] = this.#folders;
		return ['sh', '-c', joinScript, 'sh', join(folder, 'payload/system.slice/visit.service'), '--', ...argv];
	}

	async remove(): Promise<void> {
		const isRemoved = async () => {
			for (const folder of this.#folders) await removeTree(folder);
			return true;
		};
		// A process of the host that waited for one inside ends a moment after it.
		await waitUntil('the cgroup of the machine was empty', () => isRemoved().catch(() => undefined));
	}
}

/** Where this process itself is in the hierarchies that systemd uses, the unified one first. */
async function ownCgroups(): Promise<string[]> {
	const mounts = (await readFile('/proc/self/mountinfo', 'utf8')).split('\n');
	const places = await readFile('/proc/self/cgroup', 'utf8');
	const unified = mounts.find((line) => line.includes(' - cgroup2 '));
	const named = mounts.find((line) => line.includes(' - cgroup ') && /\bname=systemd\b/.test(line));
	const found = [
		placeIn(unified, /^0::(.*)$/m.exec(places)?.[1]),
		placeIn(named, /^\d+:name=systemd:(.*)$/m.exec(places)?.[1]),
	];
	return unified === undefined ? [] : found.filter((place) => place !== undefined);
}

function placeIn(mount: string | undefined, place: string | undefined): string | undefined {
	if (mount === undefined || place === undefined) return undefined;
	const [, , , root = '/', mountPoint = ''] = mount.split(' ');
	return join(mountPoint, relative(root, place));
}

/** Removes what the machines of a process left that was killed. */
async function sweep(parent: string): Promise<void> {
	const left = (await readdir(parent)).filter(
		(name) => name.startsWith(prefix) && isLeftBehind(name, prefix),
	);
	for (const name of left) await removeTree(join(parent, name)).catch(() => undefined);
}

async function removeTree(folder: string): Promise<void> {
	const entries = await readdir(folder, {withFileTypes: true}).catch(() => []);
	for (const entry of entries) if (entry.isDirectory()) await removeTree(join(folder, entry.name));
	await rmdir(folder).catch(unlessGone);
}

function unlessGone(error: NodeJS.ErrnoException): void {
	if (error.code !== 'ENOENT') throw error;
}
