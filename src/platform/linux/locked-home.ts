import {skim} from '../look.ts';
import {answerOf} from '../answer-of.ts';
import type {System} from '../system.ts';

/** File systems that a login unlocks (pam_ecryptfs(8), pam_mount(8) and their like). */
const unlockedAtLogin = /^(?:ecryptfs|fuse\.(?:gocryptfs|encfs|cryfs|securefs))$/u;

/** File systems that can encrypt one folder (fscrypt, the documentation of the kernel). */
const encryptsFolders = /^(?:ext4|f2fs|ubifs|ceph)$/u;

interface Mount {
	readonly device: string;
	readonly folder: string;
	readonly type: string;
}

/** Blanks and their like stand in it as `\040` (fstab(5)). */
const unescaped = (text: string): string =>
	text.replaceAll(/\\([0-7]{3})/gu, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)));

const parseMounts = (text: string): readonly Mount[] =>
	text.split('\n').flatMap((line) => {
		const [device, folder, type] = line.split(' ').map(unescaped);
		return type === undefined || device === undefined || folder === undefined ? [] : [{device, folder, type}];
	});

const isAbove = (folder: string, path: string): boolean =>
	folder === path || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** Of mounts one over the other the last counts. */
const mountOf = (path: string, mounts: readonly Mount[]): Mount | undefined =>
	mounts
		.filter(({folder}) => isAbove(folder, path))
		.toSorted((one, other) => one.folder.length - other.folder.length)
		.at(-1);

/** `E` marks what fscrypt has encrypted (chattr(1)). */
const readFscrypt = async (system: System, home: string): Promise<'fscrypt' | false | undefined> => {
	const answer = answerOf(await system.run(['lsattr', '-d', home], {timeoutMs: 5000}));
	if (answer === undefined) return undefined;
	return /^\S*E/u.test(answer) && 'fscrypt';
};

/**
 * What keeps the home folder locked until somebody logs in, by its name; false where nothing does, undefined where
 * that cannot be read. A disk that is unlocked before anything starts does not count.
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
