import {expect, test} from '@jest/globals';
import {readHomeLock} from '../../../../src/platform/systemd/detect/boot-storage.ts';
import type {RunResult, System} from '../../../../src/platform/system.ts';
import {everySilence, silent} from '../../../support/fault-injection.ts';
import {simulate} from '../../../support/simulated-linux.ts';

/** A machine with these mounts and this lsattr output for the home. */
const machineWith = async (mounts: string, attributes: string): Promise<System> => {
	const machine = await simulate();
	const said: RunResult = {
		exitCode: 0,
		stdout: `${attributes} /home/alice\n`,
		stderr: '',
		timedOut: false,
		found: true,
	};
	return {
		...machine,
		readFile: async (path) => (path === '/proc/self/mounts' ? mounts : machine.readFile(path)),
		run: async (command, options) => (command[0] === 'lsattr' ? said : machine.run(command, options)),
	};
};

const root = '/dev/sda1 / ext4 rw 0 0\n';
const plain = '--------------e-------';
const encrypted = '--------------e----E--';

test.each(everySilence)(
	'lsattr %s: it is unknown whether a home that fscrypt can encrypt is locked',
	async (how) => {
		expect(await readHomeLock(silent(await machineWith(root, plain), /^lsattr/u, how))).toBeUndefined();
		const xfs = await machineWith('/dev/sda1 / xfs rw 0 0\n', plain);
		expect(await readHomeLock(silent(xfs, /^lsattr/u, how))).toBe(false);
	},
);

test('if the mounts cannot be read, it is unknown', async () => {
	expect(await readHomeLock(await machineWith('', plain))).toBeUndefined();
});

test.each([
	['nothing', root, plain, false],
	['a disk that is unlocked before anything starts', '/dev/mapper/crypt / ext4 rw 0 0\n', plain, false],
	['fscrypt', root, encrypted, 'fscrypt'],
	['a file system without fscrypt', '/dev/sda1 / xfs rw 0 0\n', encrypted, false],
	['ecryptfs', `${root}/home/.ecryptfs/alice/.Private /home/alice ecryptfs rw 0 0\n`, plain, 'ecryptfs'],
	['gocryptfs', `${root}/home/alice.vault /home/alice fuse.gocryptfs rw 0 0\n`, plain, 'gocryptfs'],
	['systemd-homed', `${root}/dev/mapper/home-alice /home/alice btrfs rw 0 0\n`, plain, 'systemd-homed'],
	["someone else's home", `${root}/dev/mapper/home-bob /home/bob btrfs rw 0 0\n`, plain, false],
])('what keeps a home locked until a login: %s', async (_, mounts, attributes, lock) => {
	expect(await readHomeLock(await machineWith(mounts, attributes))).toBe(lock);
});
