import {describe, expect, test} from '@jest/globals';
import type {Failure} from '../../src/errors.ts';
import type {MachineState} from '../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {parseRequest} from '../../src/command-line/request.ts';
import {scriptedUi} from '../../src/ui/scripted/scripted-ui.ts';
import {setup} from '../../src/commands/setup.ts';
import {put} from '../support/installed.ts';
import {ignoring} from '../support/linux-states.ts';
import {pictureOf} from '../support/picture-of.ts';
import {printedRefusal, run} from '../support/run-command.ts';

test('install, again, change, check', async () => {
	const machine = await simulate();
	expect(await run(machine)).toMatchObject({
		code: 0,
		document: {outcome: 'installed', changed: true, startsAtBoot: true, survivesLogout: true},
	});
	expect(await run(machine)).toMatchObject({
		code: 0,
		document: {outcome: 'unchanged', changed: false, plan: []},
	});
	expect(await run(machine, '--check', '--port', '8443')).toMatchObject({
		code: 10,
		document: {outcome: 'planned', changed: true},
	});
	expect(await run(machine, '--port', '8443')).toMatchObject({
		code: 0,
		document: {outcome: 'updated', url: 'https://localhost:8443/'},
	});
	expect(await run(machine, '--check')).toMatchObject({code: 0, document: {settings: {port: 8443}}});
});

test.each(['exits-at-once', 'dies-after-a-second', 'never-answers'] as const)(
	'a Vira that %s ends with exit 6 and leaves nothing',
	async (behaviour) => {
		const machine = await simulate();
		const {vira} = await machine.events.state();
		await machine.events.change({vira: {...vira, behaviour}} as Partial<MachineState>);
		const before = await pictureOf(machine);
		const {code, document} = await run(machine, '--wait', '10');
		expect([code, document.outcome, document['changed']]).toEqual([6, 'failed', false]);
		expect(document['error']).toMatchObject({
			code: 'unhealthy',
			log: expect.arrayContaining([expect.any(String)]),
		});
		expect(await pictureOf(machine)).toEqual(before);
	},
);

test('whatever fails during the checks, nothing remains', async () => {
	const machine = await simulate();
	const before = await pictureOf(machine);
	const broken: Simulation = {...machine, ask: () => Promise.reject(new Error('a mistake'))};
	const {code, document} = await run(broken);
	expect(code).toBe(1);
	expect(document).toMatchObject({
		outcome: 'failed',
		changed: false,
		error: {code: 'unexpected', message: expect.stringContaining('bug in vira-setup')},
	});
	expect(await pictureOf(machine)).toEqual(before);
});

/** The message of a setup if a Vira of this unit has the port. */
const refusedFor = async (unit: string) => {
	return printedRefusal(await simulate({listeners: [{port: 5005, program: 'vira', unit}]}));
};

test('a Vira of a service with another name is named with it, if it has the port', async () => {
	expect(await refusedFor('my-ci.service')).toMatchObject({
		message:
			'--port: Port 5005 is in use by vira (PID 900, my-ci.service). Stop that program, or use port 5006, which is free.',
	});
});

test('a Vira in a terminal belongs to no service: the user manager is not named', async () => {
	expect(await refusedFor('app-terminal.scope')).toMatchObject({
		message:
			'--port: Port 5005 is in use by vira (PID 900). Stop that program, or use port 5006, which is free.',
	});
});

test('a script without --json gets the text of the preview', async () => {
	const told: string[] = [];
	const words = ['--hostname', '0.0.0.0'];
	const request = await parseRequest(words, {environment: {}, read: async () => undefined});
	const ui = scriptedUi({
		quiet: false,
		check: false,
		print: (line) => told.push(line),
		report: (line) => told.push(line),
		json: false,
		misgiven: [],
		requireReady: false,
		signal: new AbortController().signal,
		consent: [],
		simulation: false,
		inTerminal: false,
		command: 'install',
	});
	const system = await simulate();
	expect(await setup({request, system, signal: new AbortController().signal}, Promise.resolve(ui))).toBe(0);
	expect(told).toContain('! Vira has no login: anyone who can reach 0.0.0.0 port 5005 can run code as you.');
});

test('a short --wait applies to the page; a healthy service passes with it', async () => {
	expect(await run(await simulate(), '--wait', '1')).toMatchObject({
		code: 0,
		document: {outcome: 'installed'},
	});
});

test('missing settings are reported, not replaced by defaults', async () => {
	const machine = await simulate();
	await run(machine, '--port', '7001');
	await machine.deleteFile('/home/alice/.config/vira-setup/settings.json');
	expect(await printedRefusal(machine)).toMatchObject({
		exit: 3,
		message: expect.stringContaining('/home/alice/.config/vira-setup/settings.json'),
	});
});

