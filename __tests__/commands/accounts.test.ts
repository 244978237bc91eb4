import {describe, expect, test} from '@jest/globals';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {silent} from '../support/fault-injection.ts';
import {setUp} from '../support/linux-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {attempt, lines, run, told} from '../support/run-command.ts';
import {fixOf} from '../support/printed-fix.ts';

const withUser = (name: string): Partial<MachineState> => ({
	user: {name, uid: 1000, home: '/home/alice', sudoFrom: undefined},
});
const inMemory = (...paths: readonly string[]): Partial<MachineState> => ({
	fileSystems: Object.fromEntries(
		paths.map((path) => [path, {kind: 'tmpfs', network: false, temporary: true, freeBytes: 2 ** 34}]),
	),
});

describe('the name of an account in a command', () => {
	const name = `DOM\\o'neil b`;
	const quoted = String.raw`'DOM\o'\''neil b'`;
	/** Programs that get the name of an account in printed commands. */
	const command =
		/\b(?:loginctl (?:--no-ask-password )?(?:en|dis)able-linger|chown|usermod .*|install -d -o|chage .*) (.*)$/u;

	test.each<readonly [string, Partial<MachineState>, readonly string[]]>([
		['lingering that polkit refuses', {lingerRefused: true}, []],
		['a log that cannot be read', {lingering: true, journalReadable: false}, ['logs']],
		['a folder of root', {readOnly: ['/home/alice/.config']}, []],
		['a plan', {}, ['--dry-run']],
		['the checks', {}, ['doctor']],
		[
			'an account that PAM rejects',
			{session: false, lingering: true, accountRefused: true, userManager: 'refused'},
			['doctor'],
		],
	])('is quoted: %s', async (_, state, words) => {
		const machine = await simulate({...withUser(name), ...state});
		if (words[0] === 'logs') await run(machine);
		const {written} = await attempt(machine, ...words);
		const printed = (await lines(machine, words.length === 0 ? ['--non-interactive'] : [...words])).join(
			'\n',
		);
		const found = `${written}\n${printed}`
			.split('\n')
			.filter((line) => command.test(line) && line.includes('neil'));
		expect(found).not.toEqual([]);
		expect(
			found.filter((line) => !line.includes(quoted) && !line.includes(JSON.stringify(quoted).slice(1, -1))),
		).toEqual([]);
	});
});

describe('the next boot', () => {
	const started = async (machine: Simulation): Promise<boolean> => {
		await machine.events.reboot();
		return (await machine.events.state()).units['vira.service']?.active === 'active';
	};

	test.each<readonly [string, Partial<MachineState>, string, RegExp]>([
		[
			'a home in memory',
			inMemory('/home/alice'),
			'gone-after-reboot',
			/^\/home\/alice is kept in memory \(tmpfs\)/u,
		],
		[
			'the linger folder in memory',
			inMemory('/var/lib/systemd/linger'),
			'gone-after-reboot',
			/^\/var\/lib\/systemd\/linger is kept in memory \(tmpfs\)/u,
		],
		[
			'units in memory',
			inMemory('/home/alice/.config'),
			'gone-after-reboot',
			/a reboot deletes files of the service/u,
		],
		[
			'a name that systemd 247 does not find',
			{...withUser('DOM\\bob'), systemd: 247},
			'linger-not-read',
			/^At boot, systemd 247 does not restore lingering for a user name like DOM\\bob\.$/u,
		],
	])(
		'%s: a start at boot is not promised, with the reason in install, status and doctor, and does not happen',
		async (_, state, code, reason) => {
			const machine = await simulate(state);
			await machine.makeFolder('/home/alice/.config', 0o755);
			const {document} = await run(machine);
			expect(document).toMatchObject({outcome: 'installed', startsAtBoot: false});
			expect(document['warnings']).toContainEqual(
				expect.objectContaining({code, message: expect.stringMatching(reason)}),
			);
			const [, status] = await told(machine, 'status');
			expect(status).toMatchObject({healthy: true, startsAtBoot: false});
			const words = String(reason).includes('linger') ? 'linger' : 'in memory';
			expect(
				(await lines(machine, 'status')).find((line) => String(line).includes('Starts at boot')),
			).toContain(words);
			const [, {checks}] = await told(machine, 'doctor');
			expect(checks).toContainEqual(
				expect.objectContaining({level: 'warning', code, message: expect.stringMatching(reason)}),
			);
			expect(await started(machine)).toBe(false);
		},
	);

	test.each<readonly [string, Partial<MachineState>]>([
		['a plain name and systemd 247', {systemd: 247}],
		['an unusual name and systemd 257', {...withUser('DOM\\bob'), systemd: 257}],
		['our own record in memory', inMemory('/home/alice/.local/state/vira-setup')],
	])('%s: a start at boot is promised, and happens', async (_, state) => {
		const machine = await setUp(state);
		expect(await told(machine, 'status')).toMatchObject([0, {startsAtBoot: true}]);
		expect(await started(machine)).toBe(true);
	});

	test('a live system, whose changes are in memory, is detected by its overlay', async () => {
		const machine = await simulate();
		const mounts = 'overlay / overlay rw,lowerdir=/run/live/x,upperdir=/run/live/overlay/rw,workdir=/w 0 0\n';
		const live = {
			...machine,
			readFile: async (path: string) => (path === '/proc/self/mounts' ? mounts : machine.readFile(path)),
		};
		expect((await attempt(live, '--dry-run')).document).toMatchObject({
			startsAtBoot: false,
			warnings: [
				{
					message: '/home/alice is kept in memory (overlay): a reboot deletes the service and its settings.',
				},
			],
		});
	});

	test('NixOS recreates the linger files at boot: with them in memory, nothing is promised', async () => {
		const machine = await simulate({nixos: true, ...inMemory('/var/lib/systemd/linger')});
		expect((await attempt(machine, '--dry-run')).document).toMatchObject({startsAtBoot: null});
	});
});

