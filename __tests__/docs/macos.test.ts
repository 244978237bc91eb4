import {readFileSync} from 'node:fs';
import {describe, expect, test} from '@jest/globals';
import {domains, type Domain} from '../../src/platform/launchd/launchctl.ts';
import {
	agentPath,
	gui,
	label,
	launched,
	serviceAt,
	simulateMac,
	type MacSimulation,
} from '../support/simulated-mac.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {pictureOf} from '../support/picture-of.ts';

const page = readFileSync(new URL('../../docs/macos.md', import.meta.url), 'utf8');

/** The commands of a section, one a line: those of its own blocks, not of sections within it. */
const commandsUnder = (heading: string): readonly string[] => {
	const [, section] = page.split(new RegExp(`^#+ ${heading}$`, 'mu'));
	const [own = ''] = (section ?? '').split(/^#+ /mu);
	return [...own.matchAll(/^```sh\n(.*?)^```$/gmsu)].flatMap(([, block = '']) => block.trim().split('\n'));
};

const remove = async (machine: MacSimulation, [flag, ...paths]: readonly string[]): Promise<number> => {
	for (const path of paths)
		await (flag === '-rf' ? machine.deleteFolder(path, {withContents: true}) : machine.deleteFile(path));
	return 0;
};

const pause = async (machine: MacSimulation, seconds: string): Promise<number> => {
	await machine.sleep(Number(seconds) * 1000);
	return 0;
};

/** What a shell, `rm` and `sleep` do with a line that is typed; its exit status. */
const typeAt = async (machine: MacSimulation, line: string): Promise<number | undefined> => {
	const {uid, home} = machine.user;
	const [program = '', ...words] = line
		.replaceAll('$(id -u)', String(uid))
		.replaceAll(/(?<= )~(?=\/)/gu, home)
		.split(' ');
	if (program === 'rm') return remove(machine, words);
	if (program === 'sleep') return pause(machine, words[0] ?? '');
	const {exitCode} =
		program === 'sudo'
			? await machine.events.atTerminal([program, ...words])
			: await machine.run([program, ...words]);
	return exitCode;
};

const typeAll = async (machine: MacSimulation, lines: readonly string[]): Promise<readonly unknown[]> => {
	const statuses: unknown[] = [];
	for (const line of lines) statuses.push(await typeAt(machine, line));
	await machine.events.advance(60_000);
	return statuses;
};

/** What one Mac has and the other does not. */
const newPaths = (before: object, after: object): readonly string[] =>
	Object.keys(after).filter((path) => !(path in before));

const atTheEnd = commandsUnder('Settings and state');

/** Paths that a new account does not have, and any program may create. */
const commonFolders = [
	...[
		'/Users/alice/.config',
		'/Users/alice/.local',
		'/Users/alice/.local/share',
		'/Users/alice/.local/state',
	],
	'/Users/alice/Library/LaunchAgents',
];

describe('manual removal, as docs/macos.md describes it', () => {
	test.each(domains)('an installation in the domain %s leaves nothing', async (domain) => {
		const given = {mac: {sudo: 'free'}} as const;
		const before = await pictureOf(await simulateMac(given));
		const machine = await macSetUp(given, '--domain', domain);
		const own = commandsUnder(`In the domain ${domain}`);
		expect(await typeAll(machine, [...own, ...atTheEnd])).toEqual(Array(own.length + 3).fill(0));
		const after = await pictureOf(machine);
		expect(after.launchd).toEqual(before.launchd);
		expect(newPaths(before.files, after.files).filter((path) => !commonFolders.includes(path))).toEqual([]);
	});

	test('a service that was disabled is enabled again', async () => {
		const machine = await macSetUp();
		await typeAt(machine, `launchctl disable ${gui}`);
		expect((await pictureOf(machine)).launchd?.disabled).toEqual([`501/${label}`]);
		await typeAll(machine, commandsUnder('In the domain gui'));
		expect((await pictureOf(machine)).launchd?.disabled).toEqual([]);
	});
});

test('after a manual stop, as docs/macos.md describes it, Vira has written a checkpoint and stays stopped', async () => {
	const machine = await macSetUp();
	expect(await typeAll(machine, commandsUnder('Stop it by hand'))).toEqual([0, 0, 0]);
	expect(await launched(machine)).toEqual([]);
	expect(await machine.readFile('/Users/alice/Library/Logs/vira.log')).toContain('Creating checkpoint');
});

describe('a manual start, as docs/macos.md describes it', () => {
	const [kickstart = '', ...whole] = commandsUnder('Start it by hand');

	test('starts a Vira that exited', async () => {
		const machine = await macSetUp();
		await machine.events.procExit(gui, {how: 'exit', code: 0});
		expect((await serviceAt(machine))?.state).toBe('not running');
		expect(await typeAll(machine, [kickstart])).toEqual([0]);
		expect((await serviceAt(machine))?.state).toBe('running');
	});

	/** As the page says for the other two domains. */
	const said: Readonly<Record<Domain, (line: string) => string>> = {
		gui: (line) => line,
		user: (line) =>
			line.replace('gui/', 'user/').replace('~/Library/LaunchAgents', '~/.config/vira-setup/launchd'),
		system: (line) =>
			`sudo ${line.replace('gui/$(id -u)', 'system').replace('~/Library/LaunchAgents', '/Library/LaunchDaemons')}`,
	};

	test.each(domains)('starts one in %s that was unloaded and disabled', async (domain) => {
		const machine = await macSetUp({mac: {sudo: 'free'}}, '--domain', domain);
		const [target = ''] = (await launched(machine)).map((line) => line.split(' ')[0]);
		const sudo = domain === 'system' ? 'sudo ' : '';
		await typeAll(machine, [`${sudo}launchctl disable ${target}`, `${sudo}launchctl bootout ${target}`]);
		expect(await typeAll(machine, [said[domain](kickstart)])).toEqual([113]);
		expect(await typeAll(machine, whole.map(said[domain]))).toEqual([0, 0, 0]);
		expect((await serviceAt(machine, target))?.state).toBe('running');
	});

	test('starts one that macOS kills because its program was replaced', async () => {
		const path = '/usr/local/bin/vira';
		const vira = {path, version: '0.1.0', schema: 1, behaviour: 'well'} as const;
		const machine = await macSetUp({vira, mac: {version: '26.1'}});
		await machine.events.put(path, '#!/bin/sh\n# Another Vira.\n', 0o755);
		await typeAll(machine, ['launchctl kickstart -k gui/$(id -u)/org.vira.service']);
		expect((await serviceAt(machine))?.last).toMatchObject({reason: 'OS_REASON_CODESIGNING'});
		expect(await typeAll(machine, commandsUnder('After the program was replaced'))).toEqual([0, 0, 0]);
		expect((await serviceAt(machine))?.state).toBe('running');
	});

	test('does not use launchctl load, which exits with 0 and starts nothing', async () => {
		const machine = await macSetUp();
		await machine.events.procExit(gui, {how: 'exit', code: 0});
		expect(await typeAll(machine, [`launchctl load ${agentPath}`])).toEqual([0]);
		expect((await serviceAt(machine))?.state).toBe('not running');
	});
});
