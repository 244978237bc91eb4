import {doesNotExist, look, modeText, mountOf, readMounts} from '../paths.ts';
import {posix} from 'node:path';
import {answerOf} from '../run-result.ts';
import {commandText} from '../command-text.ts';
import type {Command, Inspected, System} from '../system.ts';
import {isInstallable} from '../../settings/nix.ts';
import type {FoundPrograms} from '../../settings/options.ts';
import type {Facts} from '../facts.ts';
import type {FoundProgram} from '../machine-facts.ts';

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

/** The mount of a path without links, if nothing on it can be executed (mount(8), noexec). */
const noexecMount = async (system: System, path: string): Promise<string | undefined> => {
	const mount = mountOf(path, await readMounts(system));
	return mount?.options.includes('noexec') ? mount.folder : undefined;
};

/** Only the owner can change a mode (chmod(2)); in the Nix store, not even root. */
const allowing = ({user}: System, path: string, {owner, realPath = path}: Inspected): string => {
	if (realPath.startsWith('/nix/store/')) return '';
	const command: Command = owner === user.uid ? ['chmod', 'u+x', path] : ['sudo', 'chmod', 'a+x', path];
	return ` (${commandText(command)})`;
};

/** Why this user cannot execute a file: a sentence without a period; undefined: they can. */
export const whyNotExecutable = async (
	system: System,
	path: string,
	found: Inspected,
): Promise<string | undefined> => {
	const {leadsTo, executable, mode, realPath = path} = found;
	if (leadsTo !== 'file') return `${path} is not an executable file`;
	if (executable) return undefined;
	if ((mode & 0o111) === 0)
		return `${path} is not executable: its execute bit is not set${allowing(system, path, found)}`;
	const mount = await noexecMount(system, realPath);
	if (mount !== undefined) return `${path} cannot be run: ${mount} is mounted with noexec`;
	return `${system.user.name} does not have permission to run ${path} (mode ${modeText(mode)})`;
};

/** Scripts are small; a larger file has no interpreter line. */
const largestScript = 64 * 1024;

const scriptIn = async (system: System, path: string): Promise<string> => {
	const size = (await system.inspect(path))?.size ?? Infinity;
	const text = size > largestScript ? '' : ((await system.readFile(path).catch(() => undefined)) ?? '');
	return text.startsWith('#!') ? text : '';
};

export const isScript = async (system: System, path: string): Promise<boolean> =>
	(await scriptIn(system, path)) !== '';

const interpreterOf = async (system: System, path: string): Promise<string> =>
	/^#!\s*(\/\S+)/u.exec(await scriptIn(system, path))?.[1] ?? 'or loader';

/** How an executable file failed to start: execve(2) calls a missing interpreter ENOENT, another format ENOEXEC. */
export type StartFailure =
	| 'no-interpreter'
	| 'not-run'
	/** Why the system did not start it, as it reports it. */
	| {readonly refused: string};

/** Why an executable file did not start: a sentence. */
export const whyNotStarted = async (system: System, path: string, failure: StartFailure): Promise<string> => {
	if (failure === 'no-interpreter')
		return `${path} cannot be run: its interpreter ${await interpreterOf(system, path)} does not exist.`;
	const real = (await system.inspect(path))?.realPath ?? path;
	const mount = await noexecMount(system, posix.normalize(real));
	if (mount !== undefined) return `${path} cannot be run: ${mount} is mounted with noexec.`;
	return failure === 'not-run'
		? `${path} cannot be run here: it was built for another platform, or is damaged.`
		: `${path} cannot be run: ${failure.refused}.`;
};

/** The executable of `package`: the file itself, or `bin/vira` of a folder. */
export const resolveProgram = async (
	system: System,
	path: string,
): Promise<{readonly program: string} | {readonly message: string}> => {
	const given = await look(system, path);
	const isFolder = given?.leadsTo === 'folder';
	const program = isFolder ? `${path.replace(/\/+$/u, '')}/bin/vira` : path;
	const found = isFolder ? await look(system, program) : given;
	if (!found?.leadsTo) return {message: doesNotExist(program)};
	const why = await whyNotExecutable(system, program, found);
	return why === undefined ? {program} : {message: `${why}.`};
};

/**
 * The programs that were found, but the Vira that an earlier run chose as the default, as long as it exists: another
 * PATH must not lead to another Vira. `chosen` is a path or a Nix package.
 */
export const withChosen = async (
	system: System,
	found: FoundPrograms,
	chosen: string | undefined,
): Promise<FoundPrograms> => {
	if (chosen === undefined) return found;
	const isUsable = isInstallable(chosen) || 'program' in (await resolveProgram(system, chosen));
	return isUsable ? {...found, vira: chosen} : found;
};