test('a missing receipt is written again', async () => {
	const machine = await simulate();
	const path = '/home/alice/.local/state/vira-setup/receipt.json';
	await run(machine);
	await machine.deleteFile(path);
	expect((await run(machine)).code).toBe(0);
	expect(await machine.readFile(path)).toContain('"state": "complete"');
});

test('a file that changes after the preview stops the run before it does anything', async () => {
	const machine = await simulate();
	await run(machine);
	const unit = '/home/alice/.config/systemd/user/vira.service';
	const before = await pictureOf(machine);
	const meddled: Simulation = {
		...machine,
		// The first check of a command that is about to change something.
		readFile: async (path) => {
			if (path === '/proc/self/cgroup') await machine.writeFile(unit, 'somebody else was here', 0o600);
			return machine.readFile(path);
		},
	};
	expect(await printedRefusal(meddled, '--port', '7002')).toMatchObject({
		exit: 5,
		message: `${unit} changed since the preview. Nothing was done.`,
	});
	const after = await pictureOf(machine);
	expect({...after, files: {...after.files, [unit]: ''}}).toEqual({
		...before,
		files: {...before.files, [unit]: ''},
	});
});

test('a second simultaneous run is refused before it reads what the first is changing', async () => {
	const machine = await simulate();
	const looked: string[] = [];
	const busy: Simulation = {
		...machine,
		lock: () => Promise.resolve({taken: false, holder: 4711}),
		tryListen: async () => 'in-use',
		run: (command, options) => (looked.push(command[0]), machine.run(command, options)),
	};
	const another = 'Another vira-setup is running here (PID 4711). Nothing was done.';
	expect(await printedRefusal(busy)).toMatchObject({exit: 3, message: another});
	expect(await printedRefusal(busy, 'rollback')).toMatchObject({exit: 3, message: another});
	expect(looked).toEqual([]);
	// A command that only reads still shows the state.
	expect(await printedRefusal(busy, '--dry-run')).toMatchObject({
		exit: 2,
		message: '--port: Port 5005 is in use by another program. Stop that program, or use another port.',
	});
});

test('without lingering, the report promises neither a start at boot nor running after logout', async () => {
	const {document} = await run(await simulate(), '--no-linger');
	expect(document).toMatchObject({
		outcome: 'installed',
		startsAtBoot: false,
		survivesLogout: false,
		warnings: [{code: 'not-at-boot'}],
	});
});

test("a machine's own name that leads to 127.0.1.1 can be reached from this machine only", async () => {
	const {document} = await run(await simulate({hostName: 'attic'}), '--hostname', 'attic');
	expect(document).toMatchObject({outcome: 'installed', warnings: [], openFrom: {otherMachines: null}});
});

test('a package that is still to be built can be installed with any systemd setting', async () => {
	const words = ['--package', 'github:juspay/vira', '--service-config', 'MemoryMax=2G'];
	expect((await run(await simulate(), ...words)).document).toMatchObject({outcome: 'installed'});
});

test('lingering that is on already stays on without --linger, and the preview says how to turn it off', async () => {
	const machine = await simulate();
	await run(machine);
	const {document} = await run(machine, '--no-linger');
	expect(document).toMatchObject({
		survivesLogout: true,
		warnings: [
			{code: 'lingering-stays-on', setting: 'linger', fixes: [{command: 'loginctl disable-linger alice'}]},
		],
	});
	expect((await run(machine, 'doctor')).code).toBe(0);
});

test('lingering that stays off, although loginctl reports success, makes the setup fail, and nothing remains', async () => {
	const machine = await simulate();
	const before = await pictureOf(machine);
	const {code, document} = await run(ignoring(machine, 'enable-linger'));
	expect([code, document]).toMatchObject([
		4,
		{outcome: 'failed', changed: false, error: {code: 'privilege'}},
	]);
	expect(await pictureOf(machine)).toEqual(before);
});

test('a secret is masked on every screen and is only in the files', async () => {
	const machine = await simulate();
	const words = ['--environment', 'API_TOKEN=s3cr"et%', '--repository', 'a=https://me:hunter22@x/a'];
	const {written} = await run(machine, ...words);
	expect(written).not.toMatch(/s3cr|hunter22/u);
	expect(written).toContain('••••••');
	const rotated = await run(machine, '--environment', 'API_TOKEN=n3w', '--dry-run');
	expect(rotated.written).not.toMatch(/s3cr|hunter22|n3w/u);
	expect(await machine.readFile('/home/alice/.config/systemd/user/vira.service')).toContain(
		String.raw`"API_TOKEN=s3cr\"et%%"`,
	);
});

