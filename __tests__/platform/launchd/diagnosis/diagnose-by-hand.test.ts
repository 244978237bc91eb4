import {expect, test} from '@jest/globals';
import type {GivenMac} from '../../../../src/simulator/macos/fresh-mac.ts';
import type {Diagnosis} from '../../../../src/platform/launchd/diagnosis/diagnosis.ts';
import {diagnosisOf, remove, type, unstartable, type Incident} from '../../../support/mac-incidents.ts';
import {
	agentText,
	gui,
	label,
	logPath,
	serviceAt,
	simulateMac,
	typed,
} from '../../../support/simulated-mac.ts';
import {ended, macSetUp} from '../../../support/mac-setup.ts';
import {startVira} from '../../../../src/platform/service-manager/service-words.ts';

const plainVira = {
	vira: {path: '/Users/alice/.local/bin/vira', version: '0.1.0', schema: 1, behaviour: 'well'},
} as const satisfies GivenMac;

const offByHand: Incident = ({events}) => events.toggleLoginItem(label, 'off');
const offThoughOn: Incident = async (machine) => {
	await offByHand(machine);
	await type(`enable ${gui}`)(machine);
};
const items = 'turn it on in System Settings > General > Login Items';

test.each<readonly [string, Incident, Diagnosis['code']]>([
	['turned off in Login Items', offByHand, 'switched-off'],
	['enabled by a command, and still turned off in Login Items', offThoughOn, 'not-loaded'],
])('%s: the message says where the switch is; only that starts it again', async (_, happen, code) => {
	for (const [version, where] of [
		['12.7.6', undefined],
		['14.2', `${items}, where it may be listed as "sh" or "vira".`],
		['15.6.1', `${items} & Extensions, where it may be listed as "sh" or "vira".`],
	] as const) {
		const machine = await macSetUp({mac: {version}});
		await happen(machine);
		await machine.sleep(3000);
		const found = await diagnosisOf(machine);
		expect(found).toMatchObject({code, fixedBy: 'us'});
		expect(found?.fixes[0]).toBe(startVira);
		expect(found?.fixes[1]?.say.replace(/^If [^,]*, /u, '')).toBe(where);
		expect((await ended(machine)).slice(0, 2)).toEqual([5, 'failed']);
		await machine.events.toggleLoginItem(label, 'on');
		expect((await ended(machine)).slice(0, 2)).toEqual([0, 'updated']);
		expect(await diagnosisOf(machine)).toBeUndefined();
	}
});

test.each<readonly [string, GivenMac, string]>([
	['that a shell waits for the Nix store with', {}, '/Users/alice/.nix-profile/bin/vira'],
	['of its own', plainVira, '/Users/alice/.local/bin/vira'],
])('a program %s that does not exist is named, and another is chosen', async (_, given, path) => {
	const machine = await macSetUp(given);
	const {readOnly} = await machine.events.state();
	await unstartable(async ({events}) => {
		await events.change({readOnly: []});
		await machine.deleteFile((await machine.inspect(path))?.realPath ?? '');
		await events.change({readOnly});
	})(machine);
	expect(await diagnosisOf(machine)).toMatchObject({
		code: 'program-unusable',
		message: expect.stringContaining(`${path} does not exist`),
		fixes: [{say: 'uses another Vira', command: 'vira-setup --package PATH'}],
	});
});

test('a log that belongs to another account is named with the command that changes its owner', async () => {
	const machine = await macSetUp();
	const {readOnly} = await machine.events.state();
	await unstartable(({events}) => events.change({readOnly: [...readOnly, logPath]}))(machine);
	expect((await serviceAt(machine))?.last).toEqual({how: 'exit', code: 78});
	expect(await diagnosisOf(machine)).toMatchObject({
		code: 'log-unusable',
		fixes: [{say: 'Make it yours:', command: `sudo chown alice ${logPath} && vira-setup start`}],
		fixedBy: 'person',
	});
	await machine.events.change({readOnly});
	expect(await ended(machine)).toEqual([0, 'updated', '']);
});

