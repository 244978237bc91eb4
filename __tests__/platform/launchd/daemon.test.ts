import {describe, expect, test} from '@jest/globals';
import {macPresets} from '../../support/mac-presets.ts';
import type {GivenMac} from '../../../src/simulator/macos/fresh-mac.ts';
import {
	agentPath,
	agentText,
	daemon,
	daemonPath,
	gui,
	label,
	launched,
	macWithPerson,
	serviceAt,
	simulateMac,
	typed,
} from '../../support/simulated-mac.ts';
import {ended, macSetUp} from '../../support/mac-setup.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {refusal, refusedWith, run} from '../../support/run-command.ts';
import {proposeOn} from '../../support/settle.ts';

const headless = (mac: GivenMac['mac'] = {}): GivenMac => ({
	mac: {...macPresets.headless.mac, fileVault: false, sudo: 'free', ...mac},
});
const asDaemon = ['--domain', 'system'];
const running = `${daemon} running 1 ${daemonPath}`;

describe('on a Mac without a desktop session', () => {
	test('it runs immediately as the user, and after every reboot', async () => {
		const machine = await simulateMac(headless());
		const {code, document} = await run(machine, ...asDaemon);
		expect([code, document]).toMatchObject([
			0,
			{outcome: 'installed', healthy: true, startsAtBoot: true, survivesLogout: true},
		]);
		expect(await launched(machine)).toEqual([running]);
		expect(await serviceAt(machine, daemon)).toMatchObject({
			job: {userName: 'alice', environment: {HOME: '/Users/alice', USER: 'alice', LOGNAME: 'alice'}},
		});
		await machine.events.boot();
		expect(await launched(machine)).toEqual([running]);
		expect(await ended(machine)).toEqual([0, 'unchanged', '']);
	});

	test('its file belongs to root, and the temporary copy was deleted', async () => {
		const machine = await macSetUp(headless(), ...asDaemon);
		expect(await machine.inspect(daemonPath)).toMatchObject({owner: 0, mode: 0o644, writable: false});
		expect(await machine.list('/Users/alice/.local/state/vira-setup')).toEqual(['receipt.json']);
		expect(await machine.inspect(agentPath)).toBeUndefined();
	});

	test('with FileVault it does not start at boot, and a warning says what it waits for', async () => {
		const {document} = await run(await simulateMac(headless({fileVault: true})), ...asDaemon);
		expect(document).toMatchObject({startsAtBoot: false, survivesLogout: true});
		expect(document['warnings']).toMatchObject([
			{code: 'locked-at-boot'},
			{code: 'no-keychain'},
			{code: 'background-item'},
		]);
	});
});

describe('root', () => {
	test('the preview shows every command of root, the password prompt first', async () => {
		const {preview} = await proposeOn(await simulateMac(headless()), {domain: 'system'});
		const staged = '/Users/alice/.local/state/vira-setup/staged';
		expect(preview.commands.map(({command}) => command.join(' '))).toEqual([
			'sudo /usr/bin/true',
			`sudo /usr/bin/install -m 0644 -o root -g wheel ${staged} ${daemonPath}`,
			`sudo /bin/launchctl enable ${daemon}`,
			`sudo /bin/launchctl bootstrap system ${daemonPath}`,
			`sudo /bin/launchctl kickstart ${daemon}`,
		]);
	});

	test('the user is asked for the password once', async () => {
		const {machine, asked} = await macWithPerson(headless({sudo: 'password'}));
		expect(await ended(machine, ...asDaemon)).toEqual([0, 'installed', '']);
		expect(asked).toEqual([['sudo', '/usr/bin/true']]);
	});

	test('for a domain that needs no root, there is no password prompt', async () => {
		const {machine, asked} = await macWithPerson(headless({sudo: 'password'}));
		expect(await ended(machine, '--domain', 'user')).toEqual([0, 'installed', '']);
		expect(asked).toEqual([]);
	});

	test('a user who cannot become root gets the reason, and nothing changes', async () => {
		const {machine} = await macWithPerson(headless({sudo: 'refused'}));
		const before = await pictureOf(machine);
		const [code, outcome, message] = await ended(machine, ...asDaemon);
		expect([code, outcome]).toEqual([4, 'failed']);
		expect(message).toContain('alice is not in the sudoers file');
		expect(await pictureOf(machine)).toEqual(before);
	});

	test('a script gets no prompt: the message says what to run first, and nothing changes', async () => {
		const machine = await simulateMac(headless({sudo: 'password'}));
		const before = await pictureOf(machine);
		const {code, document} = await run(machine, ...asDaemon);
		expect([code, document['error']]).toMatchObject([
			4,
			{
				message: expect.stringContaining('sudo did not allow it'),
				fixes: expect.arrayContaining([{say: expect.stringContaining('sudo -v')}]),
			},
		]);
		expect(await pictureOf(machine)).toEqual(before);
		await machine.events.atTerminal(['sudo', '-v']);
		expect((await ended(machine, ...asDaemon))[1]).toBe('installed');
	});
});

