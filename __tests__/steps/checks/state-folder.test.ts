import {expect, test} from '@jest/globals';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import type {FileSystem} from '../../../src/platform/system.ts';
import {ownPair} from '../../support/certificates.ts';
import {putBytes} from '../../support/in-folder.ts';
import {put} from '../../support/installed.ts';
import {simulate} from '../../support/simulated-linux.ts';
import {printedRefusal, refusedWith, run} from '../../support/run-command.ts';
import {warned} from '../../support/notices.ts';

const disk: FileSystem = {kind: 'ext4', network: false, temporary: false, freeBytes: 2 ** 40};
const mebi = 2 ** 20;
const fileSystems: Record<string, FileSystem> = {
	'/mnt/full': {...disk, freeBytes: 63.9 * mebi},
	'/mnt/small': {...disk, freeBytes: 64 * mebi},
	'/mnt/memory': {...disk, kind: 'tmpfs', temporary: true},
	'/mnt/nfs': {...disk, kind: 'nfs', network: true, freeBytes: 100 * mebi},
	'/mnt/unknown': {...disk, kind: 'unknown'},
	'/mnt/fuse': {...disk, kind: 'fuse', freeBytes: Infinity},
};

/** alice's machine with a folder for each file system, folders of root's, and links. */
const machine = async (state: Partial<MachineState> = {}) => {
	const made = await simulate({
		fileSystems,
		readOnly: ['/', '/srv', '/home/alice/theirs'],
		unreadable: ['/root'],
		links: {
			'/home/alice/itself': '/home/alice',
			'/home/alice/short': '/tmp/short',
			'/home/alice/lost': '/gone',
			'/srv/mine': '/home/alice',
		},
		...state,
	});
	const files = [...Object.keys(fileSystems), '/srv', '/root', '/home/alice/theirs', '/tmp/short'];
	for (const folder of files) await put(made, `${folder}/a file`, '');
	await made.makeFolder('/srv/empty', 0o755);
	await made.makeFolder('/home/alice/shut', 0o555);
	return made;
};

const elsewhere = 'Use a folder such as ~/.local/share/vira/state.';
const make = (path: string): string =>
	`Use a folder that you own, or create this one: sudo install -d -o alice -m 0700 ${path}`;
const ownTmp =
	'The service has a private /tmp, which systemd deletes when the service stops: the state would be lost. Use another folder, or set PrivateTmp=no in the systemd settings.';

test.each([
	[
		'/',
		`This is the root of the file system: Vira would create its database and folders directly in it. ${elsewhere}`,
	],
	['~', `This is your home folder: Vira would create its database and folders directly in it. ${elsewhere}`],
	[
		'~/../alice/',
		`This is your home folder: Vira would create its database and folders directly in it. ${elsewhere}`,
	],
	[
		'~/itself',
		`This is your home folder: Vira would create its database and folders directly in it. ${elsewhere}`,
	],
	[
		'~/.config',
		`It contains /home/alice/.config/vira-setup, where vira-setup keeps its own files. ${elsewhere}`,
	],
	[
		'~/.local/state/',
		`It contains /home/alice/.local/state/vira-setup, where vira-setup keeps its own files. ${elsewhere}`,
	],
	['/nix/store/state', `Only Nix can write to the Nix store. ${elsewhere}`],
	['/srv/vira/state', `Cannot write to /srv: permission denied (owned by root). ${make('/srv/vira/state')}`],
	[
		"/srv/it's",
		`Cannot write to /srv: permission denied (owned by root). ${make(String.raw`'/srv/it'\''s'`)}`,
	],
	[
		'/srv/empty',
		'Cannot write to /srv/empty: permission denied (owned by root). Use another folder, or create your own inside it: sudo install -d -o alice -m 0700 /srv/empty/vira',
	],
	['~/theirs', 'Cannot write to /home/alice/theirs: permission denied (owned by root). Use another folder.'],
	['/root/state', 'Cannot read /root: permission denied (owned by root). Use another folder.'],
	['~/a file/state', '/home/alice/a file exists and is not a folder. Use another folder.'],
	['~/lost/state', '/home/alice/lost is a broken link. Use another folder.'],
	[
		'/mnt/full/state',
		'Only 63 MiB is free there, which is not enough for Vira to start. Free at least 64 MiB, or use a folder on another disk.',
	],
])('%s is refused, and nothing changes', async (path, message) => {
	const alices = await machine();
	putBytes(alices, '/home/alice/a file', {content: ''});
	expect(await refusedWith(alices, '--state-dir', path)).toEqual({
		status: 2,
		said: [`--state-dir: ${message}`],
		changed: false,
	});
});

const privateTmp = ['--service-config', 'PrivateTmp=yes'] as const;

