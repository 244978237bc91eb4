import {describe, expect, test} from '@jest/globals';
import {
	useMachine,
	installBadVira,
	vira,
	pageSoonAt,
	pictureOf,
	serviceProperty,
	type Mode,
	timeLimitMs,
} from '../support/alice.ts';

const install = ['vira-setup', '--non-interactive', '--wait', '8'];

const onMachine = useMachine();

describe.each([
	['exits-at-once', /libgmp/u],
	['dies-after-a-second', /vira: /u],
	['never-answers', /Launching at/u],
] satisfies readonly (readonly [Mode, RegExp])[])('a Vira that %s', (mode, lastWords) => {
	test(
		'is undone if there was none: exit 6, its last lines, nothing remains',
		async () => {
			const machine = onMachine();
			await installBadVira(machine, mode, vira);
			const before = await pictureOf(machine);
			const {exitCode, stdout} = await machine.run(install, {as: 'alice'});
			expect(exitCode).toBe(6);
			expect(stdout).toMatch(lastWords);
			expect(await pictureOf(machine)).toEqual(before);
		},
		timeLimitMs,
	);

	test(
		'is replaced by the previous version, which responds again',
		async () => {
			const machine = onMachine();
			await machine.run(install, {as: 'alice'});
			const before = await machine.snapshot([
				'/home/alice/.config',
				'/home/alice/.local/state',
				'/var/lib/systemd/linger',
			]);
			await installBadVira(machine, mode, '/home/alice/new/vira');
			const {exitCode, stdout} = await machine.run([...install, '--package', '/home/alice/new/vira'], {
				as: 'alice',
			});
			expect(exitCode).toBe(6);
			expect(stdout).toMatch(lastWords);
			expect(
				await machine.snapshot([
					'/home/alice/.config',
					'/home/alice/.local/state',
					'/var/lib/systemd/linger',
				]),
			).toEqual(before);
			expect(await pageSoonAt(machine, 'https://localhost:5005/')).toBe('200');
		},
		timeLimitMs,
	);
});

test(
	'a unit that is a link into a Nix store is refused with exit 3 and left unchanged',
	async () => {
		const machine = onMachine();
		await machine.writeFile(
			'/nix/store/abc-home-manager-files/vira.service',
			'[Service]\nExecStart=/bin/true\n',
		);
		const folder = '/home/alice/.config/systemd/user';
		await machine.run(
			[
				'sh',
				'-c',
				'mkdir -p "$1" && ln -s "$2" "$1/vira.service"',
				'sh',
				folder,
				'/nix/store/abc-home-manager-files/vira.service',
			],
			{as: 'alice'},
		);
		const before = await pictureOf(machine);
		const {exitCode, stderr} = await machine.run(install, {as: 'alice'});
		expect(exitCode).toBe(3);
		expect(stderr).toContain('managed by Home Manager');
		expect(await pictureOf(machine)).toEqual(before);
	},
	timeLimitMs,
);

test(
	'a run through sudo is refused with exit 3, with the command that works',
	async () => {
		const machine = onMachine();
		const {exitCode, stderr} = await machine.run(['sudo', '-n', 'vira-setup', '--non-interactive'], {
			as: 'admin',
		});
		expect(exitCode).toBe(3);
		expect(stderr).toContain('Run it without sudo, as admin.');
	},
	timeLimitMs,
);

test(
	'a unit changed by hand is not replaced silently',
	async () => {
		const machine = onMachine();
		await machine.run(install, {as: 'alice'});
		const unit = '/home/alice/.config/systemd/user/vira.service';
		const changed = `${await machine.readFile(unit)}# mine\n`;
		await machine.writeFile(unit, changed, {owner: 'alice', mode: '600'});
		const refused = await machine.run([...install, '--port', '8443'], {as: 'alice'});
		expect(refused.exitCode).toBe(3);
		expect(await machine.readFile(unit)).toBe(changed);
		const replaced = await machine.run([...install, '--port', '8443', '--overwrite'], {as: 'alice'});
		expect(replaced.exitCode).toBe(0);
		expect(await machine.readFile(unit)).not.toContain('# mine');
	},
	timeLimitMs,
);

test(
	'SIGTERM during a setup leaves the machine unchanged, with exit 130',
	async () => {
		const machine = onMachine();
		const before = await pictureOf(machine);
		// The signal comes as soon as the unit exists: long before the health check finishes.
		const watched =
			'vira-setup --non-interactive & pid=$!; until [ -e "$1" ]; do :; done; kill -TERM "$pid"; wait "$pid"';
		const {exitCode} = await machine.run(
			['bash', '-c', watched, 'bash', '/home/alice/.config/systemd/user/vira.service'],
			{as: 'alice'},
		);
		expect(exitCode).toBe(130);
		expect(await pictureOf(machine)).toEqual(before);
		expect(await serviceProperty(machine, 'ActiveState')).not.toBe('active');
	},
	timeLimitMs,
);

test(
	'of two simultaneous runs one wins, the other says so, and the installation is complete',
	async () => {
		const machine = onMachine();
		const ports = ['7101', '7102'];
		const runs = await Promise.all(
			ports.map((port) => machine.run([...install, '--port', port], {as: 'alice'})),
		);
		const codes = runs.map(({exitCode}) => exitCode);
		expect(codes.filter((code) => code === 0)).toHaveLength(1);
		expect(runs[codes.findIndex((code) => code !== 0)]?.stderr).toMatch(
			/Another vira-setup is running here|changed since the preview/u,
		);
		expect(await pageSoonAt(machine, `https://localhost:${ports[codes.indexOf(0)] ?? ''}/`)).toBe('200');
	},
	timeLimitMs,
);

test(
	'a pipe without a reader does not interrupt an update',
	async () => {
		const machine = onMachine();
		await machine.run(install, {as: 'alice'});
		await machine.run(['bash', '-c', 'vira-setup --non-interactive --port 7411 2>&1 | head -1'], {
			as: 'alice',
		});
		expect(await pageSoonAt(machine, 'https://localhost:7411/')).toBe('200');
	},
	timeLimitMs,
);
