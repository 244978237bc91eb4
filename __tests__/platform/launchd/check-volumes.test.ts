import {expect, test} from '@jest/globals';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import {macAdvice} from '../../../src/platform/launchd/advice.ts';
import {ownPair} from '../../support/certificates.ts';
import {simulateMac} from '../../support/simulated-mac.ts';
import {mac} from '../../support/mac.ts';
import {attempt, run} from '../../support/run-command.ts';
import {warned as asWarning} from '../../support/notices.ts';

interface MachineNotice {
	readonly code: string;
	readonly setting: string | null;
	readonly message: string;
}

const disk = {kind: 'apfs', network: false, temporary: false, freeBytes: 2 ** 40};
const ours = [
	'state-on-volume',
	'state-guarded',
	'place-on-volume',
	'place-guarded',
	'state-network',
	'home-on-volume',
];

/** What a dry run on a Mac reports about the paths. */
const warned = async (given: GivenMac, ...words: readonly string[]): Promise<readonly MachineNotice[]> => {
	const machine = await simulateMac({
		fileSystems: {'/Volumes/nas': {...disk, kind: 'smbfs', network: true}},
		readOnly: [],
		...given,
	});
	for (const folder of ['/Volumes/Work', '/Volumes/nas', '/Users/alice/Documents'])
		await machine.events.put(`${folder}/.keep`, '');
	await machine.events.put('/Volumes/Work/vira.pem', ownPair.certificate);
	await machine.events.put('/Users/alice/Documents/vira.key', ownPair.key);
	const {document} = await run(machine, '--dry-run', ...words);
	return (document['warnings'] as readonly MachineNotice[]).filter(({code}) => ours.includes(code));
};

test.each<readonly [stateDir: string, codes: readonly string[]]>([
	['~/.local/share/vira/state', []],
	['/Users/alice/DocumentsOfMine/vira', []],
	['/Volumes/Work/vira', ['state-on-volume']],
	['~/work/vira', ['state-on-volume']],
	['/Volumes/Macintosh HD/Users/alice/vira', []],
	['/Volumes/nas/vira', ['state-network']],
	['~/Documents/vira', ['state-guarded']],
	['~/documents/vira', ['state-guarded']],
	['~/Desktop', ['state-guarded']],
	['~/Downloads/a/b', ['state-guarded']],
	['~/Library/Mobile Documents/com~apple~CloudDocs/vira', ['state-guarded']],
	['~/Library/CloudStorage/Dropbox/vira', ['state-guarded']],
	['~/papers/vira', ['state-guarded']],
])('a state folder in %s: %j', async (stateDir, codes) => {
	const links = {
		'/Users/alice/work': '/Volumes/Work',
		'/Users/alice/papers': '/Users/alice/Documents',
		'/Volumes/Macintosh HD': '/',
	};
	expect((await warned({links}, '--state-dir', stateDir)).map(({code}) => code)).toEqual(codes);
});

const guardedProgram = {
	path: '/Users/alice/Downloads/vira',
	version: '0.1.0',
	schema: 1,
	behaviour: 'well',
} as const;

test.each<readonly [what: string, words: readonly string[], given: GivenMac, warned: readonly string[]]>([
	[
		'a program in Downloads',
		['--package', '~/Downloads/vira'],
		{vira: guardedProgram},
		['place-guarded package'],
	],
	[
		'a program behind a link into Downloads',
		['--package', '/Users/alice/tools'],
		{vira: guardedProgram, links: {'/Users/alice/tools/bin/vira': guardedProgram.path}},
		['place-guarded package'],
	],
	[
		'an extra package on the desktop',
		['--extra-package', '~/Desktop/tools'],
		{},
		['place-guarded extraPackages'],
	],
	['one from Nix', ['--extra-package', 'nixpkgs#openssh'], {}, []],
	[
		'an extra package on a volume',
		['--extra-package', '/Volumes/Work/tools'],
		{},
		['place-on-volume extraPackages'],
	],
	[
		'an extra package on another machine',
		['--extra-package', '/Volumes/nas/tools'],
		{},
		['place-on-volume extraPackages'],
	],
	[
		'a repository in Documents',
		['--repository', 'a=/Users/alice/Documents/a'],
		{},
		['place-guarded initialState.repositories'],
	],
	['a repository in another folder', ['--repository', 'a=https://x/Documents/a'], {}, []],
	[
		'a certificate on a volume, its key in Documents',
		['--tls-cert', '/Volumes/Work/vira.pem', '--tls-key', '~/Documents/vira.key'],
		{},
		['place-on-volume tlsCert', 'place-guarded tlsKey'],
	],
	[
		'a certificate that is kept for later, without HTTPS',
		['--no-https', '--tls-cert', '/Volumes/Work/vira.pem', '--tls-key', '~/Documents/vira.key'],
		{},
		[],
	],
])('%s', async (_, words, given, codes) => {
	const found = await warned(given, ...words);
	expect(found.map(({code, setting}) => `${code} ${setting}`)).toEqual(codes);
});

