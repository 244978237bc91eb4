import {describe, expect, test} from '@jest/globals';
import type {Profile} from '../../../src/simulator/macos/mac-state.ts';
import {
	agentPath,
	agentText,
	gui,
	label,
	macIn,
	macWithAgent,
	printed,
	typed,
} from '../../support/simulated-mac.ts';

const bootstrap = `launchctl bootstrap gui/501 ${agentPath}`;
const disable = `launchctl disable ${gui}`;
const bootout = `launchctl bootout ${gui}`;
const print = `launchctl print ${gui}`;
const hint = 'Try re-running the command as root for richer errors.';
const notFound = `Could not find service "${label}" in domain for user gui: 501`;

describe('where sources disagree, the setting that decided the result is recorded, and others have no effect', () => {
	test.each<readonly [Partial<Profile>, readonly string[], exit: number, text: string]>([
		[{alreadyLoaded: 5}, [bootstrap, bootstrap], 5, `Bootstrap failed: 5: Input/output error\n${hint}`],
		[{alreadyLoaded: 37}, [bootstrap, bootstrap], 37, 'Bootstrap failed: 37: Operation already in progress'],
		[{alreadyLoaded: 17}, [bootstrap, bootstrap], 17, 'Bootstrap failed: 17: File exists'],
		[{disabledNonroot: 5}, [disable, bootstrap], 5, `Bootstrap failed: 5: Input/output error\n${hint}`],
		[{disabledNonroot: 119}, [disable, bootstrap], 119, 'Bootstrap failed: 119: Service is disabled'],
		[{bootoutMissing: 3}, [bootout], 3, 'Boot-out failed: 3: No such process'],
		[{bootoutMissing: 113}, [bootout], 113, 'Boot-out failed: 113: Could not find specified service'],
		[{badRequestLine: false}, [print], 113, notFound],
		[{badRequestLine: true}, [print], 113, `Bad request.\n${notFound}`],
		[{}, [bootstrap, print.replace(gui, 'gui/501'), `launchctl kickstart ${gui}`, bootout], 0, ''],
	])('%j %j: %i', async (profile, lines, exit, text) => {
		const machine = await macWithAgent({mac: {profile}});
		const answers = [];
		for (const line of lines) answers.push(await typed(machine, line));
		expect(answers.at(-1)).toEqual([exit, text]);
		expect((await machine.events.mac()).consulted).toEqual(Object.keys(profile));
	});

	test.each<readonly [125 | 112, boolean, text: string, consulted: readonly string[]]>([
		[125, true, 'Could not print domain: 125: Domain does not support specified action', []],
		[112, false, 'Could not find domain for user gui: 501', ['badRequestLine']],
		[112, true, 'Bad request.\nCould not find domain for user gui: 501', ['badRequestLine']],
	])('a gui domain that does not exist: %i', async (domainAbsentCode, badRequestLine, text, more) => {
		const machine = await macWithAgent({mac: {profile: {domainAbsentCode, badRequestLine}}});
		await machine.events.guiLogout();
		expect(await typed(machine, 'launchctl print gui/501')).toEqual([domainAbsentCode, text]);
		// The record outlives the process.
		const {consulted} = await (await macIn(machine.folder)).events.mac();
		expect(consulted).toEqual(['domainAbsentCode', ...more]);
	});
});

describe('print-disabled, by version', () => {
	test.each([
		['12.7', '\n\tdisabled services = {\n\t\t"a" => true\n\t\t"b" => false\n\t}'],
		[
			'13.0',
			'\n\tdisabled services = {\n\t\t"a" => disabled\n\t\t"b" => enabled\n\t}\n\n\tlogin item associations = {\n\t}',
		],
	])('macOS %s', async (version, text) => {
		const machine = await macWithAgent({mac: {version}});
		await typed(machine, 'launchctl disable gui/501/a');
		await typed(machine, 'launchctl enable user/501/b');
		for (const domain of ['gui/501', 'user/501'])
			expect(await typed(machine, `launchctl print-disabled ${domain}`)).toEqual([0, text]);
		expect((await typed(machine, 'launchctl print-disabled system'))[1]).not.toContain('"a"');
	});
});

test.each([
	['user', 'refused', 5],
	['user', 'taken', 0],
	['gui', 'taken', 5],
] as const)(
	'a property list on another volume, in the domain %s: %s',
	async (domain, userDomainVolumes, exit) => {
		const machine = await macWithAgent({mac: {profile: {userDomainVolumes}}});
		const path = `/Volumes/Work/${label}.plist`;
		const keys = domain === 'user' ? {LimitLoadToSessionType: 'Background'} : {};
		await machine.events.put(path, agentText(keys));
		await machine.events.change({
			readOnly: (await machine.events.state()).readOnly.filter((one) => one !== '/Volumes'),
		});
		expect((await typed(machine, `launchctl bootstrap ${domain}/501 ${path}`))[0]).toBe(exit);
		expect((await machine.events.mac()).consulted).toEqual(domain === 'user' ? ['userDomainVolumes'] : []);
	},
);

test.each([
	['/Users/alice/Documents/vira', 'refused', 'not running', ['guardedFolders']],
	['/Users/alice/documents/vira', 'refused', 'not running', ['guardedFolders']],
	['/Volumes/Work', 'refused', 'not running', ['guardedFolders']],
	['/Users/alice/Documents/vira', 'open', 'running', ['guardedFolders']],
	['/Users/alice/DocumentsOfMine', 'refused', 'running', []],
] as const)('a working folder %s: %s, %s', async (folder, guardedFolders, state, consulted) => {
	const keys = {WorkingDirectory: folder, KeepAlive: false};
	const machine = await macWithAgent({mac: {profile: {guardedFolders}}}, keys);
	await machine.events.put(`${folder}/.keep`, '');
	await typed(machine, bootstrap);
	expect(await printed(machine, ['state'])).toBe(`state = ${state}`);
	expect((await machine.events.mac()).consulted).toEqual(consulted);
});