describe('from one domain to another', () => {
	test.each([
		['gui', 'system', running],
		['user', 'system', running],
		['system', 'gui', `${gui} running 1 ${agentPath}`],
	])('from %s to %s one instance and one file remain', async (from, to, expected) => {
		const machine = await macSetUp({mac: {sudo: 'free'}}, '--domain', from);
		expect(await ended(machine, '--domain', to)).toEqual([0, 'updated', '']);
		expect(await launched(machine)).toEqual([expected]);
		const there = await Promise.all([agentPath, daemonPath].map((path) => machine.inspect(path)));
		expect(there.map((one) => one !== undefined)).toEqual([to === 'gui', to === 'system']);
	});

	test('a second one that was loaded in the desktop session is unloaded', async () => {
		const machine = await macSetUp({mac: {sudo: 'free'}}, ...asDaemon);
		await machine.events.put(agentPath, agentText());
		await typed(machine, `launchctl bootstrap gui/501 ${agentPath}`);
		expect(await launched(machine)).toHaveLength(2);
		expect((await ended(machine, '--overwrite')).slice(0, 2)).toEqual([0, 'updated']);
		expect(await launched(machine)).toEqual([running]);
	});
});

test('a daemon that root disabled is enabled', async () => {
	const machine = await simulateMac(headless());
	await typed(machine, `sudo launchctl disable ${daemon}`);
	expect(await ended(machine, ...asDaemon)).toEqual([0, 'installed', '']);
	expect(await launched(machine)).toEqual([running]);
});

test('a change of a running daemon starts a new process with the new file', async () => {
	const machine = await macSetUp(headless(), ...asDaemon);
	expect(await ended(machine, '--port', '8443')).toEqual([0, 'updated', '']);
	expect((await serviceAt(machine, daemon))?.job.words).toContain('8443');
});

test('a daemon that was changed by hand is only replaced after consent', async () => {
	const machine = await macSetUp(headless(), ...asDaemon);
	await machine.events.put(daemonPath, agentText({UserName: 'alice'}));
	expect(await refusal(machine)).toMatchObject({
		exit: 3,
		message: `${daemonPath} was changed by hand or was not created by vira-setup. It would be replaced.`,
	});
	expect((await ended(machine, '--overwrite'))[1]).toBe('updated');
});

test.each([undefined, 'bob'])('a daemon that runs as %s belongs to another program', async (UserName) => {
	const machine = await simulateMac(headless());
	await machine.events.put(daemonPath, agentText({UserName}));
	expect(await refusal(machine, ...asDaemon)).toMatchObject({
		exit: 3,
		message: `A service named ${label} is managed by the system, as a daemon.`,
	});
});

test('a variable that looks secret is refused: every account can read those of a daemon', async () => {
	const machine = await simulateMac(headless());
	const variables = ['GH_TOKEN=x', 'EDITOR=vi', 'URL=https://alice:hunter22@example.org'];
	const words = variables.flatMap((variable) => ['--environment', variable]);
	const secret = 'looks like a secret, and every account on this Mac can read the variables of a daemon.';
	expect(await refusedWith(machine, ...asDaemon, ...words)).toEqual({
		status: 2,
		said: [expect.stringContaining(`GH_TOKEN ${secret}`), expect.stringContaining(`URL ${secret}`)],
		changed: false,
	});
	expect((await ended(machine, '--domain', 'user', ...words))[1]).toBe('installed');
});
