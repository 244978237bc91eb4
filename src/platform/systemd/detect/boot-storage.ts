import type {Folders} from '../../machine-facts.ts';
import type {Forgotten} from '../facts.ts';
import {findExisting, mountOf, readMounts, type Mount} from '../../paths.ts';
import {answerOf} from '../../run-result.ts';
import type {System} from '../../system.ts';
import {lingerFolder} from '../lingering/lingering.ts';

/** File systems that a login unlocks (pam_ecryptfs(8), pam_mount(8) and similar). */
const unlockedAtLogin = /^(?:ecryptfs|fuse\.(?:gocryptfs|encfs|cryfs|securefs))$/u;

/** File systems that can encrypt single folders (kernel documentation, fscrypt). */
const encryptsFolders = /^(?:ext4|f2fs|ubifs|ceph)$/u;

/** `E` marks a folder that fscrypt has encrypted (chattr(1)). */
const readFscrypt = async (system: System, home: string): Promise<'fscrypt' | false | undefined> => {
	const answer = answerOf(await system.run(['lsattr', '-d', home], {timeoutMs: 5000}));
	if (answer === undefined) return undefined;
	return /^\S*E/u.test(answer) && 'fscrypt';
};

/**
 * The name of what keeps the home folder locked until the person logs in; false if nothing does, undefined if that
 * cannot be read. A disk that is unlocked at boot does not count.
 */
export const readHomeLock = async (system: System): Promise<string | false | undefined> => {
	const {home, name} = system.user;
	const mount = mountOf(home, await readMounts(system));
	if (!mount) return undefined;
	if (unlockedAtLogin.test(mount.type)) return mount.type.replace('fuse.', '');
	// How systemd-homed names the volume of a home (systemd-homed.service(8), homectl(1)).
	if (mount.device === `/dev/mapper/home-${name}`) return 'systemd-homed';
	return encryptsFolders.test(mount.type) && readFscrypt(system, home);
};

/** Live systems mount a folder in memory over the medium that they boot from (kernel documentation, overlayfs). */
const upperFolder = (mount: Mount | undefined): string | undefined =>
	mount?.type === 'overlay'
		? mount.options.find((option) => option.startsWith('upperdir='))?.slice('upperdir='.length)
		: undefined;

const kindAt = async (
	system: System,
	path: string,
	mounts: readonly Mount[],
): Promise<string | undefined> => {
	// Where the path leads, or will lead once it is created.
	const {nearest, found} = await findExisting(system, path);
	const real = found.realPath ?? nearest;
	const at = await system.fileSystemAt(real);
	if (at?.temporary) return at.kind;
	const upper = upperFolder(mountOf(real, mounts));
	if (upper === undefined) return undefined;
	// file-hierarchy(7): all of /run is in memory, whether or not it is visible from here.
	const isInMemory = upper.startsWith('/run/') || (await system.fileSystemAt(upper))?.temporary === true;
	return isInMemory ? 'overlay' : undefined;
};

/**
 * The folders that a service needs after a reboot but that a reboot empties. Folders within such a home folder are not
 * listed again. `folders` are those of Folders.
 */
export const readForgotten = async (system: System, folders: Folders): Promise<readonly Forgotten[]> => {
	const mounts = await readMounts(system);
	const places: readonly Omit<Forgotten, 'kind'>[] = [
		{what: 'home', path: system.user.home},
		{what: 'linger', path: lingerFolder},
		...(['services', 'config', 'state'] as const).map((what) => ({what, path: folders[what]})),
	];
	const found = await Promise.all(
		places.map(async (place) => ({...place, kind: await kindAt(system, place.path, mounts)})),
	);
	const isHomeGone = found[0]?.kind !== undefined;
	return found.flatMap(({kind, ...place}) =>
		kind === undefined || (isHomeGone && place.path.startsWith(`${system.user.home}/`))
			? []
			: [{...place, kind}],
	);
};