test('the warning for a program in a guarded folder', async () => {
	expect(await warned({vira: guardedProgram}, '--package', guardedProgram.path)).toEqual([
		asWarning({
			code: 'place-guarded',
			setting: 'package',
			message:
				'/Users/alice/Downloads/vira is in Downloads: macOS asks before a program can access it, and refuses background services without asking ("Operation not permitted").',
			fixes: ['Move it elsewhere in your home folder, such as ~/.local or ~/.config.'],
		}),
	]);
});

test('the warning says what follows from the path', async () => {
	const [volume] = await warned({}, '--state-dir', '/Volumes/Work/vira');
	expect(volume?.message).toBe(
		'/Volumes/Work/vira is on the volume Work, not on the startup disk: macOS may block background services from it, and Vira does not start while it is not mounted.',
	);
	const [guarded] = await warned({}, '--state-dir', '~/Documents/vira');
	expect(guarded?.message).toBe(
		'/Users/alice/Documents/vira is in Documents: macOS asks before a program can access it, and refuses background services without asking ("Operation not permitted").',
	);
});

test('a home folder on an external volume causes one warning, whatever is in it', async () => {
	const user = {name: 'alice', uid: 501, home: '/Volumes/Work/alice', sudoFrom: undefined};
	const vira = {path: '/usr/local/bin/vira', version: '0.1.0', schema: 1, behaviour: 'well'} as const;
	expect(await warned({user, vira})).toEqual([
		asWarning({
			code: 'home-on-volume',
			fixes: ['Use an account whose home folder is on the startup disk.'],
			message:
				'The home folder of alice is on the volume Work, not on the startup disk. launchd refuses agents there or cannot open their log (status 78), and may look for them before the volume is mounted: Vira may not start.',
		}),
	]);
});

test.each([
	[{name: 'Work', network: false}, 'on the volume Work, not on the startup disk.'],
	[{name: 'nfs', network: true}, 'on another machine (nfs).'],
])('the first screen warns of a home folder on %j', (homeVolume, place) => {
	const found = macAdvice(mac({mac: {homeVolume}})).find(({code}) => code === 'home-on-volume');
	expect(found).toMatchObject({
		level: 'warning',
		message: `The home folder of alice is ${place}`,
		fixes: [{say: 'Use an account whose home folder is on the startup disk.'}],
	});
});

test('a Vira whose key is in a guarded folder does not start, as the warning said', async () => {
	const machine = await simulateMac();
	await machine.events.put('/Users/alice/vira.pem', ownPair.certificate);
	await machine.events.put('/Users/alice/Documents/vira.key', ownPair.key);
	const {code, document} = await attempt(
		machine,
		...['--tls-cert', '/Users/alice/vira.pem', '--tls-key', '/Users/alice/Documents/vira.key'],
	);
	expect([code, document.outcome]).toEqual([6, 'failed']);
	expect(JSON.stringify(document['error'])).toContain('Operation not permitted');
});

test('a certificate that macOS hides from Vira is the reported cause when it does not start', async () => {
	const machine = await simulateMac();
	await machine.events.put('/Users/alice/Documents/vira.pem', ownPair.certificate);
	await machine.events.put('/Users/alice/Documents/vira.key', ownPair.key);
	const pair = ['--tls-cert', '~/Documents/vira.pem', '--tls-key', '~/Documents/vira.key'];
	const {document} = await run(machine, '--non-interactive', ...pair);
	expect(document['error']).toMatchObject({
		message: expect.stringContaining('Vira cannot read /Users/alice/Documents/vira.pem: permission denied'),
	});
});