test('a log on an external volume is reported as such', async () => {
	const machine = await macSetUp();
	const {links} = await machine.events.state();
	await unstartable(async ({events}) => {
		await events.put('/Volumes/Work/Logs/.keep', '');
		await remove('/Users/alice/Library/Logs')(machine);
		await events.change({links: {...links, '/Users/alice/Library/Logs': '/Volumes/Work/Logs'}});
	})(machine);
	expect(await diagnosisOf(machine)).toMatchObject({
		code: 'log-unusable',
		detail: 'It is not on the startup disk, and launchd opens no log elsewhere.',
	});
});

test.each<readonly [what: string, place: string, words: readonly string[], links: GivenMac, found: object]>([
	[
		'a program',
		'/Users/alice/Downloads',
		['--package', '/Users/alice/Downloads/vira'],
		{vira: {...plainVira.vira, path: '/Users/alice/Downloads/vira'}},
		{
			code: 'program-unusable',
			message: expect.stringContaining('/Users/alice/Downloads/vira cannot be executed'),
			fixes: [{say: expect.stringContaining('vira-setup --package')}],
		},
	],
	[
		'a state folder',
		'/Users/alice/Documents',
		['--state-dir', '~/Documents/vira'],
		plainVira,
		{
			code: 'folder-unusable',
			message: expect.stringContaining('/Users/alice/Documents/vira cannot be used'),
			fixes: [{say: expect.stringContaining('another --state-dir')}],
		},
	],
	[
		'a log',
		'/Users/alice/Documents',
		[],
		{...plainVira, links: {'/Users/alice/Library/Logs': '/Users/alice/Documents'}},
		{
			code: 'log-unusable',
			fixes: [
				{
					say: 'Replace the link /Users/alice/Library/Logs with a folder, then run:',
					command: 'vira-setup start',
				},
			],
		},
	],
])('%s in a folder that macOS guards is named as such', async (_, place, words, given, found) => {
	const machine = await simulateMac({...given, mac: {profile: {guardedFolders: 'open'}}});
	await machine.events.put(`${place}/.keep`, '');
	expect((await ended(machine, ...words)).slice(0, 2)).toEqual([0, 'installed']);
	await unstartable(({events}) => events.profile({guardedFolders: 'refused'}))(machine);
	expect(await diagnosisOf(machine)).toMatchObject({
		...found,
		detail: expect.stringContaining('macOS blocks background services from Desktop'),
		fixedBy: 'person',
	});
});

test('a folder on a volume that is not mounted is reported with the volume', async () => {
	const volume = {'/Volumes/Work': '/private/work'};
	const machine = await simulateMac({readOnly: [], links: volume});
	await machine.events.put('/private/work/.keep', '');
	expect((await ended(machine, '--state-dir', '/Volumes/Work/vira')).slice(0, 2)).toEqual([0, 'installed']);
	const {links} = await machine.events.state();
	const others = Object.fromEntries(Object.entries(links).filter(([path]) => path !== '/Volumes/Work'));
	await unstartable(({events}) => events.change({links: others}))(machine);
	expect(await diagnosisOf(machine)).toMatchObject({
		code: 'folder-unusable',
		message: 'Vira cannot start: its state folder /Volumes/Work/vira does not exist.',
		fixes: [{say: 'Connect the volume Work, then run:', command: 'vira-setup start'}],
		fixedBy: 'person',
	});
});

test('an agent on an external volume is refused by launchd, and reported as such', async () => {
	const user = {name: 'alice', uid: 501, home: '/Volumes/Work/alice', sudoFrom: undefined};
	const machine = await simulateMac({...plainVira, user});
	const path = `${user.home}/Library/LaunchAgents/${label}.plist`;
	await machine.events.put(path, agentText());
	expect(await typed(machine, `launchctl bootstrap gui/501 ${path}`)).toEqual([
		5,
		expect.stringContaining('Bootstrap failed: 5: Input/output error'),
	]);
	expect(await diagnosisOf(machine)).toMatchObject({
		code: 'file-on-volume',
		message: 'launchd has not loaded the service: its file is on the volume Work.',
	});
});
