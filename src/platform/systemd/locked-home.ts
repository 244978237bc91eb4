import {skim} from '../paths.ts';
import {answerOf} from '../run-result.ts';
import type {System} from '../system.ts';
import {mountOf, parseMounts} from './mounts.ts';

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
	const mount = mountOf(home, parseMounts((await skim(system, '/proc/self/mounts')) ?? ''));
	if (!mount) return undefined;
	if (unlockedAtLogin.test(mount.type)) return mount.type.replace('fuse.', '');
	// How systemd-homed names the volume of a home (systemd-homed.service(8), homectl(1)).
	if (mount.device === `/dev/mapper/home-${name}`) return 'systemd-homed';
	return encryptsFolders.test(mount.type) && readFscrypt(system, home);
};
