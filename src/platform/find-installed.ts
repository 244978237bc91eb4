import type {Found} from '../settings/options.ts';
import {answerOf} from './answer-of.ts';
import type {Facts, FoundProgram} from './facts.ts';
import type {System} from './system.ts';

export const inStore = (path: string): boolean => path.startsWith('/nix/store/');

/** Links that a profile or a NixOS keeps: what they lead to is never collected as garbage. */
export const keptFolders = ({home, name}: System['user']): readonly string[] => [
	`${home}/.nix-profile`,
	`${home}/.local/state/nix/profile`,
	`/etc/profiles/per-user/${name}`,
	'/run/current-system/sw',
	'/nix/var/nix/profiles/default',
];

/** Where an installed program can be, the most durable way to name it first. */
const candidates = ({environment, user}: System, name: string): readonly string[] => {
	const onPath = (environment['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
	const profiles = keptFolders(user).map((folder) => `${folder}/bin`);
	const folders = [...new Set([...onPath, ...profiles, `${user.home}/.local/bin`])];
	// A store path is gone after the next garbage collection; a profile's link is kept by its profile.
	return [...folders.filter((folder) => !inStore(folder)), ...folders.filter(inStore)].map(
		(folder) => `${folder}/${name}`,
	);
};

/** No version has a longer one, which is shown on a line with other things. */
const longestWord = 100;

/** Nix and what is made of it print their own version last: `nix (Lix, like Nix) 2.91.1`. */
export const versionIn = (text: string): string | undefined =>
	text
		.split(/\s/u)
		.filter((word) => word.length <= longestWord)
		.flatMap((word) => /\d+(?:\.\d+)+.*/u.exec(word)?.[0] ?? [])
		.at(-1);

/** More than any version, with what is said of it. */
const versionBytes = 64 * 1024;

export const askVersion = async (system: System, path: string): Promise<string | undefined> => {
	const limits = {timeoutMs: 5000, mostBytes: versionBytes};
	return versionIn(answerOf(await system.run([path, '--version'], limits)) ?? '');
};

const findInstalled = async (system: System, name: string): Promise<FoundProgram | undefined> => {
	const paths = candidates(system, name);
	// A folder of PATH can be closed to this person, as root's after `su`, or its disk may fail: a shell goes on past it.
	const inspected = await Promise.all(paths.map((path) => system.inspect(path).catch(() => undefined)));
	const path = paths.find((_, index) => inspected[index]?.executable);
	return path === undefined ? undefined : {path, version: await askVersion(system, path)};
};

/** The Vira that a service can rely on, and its version. */
export const findVira = (system: System): Promise<FoundProgram | undefined> => findInstalled(system, 'vira');

/** What the defaults of some options depend on. */
export const foundOn = ({vira, nix}: Pick<Facts, 'vira' | 'nix'>): Found => ({
	vira: vira?.path,
	nix: nix !== undefined,
});

/** The Nix that can build what is not there. */
export const findNix = (system: System): Promise<FoundProgram | undefined> => findInstalled(system, 'nix');
