import {expect, test} from '@jest/globals';
import type {Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {pageAt, pictureOf, serviceProperty, timeLimitMs, useMachine} from '../support/alice.ts';

const state = '/home/alice/.local/share/vira/state';
const newer = '/home/alice/newer/vira';

const onMachine = useMachine();

const setUp = (machine: Machine, ...words: readonly string[]) =>
	machine.run(['vira-setup', '--non-interactive', ...words], {as: 'alice'});

const installNewer = async (machine: Machine): Promise<void> => {
	await installVira(machine, newer);
	const behaviour = JSON.stringify({version: '0.2.0.0', schemaVersion: 9});
	await machine.writeFile(`${newer}.behaviour.json`, behaviour, {mode: '644', owner: 'alice'});
};

test(
	'a script with a Vira that cannot read the state is refused; accepted, it starts, and the old state is kept',
	async () => {
		const machine = onMachine();
		await setUp(machine, '--repository', 'a=https://x/a');
		await installNewer(machine);
		const before = await pictureOf(machine);
		const pid = await serviceProperty(machine, 'MainPID');

		const refused = await setUp(machine, '--package', newer);
		expect([refused.exitCode, refused.stderr]).toEqual([
			3,
			expect.stringContaining(
				'has schema version 8, but this Vira needs 9. When it starts, it would delete the database',
			),
		]);
		expect(await pictureOf(machine)).toEqual(before);
		expect(await serviceProperty(machine, 'MainPID')).toBe(pid);

		const accepted = await setUp(machine, '--package', newer, '--allow-state-reset');
		expect([accepted.exitCode, accepted.stdout.split('\n')[0]]).toEqual([0, 'updated']);
		expect(await pageAt(machine, 'https://localhost:5005/')).toBe('200');
		const kept = Object.keys(await machine.snapshot([state])).find((path) =>
			path.endsWith('/repositories.json'),
		);
		expect(JSON.parse(await machine.readFile(kept ?? ''))).toEqual({
			repositories: {a: 'https://x/a'},
		});
		expect(await machine.readFile(`${state}/schema-version`)).toMatch(/^9\s*$/u);
	},
	timeLimitMs,
);

test(
	'after its program was replaced by one that would delete the state, Vira is neither stopped nor started',
	async () => {
		const machine = onMachine();
		await setUp(machine, '--repository', 'a=https://x/a');
		const behaviour = JSON.stringify({version: '0.2.0.0', schemaVersion: 9});
		const program = '/home/alice/.local/bin/vira';
		await machine.writeFile(`${program}.behaviour.json`, behaviour, {mode: '644', owner: 'alice'});
		const pid = await serviceProperty(machine, 'MainPID');
		const before = await pictureOf(machine);

		const refused = await machine.run(['vira-setup', 'restart'], {as: 'alice'});
		expect([refused.exitCode, refused.stderr]).toEqual([
			5,
			expect.stringContaining(
				'has schema version 8, but this Vira needs 9. When it starts, it would delete the database',
			),
		]);
		expect(await serviceProperty(machine, 'MainPID')).toBe(pid);
		expect(await pictureOf(machine)).toEqual(before);

		await machine.run(['vira-setup', 'stop'], {as: 'alice'});
		expect((await machine.run(['vira-setup', 'start'], {as: 'alice'})).exitCode).toBe(5);
		expect(await machine.readFile(`${state}/schema-version`)).toMatch(/^8\s*$/u);

		expect((await setUp(machine, '--allow-state-reset')).exitCode).toBe(0);
		expect(await pageAt(machine, 'https://localhost:5005/')).toBe('200');
	},
	timeLimitMs,
);

test(
	'a newer Vira that does not respond is undone, and the old one runs on its old state',
	async () => {
		const machine = onMachine();
		await setUp(machine, '--repository', 'a=https://x/a');
		await installVira(machine, newer);
		const bad = JSON.stringify({schemaVersion: 9, mode: 'never-answers'});
		await machine.writeFile(`${newer}.behaviour.json`, bad, {mode: '644', owner: 'alice'});
		const failed = await setUp(machine, '--package', newer, '--allow-state-reset', '--wait', '5');
		expect(failed.exitCode).toBe(6);
		expect(await machine.readFile(`${state}/schema-version`)).toMatch(/^8\s*$/u);
		expect(await pageAt(machine, 'https://localhost:5005/')).toBe('200');
		await machine.run(['systemctl', '--user', 'stop', 'vira.service'], {as: 'alice'});
		const exported = await machine.run(['/home/alice/.local/bin/vira', '--state-dir', state, 'export'], {
			as: 'alice',
		});
		expect(exported.stdout).toContain('\n{"repositories":{"a":"https://x/a"}}');
	},
	timeLimitMs,
);

test(
	'a repository that Vira has with another URL is refused before the restart, running and stopped',
	async () => {
		const machine = onMachine();
		await setUp(machine, '--repository', 'a=https://x/a');
		const pid = await serviceProperty(machine, 'MainPID');
		const conflict = ['--repository', 'a=https://y/a'];
		const running = await setUp(machine, ...conflict);
		expect([running.exitCode, running.stderr]).toEqual([
			2,
			expect.stringContaining('Vira already has the repository "a" with another URL (https://x/a)'),
		]);
		expect(await serviceProperty(machine, 'MainPID')).toBe(pid);

		await machine.run(['systemctl', '--user', 'stop', 'vira.service'], {as: 'alice'});
		const stopped = await setUp(machine, ...conflict);
		expect([stopped.exitCode, stopped.stderr]).toEqual([
			2,
			expect.stringContaining("remove it from the settings, delete it on Vira's page, and add it again."),
		]);
	},
	timeLimitMs,
);

test(
	'vira import accepts the backup before an update, and that of the suggested command',
	async () => {
		const machine = onMachine();
		await setUp(machine, '--repository', 'a=https://x/a');
		await installVira(machine, newer);
		expect((await setUp(machine, '--package', newer)).exitCode).toBe(0);
		await machine.run(['systemctl', '--user', 'stop', 'vira.service'], {as: 'alice'});
		const script = [
			`${newer} --state-dir ${state} export | grep -o '{.*}' > by-hand.json`,
			`cat ${state}/before-update-*.json > ours.json`,
			`for file in ours by-hand; do ${newer} --state-dir $file import < $file.json || exit 1; done`,
			`for file in ours by-hand; do ${newer} --state-dir $file export | grep -o '{.*}'; done`,
		].join(' && ');
		const {exitCode, stdout} = await machine.run(['sh', '-c', `cd /home/alice && { ${script}; }`], {
			as: 'alice',
		});
		const object = '{"repositories":{"a":"https://x/a"}}';
		expect([exitCode, stdout.split('\n').filter((line) => line.startsWith('{'))]).toEqual([
			0,
			[object, object],
		]);
	},
	timeLimitMs,
);