test('a secret with control characters is masked in the files that are shown', async () => {
	const machine = await simulate();
	const {written} = await run(machine, '--environment', 'API_TOKEN=hun\u001Bter\r2%"', '--dry-run');
	expect(written).not.toMatch(/hun|x1bter/u);
});

test('text that is not a secret stays, even if it equals one', async () => {
	const machine = await simulate();
	const words = ['GIT_AUTHOR_NAME=alice', 'DB_PASS=alice', 'USE_AUTH=1', 'X_PASS=systemctl'].flatMap(
		(one) => ['--environment', one],
	);
	const {document} = await run(machine, ...words, '--dry-run');
	const plan = JSON.stringify([document['plan'], document['diff']]);
	expect(plan).toContain('/home/alice/.config/systemd/user/vira.service');
	expect(plan).toContain('"systemctl","--user","enable"');
	expect(plan).toContain(String.raw`\"14\"`);
	expect(plan).toContain('GIT_AUTHOR_NAME=alice');
	expect(plan).not.toMatch(/DB_PASS=alice|USE_AUTH=1|X_PASS=systemctl/u);
});

test.each([
	['a Vira that is not there', ['--package', '/nowhere/vira'], 2, '--package: /nowhere/vira does not exist.'],
	[
		'a certificate without its key',
		['--tls-cert', '/etc/os-release'],
		2,
		[
			'--tls-key: A certificate needs its key: set both, or neither.',
			'--tls-cert: /etc/os-release contains no certificate: a PEM file has a line -----BEGIN CERTIFICATE-----.',
		].join('\n'),
	],
	[
		'a state folder that is a file',
		['--state-dir', '/etc/os-release/x'],
		2,
		'--state-dir: /etc/os-release exists and is not a folder. Use another folder.',
	],
])('%s is refused before anything changes', async (_, words, code, what) => {
	const machine = await simulate();
	const before = await pictureOf(machine);
	expect(await printedRefusal(machine, ...words)).toMatchObject({exit: code, message: what});
	expect(await pictureOf(machine)).toEqual(before);
});

describe('a Vira that would delete the state at its start', () => {
	const machineWithOldState = async (): Promise<Simulation> => {
		const machine = await simulate();
		const state = '/home/alice/.local/share/vira/state';
		await put(machine, `${state}/schema-version`, '2');
		await put(machine, `${state}/ViraState/checkpoint.json`, '{"repositories":{"a":"https://x/a"}}');
		await put(machine, `${state}/workspace/a/jobs/1/log`, '');
		await put(machine, `${state}/workspace/a/jobs/2/log`, '');
		return machine;
	};
	const told =
		'The state in /home/alice/.local/share/vira/state has schema version 2, but this Vira needs 8. When it starts, it would delete the database and 2 job folders. vira-setup moves them aside instead, and Vira starts without repositories.';

	test('is refused in a script, and nothing changes', async () => {
		const machine = await machineWithOldState();
		const before = await pictureOf(machine);
		expect(await printedRefusal(machine)).toMatchObject({exit: 3, message: told});
		expect(await pictureOf(machine)).toEqual(before);
	});

	test('is reported before anything happens, and accepted with --allow-state-reset', async () => {
		const machine = await machineWithOldState();
		const {document} = await run(machine, '--dry-run');
		expect(document).toMatchObject({warnings: [{code: 'state-reset', message: told}]});
		expect(await run(machine, '--allow-state-reset')).toMatchObject({
			code: 0,
			document: {outcome: 'installed'},
		});
	});

	const state = '/home/alice/.local/share/vira/state';

	test.each([
		[`${state}/workspace/a`, 'at least 0 job folders.'],
		[`${state}/workspace`, 'at least 0 job folders.'],
	])('counts only the readable folders in %s', async (hidden, count) => {
		const machine = await simulate({unreadable: [hidden]});
		await put(machine, `${state}/workspace/a/jobs/1/log`, '');
		await put(machine, `${state}/schema-version`, '2');
		await put(machine, `${state}/ViraState/checkpoint.json`, '{"repositories":{}}');
		expect(await printedRefusal(machine)).toMatchObject({exit: 3, message: expect.stringContaining(count)});
	});

	test.each([
		['0x3', 'schema version 0x3'],
		['3.0', 'schema version 3.0'],
		['', 'no known schema version'],
	])('is reported for a version %j', async (version, told) => {
		const machine = await simulate();
		await put(machine, `${state}/schema-version`, version);
		await put(machine, `${state}/ViraState/checkpoint.json`, '{"repositories":{}}');
		expect(await printedRefusal(machine)).toMatchObject({exit: 3, message: expect.stringContaining(told)});
	});

	test('is reported for a state without a version, which is moved aside after consent', async () => {
		const machine = await simulate();
		await put(machine, `${state}/ViraState/checkpoint.json`, '{"repositories":{}}');
		expect(await printedRefusal(machine)).toMatchObject({
			exit: 3,
			message: expect.stringContaining('no known schema version'),
		});
		expect(await run(machine, '--allow-state-reset')).toMatchObject({code: 0});
		const aside = (await machine.list(state))?.find((name) => name.startsWith('before-reset-'));
		expect(await machine.list(`${state}/${aside ?? ''}`)).toEqual(['ViraState']);
	});

	test('is unknown if the version cannot be read: that is reported with the way to read it', async () => {
		const folder = await simulate();
		await put(folder, `${state}/schema-version/x`, '');
		await put(folder, `${state}/ViraState/checkpoint.json`, '{"repositories":{}}');
		expect(await printedRefusal(folder)).toMatchObject({
			exit: 2,
			message: `--state-dir: ${state}/schema-version exists and is not a file. Vira stores its schema version there. Use another folder, or move it aside: mv ${state}/schema-version ${state}/schema-version.away`,
		});
		const locked = await simulate({unreadable: [`${state}/schema-version`]});
		await put(locked, `${state}/schema-version`, '8');
		await put(locked, `${state}/ViraState/checkpoint.json`, '{"repositories":{}}');
		expect(await printedRefusal(locked)).toMatchObject({
			exit: 2,
			message: `--state-dir: Cannot read ${state}/schema-version: permission denied (owned by root). To take ownership: sudo chown alice ${state}/schema-version`,
		});
	});

	test('would not start without the reset: that is reported at the state folder', async () => {
		expect(await printedRefusal(await machineWithOldState(), '--no-auto-reset-state')).toMatchObject({
			exit: 2,
			message: expect.stringMatching(/^--state-dir: .* It would refuse to start\./u),
		});
	});
});