describe('an account that PAM rejects', () => {
	const message = /^The systemd user manager of alice cannot start: PAM denies the account access\./u;
	const state = {session: false, accountRefused: true};

	test('is named after lingering is on, within seconds, and nothing remains', async () => {
		const machine = await simulate(state);
		const [before, began] = [await pictureOf(machine), machine.now()];
		const {code, document} = await run(machine);
		expect([code, document]).toMatchObject([3, {error: {message: expect.stringMatching(message)}}]);
		expect([machine.now() - began < 5000, await pictureOf(machine)]).toEqual([true, before]);
	});

	test.each(['install', 'doctor', 'start'])('is named by %s if lingering is on', async (verb) => {
		const machine = await setUp();
		await machine.events.logout();
		await machine.events.change({accountRefused: true});
		await machine.events.reboot();
		const said = await lines(machine, [verb, ...(verb === 'install' ? ['--non-interactive'] : [])]);
		expect(said.join('\n')).toMatch(/PAM denies the account access/u);
		// It is known that nothing runs.
		expect(said.join('\n')).not.toContain('the state of the service is unknown');
	});
});

describe('a logind that hangs', () => {
	test('is named before anything changes, and no missing privilege is reported', async () => {
		const machine = await simulate({logindHangs: true});
		const [before, began] = [await pictureOf(machine), machine.now()];
		const {code, document} = await attempt(machine);
		expect([code, document]).toMatchObject([
			2,
			{error: {message: expect.stringContaining('systemd-logind does not respond')}},
		]);
		expect([machine.now() - began < 7000, await pictureOf(machine)]).toEqual([true, before]);
		expect(await told(machine, 'doctor')).toMatchObject([1, {}]);
	});

	test('does not block a setup without lingering, or with lingering already on', async () => {
		expect((await run(await simulate({logindHangs: true}), '--no-linger')).code).toBe(0);
		expect((await run(await simulate({logindHangs: true, lingering: true}))).code).toBe(0);
	});

	/** It hangs from the request to turn on lingering. */
	const hangingThen = (machine: Simulation): Simulation => ({
		...machine,
		run: async (command, options) => {
			if (command.includes('enable-linger')) await machine.events.change({logindHangs: true});
			return machine.run(command, options);
		},
	});

	test('during a setup, is waited for once', async () => {
		const machine = await simulate();
		const [before, began] = [await pictureOf(machine), machine.now()];
		const {code, document} = await attempt(hangingThen(machine));
		expect([code, document]).toMatchObject([
			5,
			{
				error: {message: expect.stringContaining('systemd-logind does not respond')},
				notUndone: [
					{
						message: expect.stringContaining(
							'Lingering may be on for alice once systemd-logind responds again',
						),
						fixes: [fixOf('loginctl disable-linger alice')],
					},
				],
			},
		]);
		expect([machine.now() - began < 8000, await pictureOf(machine)]).toEqual([true, before]);
	});

	test('responds late: what it did after all is undone', async () => {
		const machine = await simulate();
		const before = await pictureOf(machine);
		const late = silent(machine, /^loginctl .*enable-linger/u, 'does not end in time');
		expect(await attempt(late)).toMatchObject({code: 5, document: {notUndone: []}});
		expect(await pictureOf(machine)).toEqual(before);
	});

	test('delays status by some seconds, once', async () => {
		const machine = await setUp();
		await machine.events.change({logindHangs: true});
		const began = machine.now();
		expect(await told(machine, 'status')).toMatchObject([0, {lingering: true, startsAtBoot: true}]);
		expect(machine.now() - began).toBeLessThan(7000);
	});

	test('in an uninstall, leaves lingering on, and says so', async () => {
		const machine = await setUp();
		await machine.events.change({logindHangs: true});
		const {code, document} = await run(machine, 'uninstall', '--disable-linger');
		expect([code, document]).toMatchObject([0, {outcome: 'removed'}]);
		expect(document['leftovers']).toContainEqual(
			expect.objectContaining({what: 'lingering stays on: systemd-logind does not respond'}),
		);
	});
});

describe('a vira-setup that stored a home such as /home/alice/ with its slash', () => {
	const setUpThen = async (): Promise<Simulation> => {
		const machine = await setUp();
		const path = '/home/alice/.local/state/vira-setup/receipt.json';
		const text = (await machine.readFile(path)) ?? '';
		await machine.writeFile(path, text.replaceAll('/home/alice/', '/home/./alice//'), 0o600);
		return machine;
	};

	test('wrote files that an uninstall recognizes', async () => {
		const machine = await setUpThen();
		const {document} = await run(machine, 'uninstall', '--disable-linger', '--purge');
		expect(document).toMatchObject({outcome: 'removed'});
		expect(await machine.inspect('/home/alice/.config/vira-setup')).toBeUndefined();
		expect(await machine.inspect('/home/alice/.local/state/vira-setup')).toBeUndefined();
	});

	test('wrote files that a setup recognizes as its own', async () => {
		const {document} = await run(await setUpThen(), '--port', '8443');
		expect(document).toMatchObject({outcome: 'updated', warnings: []});
	});
});

test('if lingering is on and the user manager does not respond, the advice is not to turn on lingering', async () => {
	const machine = await setUp();
	await machine.events.change({userManager: 'stopped'});
	const [, ...told] = await lines(machine, 'status');
	expect(told.join('\n')).toContain('sudo systemctl restart user@1000.service   restarts the user manager');
	expect(told.join('\n')).not.toContain('enable-linger');
});
