import {posix} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {put, unitPath} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import {lines, printedRefusal, run} from '../support/run-command.ts';
import {
	copiesOf,
	copyWith,
	keptOf,
	keptPorts,
	portOf,
	read,
	receiptPath,
	settingsPath,
	versions,
	withPorts,
} from '../support/versions.ts';
import {warned} from '../support/notices.ts';

const change = async (machine: Simulation, path: string, text: (before: string) => string): Promise<void> =>
	machine.writeFile(path, text(await read(machine, path)), 0o600);

describe('three versions in addition to the current one', () => {
	test('a rollback removes none of them', async () => {
		const machine = await withPorts(5001, 5002, 5003, 5004);
		await run(machine, 'rollback');
		expect([await portOf(machine), await keptPorts(machine)]).toEqual([5003, [5001, 5002, 5004]]);
		expect((await run(machine, 'rollback', '--to', '3')).code).toBe(0);
		expect(await portOf(machine)).toBe(5001);
	});

	test('a discarded version is deleted last, after everything else is done', async () => {
		const machine = await withPorts(5001, 5002, 5003, 5004);
		const {document} = await run(machine, 'rollback', '--to', '3', '--dry-run');
		const plan = document['plan'] as readonly {does: string; path: string; command?: readonly string[]}[];
		const steps = plan.map(
			({does, path, command}) => command?.at(-2) ?? `${does} ${posix.basename(path).split('.')[0] ?? ''}`,
		);
		const dropped = expect.stringMatching(/^delete-file (?:settings|vira)$/u);
		expect(steps.slice(-4)).toEqual(['start', dropped, dropped, 'write-file receipt']);
	});

	test('the same settings with another formatting are not a new version', async () => {
		const machine = await withPorts(5001, 5002);
		await machine.writeFile(settingsPath, '{"port": 5003}', 0o600);
		await run(machine);
		expect((await run(machine, 'rollback')).document.outcome).toBe('updated');
		expect(await portOf(machine)).toBe(5001);
	});
});

describe('a version that cannot be used keeps its number, and is not skipped', () => {
	test.each([
		[
			'is missing',
			(machine: Simulation, copy: string) => machine.deleteFile(copy),
			/does not exist or cannot be read\.$/u,
		],
		[
			'was changed by hand',
			(machine: Simulation, copy: string) => change(machine, copy, (text) => text.replace('5003', '6666')),
			/was changed after vira-setup wrote it\.$/u,
		],
	])('one that %s', async (_, spoil, why) => {
		const machine = await withPorts(5001, 5002, 5003, 5004);
		await spoil(machine, await copyWith(machine, 5003));
		expect(await printedRefusal(machine, 'rollback')).toMatchObject({
			message: expect.stringMatching(/^Cannot restore the settings used until .*\. Nothing was changed\.$/u),
			detail: expect.stringMatching(why),
			fixes: expect.arrayContaining([
				expect.stringMatching(/^vira-setup rollback --to 2 {3}restores the settings used until /u),
			]),
			exit: 3,
		});
		expect(await portOf(machine)).toBe(5004);
		expect((await run(machine, 'rollback', '--to', '2')).code).toBe(0);
		expect(await portOf(machine)).toBe(5002);
	});

	test('one that no longer fits the machine is refused without naming options', async () => {
		const machine = await withPorts(5001, 5002, 5003);
		await machine.events.change({listeners: [{port: 5002, program: 'nginx'}]});
		expect(await printedRefusal(machine, 'rollback')).toMatchObject({
			message: expect.stringMatching(/^Cannot restore the settings used until /u),
			detail: expect.stringMatching(/^Port 5002 is in use by /u),
			fixes: [expect.stringMatching(/^vira-setup rollback --to 2 /u)],
			problems: [{setting: 'port'}],
			exit: 3,
		});
	});
});

describe('text written by the user belongs to the user', () => {
	test('a backup that was changed stays through updates and an uninstall, which names it', async () => {
		const machine = await withPorts(5001, 5002);
		const copy = await copyWith(machine, 5001);
		await machine.writeFile(copy, 'my notes', 0o600);
		for (const port of [5003, 5004, 5005, 5006, 5001, 5007]) await run(machine, '--port', String(port));
		expect(await read(machine, copy)).toBe('my notes');
		await machine.move(copy, '/home/alice/aside');
		expect(await keptPorts(machine)).toEqual([5001, 5005, 5006]);
		await machine.move('/home/alice/aside', copy);
		const {document} = await run(machine, 'uninstall');
		expect([await read(machine, copy), JSON.stringify(document['leftovers'])]).toEqual([
			'my notes',
			expect.stringContaining(copy),
		]);
	});

	test('a service file that was written by hand is kept permanently, and named by an uninstall', async () => {
		const machine = await setUp();
		await change(machine, unitPath, (text) => `${text}# mine\n`);
		await run(machine, '--overwrite');
		for (const port of [5002, 5003, 5004, 5005, 5006]) await run(machine, '--port', String(port));
		const mine = (await keptOf(machine, /^vira\./u)).filter((text) => text.endsWith('# mine\n'));
		expect([mine.length, (await copiesOf(machine, /^vira\./u)).length]).toEqual([1, 4]);
		await run(machine, 'uninstall');
		expect(await keptOf(machine, /./u)).toEqual(mine);
	});
});