test.each([
	[
		['--port', '7000'],
		'--port: Port 7000 is in use by python3 (PID 900). Stop that program, or use port 7001, which is free.',
	],
	[['--port', '80'], '--port: Port 80 needs administrator rights. Use port 1024 or higher.'],
	[
		['--hostname', '192.0.2.1'],
		'--hostname: 192.0.2.1 is not an address of this machine. Its addresses: 127.0.0.1, ::1.',
	],
	[
		['--hostname', 'ci.example.org'],
		'--hostname: Cannot resolve ci.example.org. Use localhost, an address of this machine, or a name that resolves to one.',
	],
	[
		['--hostname', 'ci.example.org.'],
		'--hostname: Cannot resolve ci.example.org. Use localhost, an address of this machine, or a name that resolves to one.',
	],
	[
		['--hostname', 'fe80::1'],
		'--hostname: fe80::1 is valid on one network interface only, which Vira cannot select. Use another address of this machine. Its addresses: 127.0.0.1, ::1.',
	],
	[
		['--state-dir', '~/.config/vira-setup/x'],
		'--state-dir: vira-setup keeps its own files there. Use a folder such as ~/.local/share/vira/state.',
	],
	[
		['--hostname', '192.0.2.1', '--port', '7000'],
		[
			'--hostname: 192.0.2.1 is not an address of this machine. Its addresses: 127.0.0.1, ::1.',
			'--port: Port 7000 is in use by python3 (PID 900). Stop that program, or use port 7001, which is free.',
		].join('\n'),
	],
])('%j is refused before Vira would fail on it', async (words, what) => {
	const machine = await simulate({listeners: [{port: 7000, program: 'python3'}]});
	const before = await pictureOf(machine);
	expect(await printedRefusal(machine, ...words)).toMatchObject({exit: 2, message: what});
	expect(await pictureOf(machine)).toEqual(before);
});

test('the port of our own service is free even if the saved settings do not name it', async () => {
	const machine = await simulate();
	await run(machine);
	const path = '/home/alice/.config/vira-setup/settings.json';
	const saved = JSON.parse((await machine.readFile(path)) ?? '') as Record<string, unknown>;
	await machine.writeFile(path, JSON.stringify({...saved, port: 5006}), 0o600);
	expect(await run(machine, '--port', '5005', '--check')).toMatchObject({document: {outcome: 'planned'}});
});

