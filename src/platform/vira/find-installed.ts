import type {FoundPrograms} from '../../settings/options.ts';
import {answerOf} from '../run-result.ts';
import type {Facts} from '../facts.ts';
import type {FoundProgram} from '../machine-facts.ts';
import type {System} from '../system.ts';

export const inStore = (path: string): boolean => path.startsWith('/nix/store/');

/** Links of a profile or of NixOS: their targets are never garbage-collected. */
export const keptFolders = ({home, name}: System['user']): readonly string[] => [
	`${home}/.nix-profile`,
	`${home}/.local/state/nix/profile`,
	`/etc/profiles/per-user/${name}`,
	'/run/current-system/sw',
	'/nix/var/nix/profiles/default',
];

/** Paths where an installed program can be, the most durable first. */
const candidates = ({environment, user}: System, name: string): readonly string[] => {
	const onPath = (environment['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
	const profiles = keptFolders(user).map((folder) => `${folder}/bin`);
	const folders = [...new Set([...onPath, ...profiles, `${user.home}/.local/bin`])];
	// A store path may be garbage-collected; a profile keeps its link.
	return [...folders.filter((folder) => !inStore(folder)), ...folders.filter(inStore)].map(
		(folder) => `${folder}/${name}`,
	);
};

/** No version is longer; it shares a line with other text. */
const longestWord = 100;

/** Nix and its variants print their own version last: `nix (Lix, like Nix) 2.91.1`. */
export const versionIn = (text: string): string | undefined =>
	text
		.split(/\s/u)
		.filter((word) => word.length <= longestWord)
		.flatMap((word) => /\d+(?:\.\d+)+.*/u.exec(word)?.[0] ?? [])
		.at(-1);

/** More than the output of any `--version`. */
const versionBytes = 64 * 1024;

export const askVersion = async (system: System, path: string): Promise<string | undefined> => {
	const limits = {timeoutMs: 5000, mostBytes: versionBytes};
	return versionIn(answerOf(await system.run([path, '--version'], limits)) ?? '');
};

const findInstalled = async (system: System, name: string): Promise<FoundProgram | undefined> => {
	const paths = candidates(system, name);
	// A folder of PATH can be inaccessible, as root's after `su`, or its disk may fail: like a shell, skip it.
	const inspected = await Promise.all(paths.map((path) => system.inspect(path).catch(() => undefined)));
	const path = paths.find((_, index) => inspected[index]?.executable);
	return path === undefined ? undefined : {path, version: await askVersion(system, path)};
};

/** A Vira that a service can use permanently, and its version. */
export const findVira = (system: System): Promise<FoundProgram | undefined> => findInstalled(system, 'vira');

/** What the defaults of some options depend on. */
export const foundOn = ({vira, nix}: Pick<Facts, 'vira' | 'nix'>): FoundPrograms => ({
	vira: vira?.path,
	nix: nix !== undefined,
});

/** The Nix that can build missing programs. */
export const findNix = (system: System): Promise<FoundProgram | undefined> => findInstalled(system, 'nix');
