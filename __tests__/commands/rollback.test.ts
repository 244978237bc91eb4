import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {unitPath} from '../support/installed.ts';
import {behave, setUp} from '../support/linux-states.ts';
import {simulateMac} from '../support/simulated-mac.ts';
import {pictureOf, type Pictured} from '../support/picture-of.ts';
import {printedRefusal, run} from '../support/run-command.ts';
import {
	keptOf,
	keptPorts,
	portOf,
	read,
	receiptPath,
	settingsPath,
	versions,
	withPorts,
} from '../support/versions.ts';

test('the previous settings and service are restored, byte for byte, and Vira runs with them', async () => {
	const machine = await setUp({}, '--repository', 'a=https://git.example/a');
	const before = [await read(machine, settingsPath), await read(machine, unitPath)];
	await run(machine, '--port', '5006', '--environment', 'A=b');
	const {code, document} = await run(machine, 'rollback');
	expect([code, document.outcome, document['url']]).toEqual([0, 'updated', 'https://localhost:5005/']);
	expect([await read(machine, settingsPath), await read(machine, unitPath)]).toEqual(before);
	expect((await run(machine, '--check')).code).toBe(0);
});

test('a second rollback restores what the first replaced', async () => {
	const machine = await withPorts(5005, 5006);
	await run(machine, 'rollback');
	expect(await portOf(machine)).toBe(5005);
	await run(machine, 'rollback');
	expect(await portOf(machine)).toBe(5006);
});

test('--to goes back further', async () => {
	const machine = await withPorts(5005, 5006, 5007, 5008);
	expect((await run(machine, 'rollback', '--to', '3')).code).toBe(0);
	expect(await portOf(machine)).toBe(5005);
});

test('the last three versions of each file are kept, for their owner alone', async () => {
	const machine = await withPorts(5001, 5002, 5003, 5004, 5005);
	expect(await keptPorts(machine)).toEqual([5002, 5003, 5004]);
	expect(await keptOf(machine, /^vira\..*\.service$/u)).toHaveLength(3);
	const names = await machine.list(versions);
	expect(names).toHaveLength(6);
	for (const name of names ?? []) expect((await machine.inspect(`${versions}/${name}`))?.mode).toBe(0o600);
	expect((await machine.inspect(versions))?.mode).toBe(0o700);
});

test('a text that is used again is kept once, so that repeated rollbacks lose no older one', async () => {
	const machine = await withPorts(5005, 5006, 5007);
	for (let count = 0; count < 6; count += 1) await run(machine, 'rollback');
	expect([await portOf(machine), await keptPorts(machine)]).toEqual([5007, [5005, 5006]]);
	expect((await run(machine, 'rollback', '--to', '2')).code).toBe(0);
	expect(await portOf(machine)).toBe(5005);
});

test('a service file that was changed by hand is kept when it is replaced', async () => {
	const machine = await setUp();
	await machine.writeFile(unitPath, `${await read(machine, unitPath)}# mine\n`, 0o600);
	expect((await run(machine, '--overwrite')).code).toBe(0);
	expect(await read(machine, unitPath)).not.toContain('# mine');
	expect((await keptOf(machine, /^vira\./u)).map((text) => text.split('\n').at(-2))).toEqual(['# mine']);
});

test('keys of another version in the settings file are restored with it', async () => {
	const machine = await setUp();
	const text = (await read(machine, settingsPath)).replace('"port"', '"colour": "blue",\n\t"port"');
	await machine.writeFile(settingsPath, text, 0o600);
	await run(machine, '--port', '5006');
	await machine.writeFile(settingsPath, (await read(machine, settingsPath)).replace('blue', 'red'), 0o600);
	await run(machine, 'rollback');
	expect(JSON.parse(await read(machine, settingsPath))).toMatchObject({port: 5005, colour: 'blue'});
});

test('a Vira that does not start with them is undone', async () => {
	const machine = await withPorts(5005, 5006);
	await behave(machine, 'exits-at-once');
	const before = await pictureOf(machine);
	const {code, document} = await run(machine, 'rollback');
	expect([code, document.outcome, await portOf(machine)]).toEqual([6, 'failed', 5006]);
	expect((await pictureOf(machine)).files).toEqual(before.files);
});