test.each(['/tmp/state', '/var/tmp', '~/short/state'])(
	'with a private /tmp, %s is refused, and nothing changes',
	async (path) => {
		const alices = await machine();
		putBytes(alices, '/var/tmp/a file', {content: ''});
		expect(await refusedWith(alices, '--state-dir', path, ...privateTmp)).toEqual({
			status: 2,
			said: [`--state-dir: ${ownTmp}`],
			changed: false,
		});
	},
);

test("for the user's own closed folder, the advice is to open it", async () => {
	const alices = await machine();
	const shut: typeof alices = {
		...alices,
		inspect: async (path) => {
			const found = await alices.inspect(path);
			// Root, who may run the tests, can write in it all the same.
			return found && {...found, writable: found.writable && (found.mode & 0o200) !== 0};
		},
	};
	expect((await refusedWith(shut, '--state-dir', '~/shut')).said).toEqual([
		'--state-dir: Cannot write to /home/alice/shut: permission denied (mode 0555). Use another folder, or allow writing: chmod u+w /home/alice/shut',
	]);
});

test("the folder of Vira's program cannot hold its state", async () => {
	const alices = await machine({
		vira: {path: '/home/alice/vira/bin/vira', version: '0.1.0.0', schema: 8, behaviour: 'well'},
	});
	const words = ['--package', '~/vira', '--state-dir', '~/vira/state'];
	expect((await refusedWith(alices, ...words)).said).toEqual([
		`--state-dir: This is inside the folder of Vira's program, which an update replaces. ${elsewhere}`,
	]);
});

const lies = (path: string, rest: string) => ({setting: 'stateDir', message: `${path} is ${rest}`});

test.each([
	['~/state', []],
	[
		'/mnt/small/state',
		[
			warned({
				code: 'state-little-room',
				setting: 'stateDir',
				message: 'Only 64 MiB is free for /mnt/small/state: a few builds and their logs can fill it.',
				fixes: ['Free some space, keep finished jobs for fewer days, or use a folder on another disk.'],
			}),
		],
	],
	[
		'/mnt/memory/',
		[
			warned({
				code: 'state-temporary',
				...lies(
					'/mnt/memory',
					'in memory (tmpfs): it is lost at reboot, with every repository and job in it.',
				),
				fixes: ['Use a folder on a local disk.'],
			}),
		],
	],
	...['/tmp/state', '/var/tmp/vira', '/home/alice/short/state'].map((path): [string, unknown[]] => [
		path,
		[
			warned({
				code: 'state-temporary',
				...lies(
					path,
					'in a folder for temporary files: the system deletes old files there, so repositories and jobs are lost.',
				),
				fixes: [elsewhere],
			}),
		],
	]),
	[
		'/mnt/nfs/state',
		[
			warned({
				code: 'state-network',
				...lies(
					'/mnt/nfs/state',
					'on another machine (nfs): file locks may not work, and a lost connection can damage the database.',
				),
				fixes: ['Use a folder on a local disk.'],
			}),
			expect.objectContaining({code: 'state-little-room'}),
		],
	],
	[
		'/mnt/fuse',
		[
			warned({
				code: 'state-fuse',
				...lies(
					'/mnt/fuse',
					'on a file system that a program provides (FUSE): Vira cannot start before that program runs, and file locks may not work.',
				),
				fixes: ['Use a folder on a local disk.'],
			}),
		],
	],
	[
		'/mnt/unknown',
		[
			warned({
				code: 'state-place-unknown',
				setting: 'stateDir',
				message: 'Could not determine the file system of /mnt/unknown: /sbin/mount did not respond.',
				fixes: ['Check that it is on a disk of this Mac: /sbin/mount lists the disks.'],
			}),
		],
	],
])('%s is accepted, with its consequences', async (path, warnings) => {
	const {code, document} = await run(await machine(), '--state-dir', path, '--no-linger');
	expect([code, document['warnings']]).toEqual([
		0,
		[...warnings, expect.objectContaining({code: 'not-at-boot'})],
	]);
});

test('a full disk does not block changing the Vira that filled it', async () => {
	const alices = await machine();
	await put(alices, '/mnt/full/ViraState/checkpoint', '');
	await put(alices, '/mnt/full/schema-version', '8');
	const {code, document} = await run(
		alices,
		'--dry-run',
		'--state-dir',
		'/mnt/full',
		'--job-retention-days',
		'1',
	);
	expect([code, document['warnings']]).toMatchObject([0, [{code: 'state-little-room'}]]);
});

test.each(['no', 'False', '0', 'off', 'f', 'N'])(
	'with PrivateTmp=%s /tmp is the same for Vira as for alice',
	async (word) => {
		const words = ['--state-dir', '/tmp/state', '--service-config', `PrivateTmp=${word}`];
		expect(await refusedWith(await machine(), ...words)).toMatchObject({status: 0});
	},
);