test('a service file from before vira-setup survives an uninstall, the next setup and its uninstall', async () => {
	const machine = await simulate();
	const mine = '[Service]\nExecStart=/bin/true\n';
	await put(machine, unitPath, mine);
	await run(machine, '--overwrite');
	const [copy = ''] = await copiesOf(machine, /^vira\.by-hand\./u);
	for (let round = 0; round < 2; round += 1) {
		const {document} = await run(machine, 'uninstall');
		const left = (document['leftovers'] as readonly {path: string | null; what: string}[]).filter(({path}) =>
			path?.includes('versions'),
		);
		const what = 'a backup of your own text, which vira-setup replaced';
		expect([left.map((one) => [one.path, one.what]), await read(machine, copy)]).toEqual([
			[[copy, what]],
			mine,
		]);
		for (const port of [7001, 7002, 7003, 7004, 7005]) await run(machine, '--port', String(port));
	}
	expect(await read(machine, copy)).toBe(mine);
	await run(machine, 'uninstall', '--overwrite', '--purge');
	expect(await machine.inspect(versions)).toBeUndefined();
	// Without a receipt it is named too.
	await put(machine, copy, mine);
	expect(JSON.stringify((await run(machine, 'uninstall')).document['leftovers'])).toContain(copy);
});

describe('a receipt that is missing or damaged', () => {
	test.each([
		['gone', (machine: Simulation) => machine.deleteFile(receiptPath)],
		['cut off', (machine: Simulation) => change(machine, receiptPath, (text) => text.slice(0, 40))],
		[
			'wrong',
			(machine: Simulation) =>
				change(machine, receiptPath, (text) => text.replace('"kept": [', '"kept": [null, 5, {"of": 1},')),
		],
		[
			'has another type',
			(machine: Simulation) =>
				change(machine, receiptPath, (text) => text.replace('"kept": [', '"kept": "x", "other": [')),
		],
		[
			'without times',
			(machine: Simulation) =>
				change(machine, receiptPath, (text) => text.replaceAll(/"until": "[^"]*"/gu, '"until": "x"')),
		],
	])('%s: the backups show what they are', async (_, spoil) => {
		const machine = await withPorts(5001, 5002);
		await spoil(machine);
		expect((await run(machine, 'rollback', '--overwrite')).code).toBe(0);
		expect([await portOf(machine), await keptPorts(machine)]).toEqual([5001, [5002]]);
		await run(machine, 'uninstall');
		// Without a receipt it is unknown whether a service file was ours.
		expect((await copiesOf(machine, /./u)).filter((copy) => !copy.endsWith('.service'))).toEqual([]);
	});
});

describe('the backup folder', () => {
	test.each([
		['a file', (machine: Simulation) => put(machine, versions, 'mine'), 'exists and is not a folder.', 'mv'],
		[
			'a link',
			async (machine: Simulation) =>
				machine.events.change({links: {...(await machine.events.state()).links, [versions]: '/tmp/pub'}}),
			'exists and is not a folder.',
			'mv',
		],
	])('%s in its place is reported, and nothing is done', async (_, make, what, command) => {
		const machine = await setUp();
		await make(machine);
		const refused = {
			message: `${versions} ${what}`,
			fixes: [expect.stringMatching(`^${command} ${versions}`)],
			exit: 3,
		};
		expect(await printedRefusal(machine, '--port', '5002')).toMatchObject(refused);
		expect(await portOf(machine)).toBe(5005);
		expect((await lines(machine, 'doctor')).join('\n')).toContain(
			`~/.local/state/vira-setup/versions ${what}`,
		);
	});

	test('backups that others can read are made private by the next change', async () => {
		const machine = await withPorts(5001, 5002);
		const copy = await copyWith(machine, 5001);
		await machine.writeFile(copy, await read(machine, copy), 0o644);
		await run(machine, '--port', '5003');
		expect((await machine.inspect(copy))?.mode).toBe(0o600);
	});
});

describe('earlier secrets', () => {
	test.each([
		['an uninstall', ['uninstall']],
		['a discarded backup', ['--port', '5004']],
		['a rollback', ['rollback', '--dry-run']],
	])('are not in the document of %s', async (_, words) => {
		const machine = await setUp(
			{},
			'--service-config',
			'SetCredential=pw:hunter2secret',
			'--environment',
			'TOKEN=hunter3secret',
		);
		await run(machine, '--no-service-config', '--no-environment');
		for (const port of [5001, 5002]) await run(machine, '--port', String(port));
		const {written} = await run(machine, ...words);
		expect([written.includes('hunter'), written.includes('versions/settings.')]).toEqual([false, true]);
	});
});

test('the report says which settings it restores', async () => {
	const {document} = await run(await withPorts(5001, 5002), 'rollback', '--dry-run');
	expect(document['warnings']).toContainEqual(
		warned({
			code: 'goes-back',
			message: expect.stringMatching(/settings used until 2026-03-02 \d\d:\d\d\.$/u),
		}),
	);
});