test('--check reports whether it would change something, and changes nothing', async () => {
	const machine = await withPorts(5005, 5006);
	const before = await pictureOf(machine);
	expect((await run(machine, 'rollback', '--check')).code).toBe(10);
	expect(await pictureOf(machine)).toEqual(before);
});

test('backups are removed by an uninstall; one that was changed by hand stays, and is named', async () => {
	const machine = await withPorts(5005, 5006);
	const [name = ''] = ((await machine.list(versions)) ?? []).filter((one) => one.startsWith('settings.'));
	await machine.writeFile(`${versions}/${name}`, 'mine', 0o600);
	const {document} = await run(machine, 'uninstall');
	expect(JSON.stringify(document['leftovers'])).toContain(name);
	expect(await machine.list(versions)).toEqual([name]);
});

test('on a Mac, a daemon is rolled back too', async () => {
	const machine = await simulateMac({mac: {sudo: 'free'}});
	await run(machine, '--domain', 'system');
	await run(machine, '--port', '5006');
	expect((await run(machine, 'rollback')).code).toBe(0);
	const text = await read(machine, '/Library/LaunchDaemons/org.vira.service.plist');
	expect(text).toMatch(/<string>5005<\/string>/u);
	const names = (await machine.list('/Users/alice/.local/state/vira-setup/versions')) ?? [];
	expect(names.filter((name) => /^org\.vira\.service\..*\.plist$/u.test(name))).toHaveLength(1);
});

describe('missing settings do not block a rollback', () => {
	const broken = '{"format": 1, "port": 50006, "environment": {"TOKEN": "very secret"';
	const hint = 'vira-setup rollback   restores the previous settings';

	test.each([
		['damaged by a typo', broken, 2],
		['gone', undefined, 3],
	])('%s', async (_, text, status) => {
		const machine = await withPorts(5005, 5006);
		await (text === undefined
			? machine.deleteFile(settingsPath)
			: machine.writeFile(settingsPath, text, 0o600));
		const refused = {exit: status, fixes: expect.arrayContaining([hint])};
		expect(await printedRefusal(machine)).toMatchObject(refused);
		const {code, written} = await run(machine, 'rollback');
		expect([code, await portOf(machine), written.includes('very secret')]).toEqual([0, 5005, false]);
		expect((await run(machine, '--check')).code).toBe(0);
		expect((await keptOf(machine, /^settings\./u)).includes(broken)).toBe(text === broken);
	});

	test('a damaged file is restored if Vira does not start', async () => {
		const machine = await withPorts(5005, 5006);
		await machine.writeFile(settingsPath, broken, 0o600);
		await behave(machine, 'exits-at-once');
		expect((await run(machine, 'rollback')).code).toBe(6);
		expect(await read(machine, settingsPath)).toBe(broken);
	});

	test('without backups, the problem with the settings is reported', async () => {
		const machine = await setUp();
		await machine.writeFile(settingsPath, broken, 0o600);
		const failure = await printedRefusal(machine, 'rollback');
		expect(failure).toMatchObject({
			message: `The saved settings in ${settingsPath} are not valid.`,
			fixes: ['Fix the file, or move it aside to start over.'],
		});
	});
});

describe('nothing to restore', () => {
	test('if Vira is not set up', async () => {
		expect(await printedRefusal(await simulate(), 'rollback')).toMatchObject({
			message: 'Vira is not set up here.',
			exit: 3,
		});
	});

	test('if nothing has been replaced yet', async () => {
		expect(await printedRefusal(await setUp(), 'rollback')).toEqual({
			message: 'No previous settings found.',
			detail: 'vira-setup has not replaced any settings here yet.',
			exit: 3,
		});
	});

	test('that far back: the available ones are listed', async () => {
		const failure = await printedRefusal(await withPorts(5005, 5006), 'rollback', '--to', '2');
		expect(failure).toMatchObject({message: 'Backup 2 of the settings does not exist.', exit: 3});
		expect((failure as {detail: string}).detail).toMatch(
			/^These can be restored:\n {2}--to 1 {3}the settings used until 2026-03-02 \d\d:\d\d$/u,
		);
	});

	test.each(['0', '4', 'x', ''])('--to %j', async (back) => {
		const machine = await withPorts(5005, 5006);
		await expect(run(machine, 'rollback', '--to', back)).rejects.toMatchObject({failure: {exit: 2}});
	});
});