test.each(['yes', 'true', 'disconnected', ''])('with PrivateTmp=%s it is not', async (word) => {
	const words = ['--state-dir', '/tmp/state', '--service-config', `PrivateTmp=${word}`];
	expect(await refusedWith(await machine(), ...words)).toMatchObject({
		status: 2,
		// Not every systemd knows each of these words; those print another warning.
		said: expect.arrayContaining([`--state-dir: ${ownTmp}`]),
	});
});

test('with a private /tmp, every file below it that the service needs is reported', async () => {
	const alices = await machine({
		vira: {path: '/tmp/bin/vira', version: '0.1.0.0', schema: 8, behaviour: 'well'},
	});
	putBytes(alices, '/tmp/c.pem', {content: ownPair.certificate});
	putBytes(alices, '/tmp/k.pem', {content: ownPair.key});
	const words = [
		'--tls-cert',
		'/tmp/c.pem',
		'--tls-key',
		'/tmp/k.pem',
		'--extra-package',
		'/opt',
		'--extra-package',
		'/tmp',
	];
	expect(await refusedWith(alices, ...words)).toMatchObject({status: 0});
	const unseen = (path: string): string =>
		`The service has a private /tmp and would not find ${path}. Use another folder, or set PrivateTmp=no in the systemd settings.`;
	expect((await refusedWith(alices, ...words, '--package', '/tmp', ...privateTmp)).said).toEqual([
		`--tls-cert: ${unseen('/tmp/c.pem')}`,
		`--tls-key: ${unseen('/tmp/k.pem')}`,
		`--package: ${unseen('/tmp')}`,
		`--extra-package: ${unseen('/tmp')}`,
	]);
});

test('a certificate below /tmp is kept for later without HTTPS', async () => {
	const words = ['--tls-cert', '/tmp/c.pem', '--tls-key', '/tmp/k.pem', '--no-https', ...privateTmp];
	expect(await refusedWith(await machine(), ...words)).toMatchObject({status: 0});
});

test.each([
	[
		{readOnly: ['/home/alice/.config']},
		{
			exit: 4,
			message: 'Cannot write to /home/alice/.config: permission denied (owned by root).',
			detail:
				'vira-setup keeps its files in /home/alice/.config/vira-setup, /home/alice/.config/systemd/user.',
			fixes: ['sudo chown alice /home/alice/.config'],
		},
	],
	[
		{environment: {XDG_STATE_HOME: '/srv/alice'}, readOnly: ['/srv']},
		{
			exit: 4,
			message: 'Cannot write to /srv: permission denied (owned by root).',
			fixes: ['Unset XDG_STATE_HOME, or set it to a folder that you own.'],
		},
	],
	[
		{environment: {XDG_CONFIG_HOME: '/home/alice/../../srv/'}, readOnly: ['/srv']},
		{
			exit: 4,
			message: 'Cannot write to /srv: permission denied (owned by root).',
			fixes: ['Unset XDG_CONFIG_HOME, or set it to a folder that you own.'],
		},
	],
	[
		{user: {name: 'daemon', uid: 1, home: '/usr/sbin', sudoFrom: undefined}, readOnly: ['/usr']},
		{
			exit: 4,
			fixes: ['Use an account that has its own home folder.'],
		},
	],
	[
		{links: {'/home/alice/.config': '/srv'}, readOnly: ['/srv']},
		{
			exit: 4,
			message: '/home/alice/.config is a link to /srv, which belongs to another user.',
			fixes: ['rm /home/alice/.config'],
		},
	],
	[
		{environment: {XDG_STATE_HOME: '/etc/os-release'}},
		{
			exit: 3,
			message: '/etc/os-release exists and is not a folder.',
			fixes: ['Unset XDG_STATE_HOME, or set it to a folder that you own.'],
		},
	],
])('folders of our own, %j', async (state, failure) => {
	const alices = await simulate(state);
	await put(alices, '/home/alice/.config/a file', '');
	await put(alices, '/srv/a file', '');
	expect(await printedRefusal(alices)).toMatchObject(failure);
	expect(await refusedWith(alices)).toMatchObject({changed: false});
});

test('for a home that belongs to root or does not exist, the advice gives only the home to the user', async () => {
	const roots = await simulate({readOnly: ['/home/alice'], nix: undefined, vira: undefined});
	expect(await printedRefusal(roots)).toMatchObject({
		exit: 4,
		message: 'Cannot write to /home/alice: permission denied (owned by root).',
		fixes: ['sudo chown alice /home/alice'],
	});
	const homeless = await simulate({vira: undefined});
	await homeless.deleteFolder('/home/alice', {withContents: true});
	await homeless.events.change({links: {}, readOnly: ['/home']});
	expect(await printedRefusal(homeless)).toMatchObject({
		fixes: ['sudo install -d -o alice -m 0700 /home/alice'],
	});
});