test('the port that our own service holds does not block changing another setting', async () => {
	const machine = await simulate();
	await run(machine);
	expect(await run(machine, '--hostname', '0.0.0.0')).toMatchObject({
		code: 0,
		document: {outcome: 'updated'},
	});
});

test('a program that is not Vira is refused', async () => {
	const machine = await simulate();
	await machine.makeFolder('/opt', 0o755);
	await machine.writeFile('/opt/other', '#!/bin/sh\n', 0o755);
	const odd: Simulation = {
		...machine,
		run: async (command, options) =>
			command[0] === '/opt/other'
				? {exitCode: 0, stdout: '', stderr: '', timedOut: false, found: true}
				: machine.run(command, options),
	};
	expect(await printedRefusal(odd, '--package', '/opt/other')).toMatchObject({
		exit: 2,
		message:
			'--package: /opt/other does not respond like Vira: "vira info" fails or reports no schema version.',
	});
});

test('a folder in place of the settings file is reported with its fix', async () => {
	const machine = await simulate();
	const path = '/home/alice/.config/vira-setup/settings.json';
	await put(machine, `${path}/inside`, '');
	expect(await printedRefusal(machine)).toMatchObject({
		exit: 3,
		message: `${path} exists and is not a file.`,
		fixes: [`Move it aside: mv ${path} ${path}.away`],
	});
});

test.each([
	['root’s', {owner: 0}, ['sudo chown alice /home/alice/.config/vira-setup/settings.json']],
	['alice’s own', {owner: 1000}, ['chmod u+r /home/alice/.config/vira-setup/settings.json']],
])('settings that cannot be read, and are %s, are reported with a fix', async (_, whose, next) => {
	const machine = await simulate();
	await run(machine);
	const path = '/home/alice/.config/vira-setup/settings.json';
	const shut: Simulation = {
		...machine,
		inspect: async (one) => {
			const found = await machine.inspect(one);
			return one === path && found ? {...found, ...whose, readable: false} : found;
		},
	};
	expect(await printedRefusal(shut)).toMatchObject({
		exit: 4,
		message: `Cannot read ${path}: permission denied.`,
		fixes: next,
	});
});

test('a receipt that is not a valid is rewritten', async () => {
	const machine = await simulate();
	const path = '/home/alice/.local/state/vira-setup/receipt.json';
	await run(machine);
	await machine.writeFile(path, '{"schema": 1, "files": null, "folders": null}', 0o600);
	expect((await run(machine)).code).toBe(0);
	expect(await machine.readFile(path)).toContain('"state": "complete"');
});

describe('all problems are reported in one answer', () => {
	const allOf = async (machine: Simulation, ...words: readonly string[]) => {
		const {exit: code, message: what, problems} = (await printedRefusal(machine, ...words)) as Failure;
		return {code, said: what.split('\n'), settings: problems?.map(({setting}) => setting)};
	};

	test('unreadable values, conflicting values, and problems of the machine with the rest', async () => {
		const words = ['--port', '0', '--hostname', '192.0.2.1', '--repository', 'a=b', '--tls-cert', '/c'];
		expect(await allOf(await simulate(), ...words, '--state-dir', '/etc/os-release/x')).toEqual({
			code: 2,
			said: [
				expect.stringMatching(/^--port 0: Must be a whole number/u),
				expect.stringMatching(/^--repository: a=b: Must be a Git URL/u),
				expect.stringMatching(/^--tls-key: A certificate needs its key/u),
				expect.stringMatching(/^--hostname: 192\.0\.2\.1 is not an address/u),
				expect.stringMatching(/^--tls-cert: \/c[^ ]* does not exist/u),
				expect.stringMatching(/^--state-dir: \/etc\/os-release exists and is not/u),
			],
			settings: ['port', 'initialState.repositories', 'tlsKey', 'hostname', 'tlsCert', 'stateDir'],
		});
	});

	test('an option with an unreadable value is reported once, without the default that replaced it', async () => {
		const machine = await simulate({listeners: [{port: 5005, program: 'nginx'}]});
		expect(await allOf(machine, '--port', '0')).toMatchObject({settings: ['port']});
	});

	test('a missing Vira is reported with the other problems; alone it is not a problem of the settings', async () => {
		const bare = {vira: undefined, nix: undefined};
		expect(await allOf(await simulate(bare))).toMatchObject({code: 3, settings: undefined});
		expect(await allOf(await simulate(bare), '--port', '0', '--hostname', '192.0.2.1')).toMatchObject({
			code: 2,
			settings: ['port', 'package', 'hostname'],
		});
	});
});