describe('after a run that was killed it waits until that run is completed, and says so', () => {
	test.each([
		['that its settings are saved already', 5006, 'Its settings are saved, but Vira may not use them yet.'],
		['that they are not', 5005, 'Its settings were not saved: the previous settings still apply.'],
	])('%s', async (_, saved, why) => {
		const machine = await withPorts(5005, 5006);
		const [before = ''] = await keptOf(machine, /^settings\./u);
		await machine.writeFile(
			receiptPath,
			(await read(machine, receiptPath)).replace('"complete"', '"pending"'),
			0o600,
		);
		if (saved === 5005) await machine.writeFile(settingsPath, before, 0o600);
		const what = 'An earlier run of vira-setup was interrupted.';
		expect(await printedRefusal(machine, 'rollback')).toMatchObject({message: what, detail: why, exit: 3});
		expect([(await run(machine)).code, await portOf(machine)]).toEqual([0, saved]);
	});
});

describe('a file written by a newer vira-setup', () => {
	const asNewer = async (machine: Simulation, path: string): Promise<void> =>
		machine.writeFile(path, (await read(machine, path)).replace('"schema": 1', '"schema": 2'), 0o600);

	test.each([
		['settings', settingsPath, ['--port', '5007']],
		['receipt', receiptPath, ['--port', '5007']],
		['settings, and going back', settingsPath, ['rollback']],
	])('is not replaced: %s', async (_, path, words) => {
		const machine = await withPorts(5005, 5006);
		await asNewer(machine, path);
		const before = await pictureOf(machine);
		expect(await printedRefusal(machine, ...words)).toMatchObject({
			message: `${path} was written by a newer version of vira-setup.`,
			fixes: [
				'Use the newer version.',
				`To start over with this version, move it aside: mv ${path} ${path}.away`,
			],
			exit: 3,
		});
		expect(await pictureOf(machine)).toEqual(before);
	});
});

test.each([
	['from before formats', '{"port": 5006, "other": [1]}'],
	['that begin with a byte order mark', '\uFEFF{"schema": 1, "port": 5006, "other": [1]}'],
])('settings %s are used, rewritten, and kept as they were', async (_, old) => {
	const machine = await setUp();
	await machine.writeFile(settingsPath, old, 0o600);
	expect((await run(machine)).document.outcome).toBe('updated');
	expect(JSON.parse(await read(machine, settingsPath))).toMatchObject({schema: 1, port: 5006, other: [1]});
	expect(await keptOf(machine, /^settings\./u)).toEqual([old]);
});

describe("Vira's repositories are saved to a file", () => {
	const exportsIn = async (machine: Pictured): Promise<readonly string[]> => {
		const state = '/home/alice/.local/share/vira/state';
		const names = ((await machine.list(state)) ?? []).filter((name) => name.startsWith('before-update-'));
		return Promise.all(names.map((name) => read(machine, `${state}/${name}`)));
	};
	const repository = ['--repository', 'a=https://git.example/a'];

	test('before another program gets the state', async () => {
		const machine = await setUp({}, ...repository);
		expect((await run(machine, '--package', 'github:juspay/vira')).code).toBe(0);
		expect((await exportsIn(machine)).map((text) => JSON.parse(text) as unknown)).toEqual([
			{repositories: {a: 'https://git.example/a'}},
		]);
	});

	test('before another state folder takes its place', async () => {
		const machine = await setUp({}, ...repository);
		expect((await run(machine, '--state-dir', '/home/alice/state')).code).toBe(0);
		expect((await exportsIn(machine)).map((text) => JSON.parse(text) as unknown)).toEqual([
			{repositories: {a: 'https://git.example/a'}},
		]);
	});

	test('and not when neither changes', async () => {
		const machine = await setUp({}, ...repository);
		await run(machine, '--port', '5006');
		expect(await exportsIn(machine)).toEqual([]);
	});

	test('an update that is undone leaves no such file', async () => {
		const machine = await setUp({}, ...repository);
		await behave(machine, 'exits-at-once');
		expect((await run(machine, '--state-dir', '/home/alice/state')).code).toBe(6);
		expect(await exportsIn(machine)).toEqual([]);
	});
});
