import {describe, expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {entriesIn} from '../support/disks.ts';
import {putBytes} from '../support/in-folder.ts';
import {put, unitPath} from '../support/installed.ts';
import {agentPath, simulateMac} from '../support/simulated-mac.ts';
import {attempt, lines, run} from '../support/run-command.ts';

const home = '/home/alice';
const state = `${home}/.local/state/vira-setup`;
const settingsPath = `${home}/.config/vira-setup/settings.json`;

const setUp = async (): Promise<Simulation> => {
	const machine = await simulate();
	await run(machine, '--repository', 'a=https://x/a', '--port', '7001');
	return machine;
};

/** Whether the file still contains these bytes. */
const holds = ({folder}: Simulation, path: string, content: Buffer): boolean => {
	const entry = entriesIn(folder).find(([one]) => one === path)?.[1];
	return (
		entry !== undefined && 'content' in entry && content.equals(Buffer.from(entry.content as Uint8Array))
	);
};

/** The text of the file with a byte that is not UTF-8. */
const spoil = async (machine: Simulation, path: string): Promise<Buffer> => {
	const text = (await machine.readFile(path)) ?? '';
	const content = Buffer.concat([Buffer.from(text), Buffer.from([0x23, 0xe9, 0x0a])]);
	putBytes(machine, path, {content});
	return content;
};

const large = Buffer.alloc(5 * 2 ** 20, 0x20);

const ours = [
	settingsPath,
	`${state}/receipt.json`,
	`${home}/.config/vira-setup/initial-state.json`,
	unitPath,
] as const;

const changing = ['--port 7002', '--port 7002 --overwrite', 'rollback'] as const;

describe.each(ours)('%s that is not text', (path) => {
	test.each(changing)('is refused by name, and stays unchanged: %s', async (typed) => {
		const machine = await setUp();
		await run(machine, '--port', '7003');
		const content = await spoil(machine, path);
		const {code, document} = await attempt(machine, ...typed.split(' '));
		expect([code, document]).toMatchObject([
			3,
			{error: {message: expect.stringMatching(`^${path} is not UTF-8 text: see line \\d+\\.$`)}},
		]);
		expect(holds(machine, path, content)).toBe(true);
	});

	test.each(['status', 'doctor', 'start', 'restart'])('is named by %s', async (verb) => {
		const machine = await setUp();
		await spoil(machine, path);
		const said = (await lines(machine, verb)).join('\n');
		expect(said).toMatch(new RegExp(`(?:~|${home})${path.slice(home.length)} is not UTF-8 text`, 'u'));
		expect(said).not.toContain('bug in vira-setup');
	});

	test('and one that is too large is refused by name too', async () => {
		const machine = await setUp();
		putBytes(machine, path, {content: large});
		expect(await lines(machine, '--non-interactive --port 7002')).toEqual([
			3,
			`vira-setup: ${path} is too large: the limit is 4 MiB.`,
			`  Move it aside: mv ${path} ${path}.away`,
		]);
	});
});

test.each([unitPath, settingsPath])(
	'an uninstall keeps %s that is not UTF-8, byte for byte',
	async (path) => {
		const machine = await setUp();
		const content = await spoil(machine, path);
		const {document} = await run(machine, 'uninstall', '--overwrite');
		expect(document['leftovers']).toContainEqual(
			expect.objectContaining({path, what: 'changed by hand and kept: it is not UTF-8 text, or too large'}),
		);
		expect(holds(machine, path, content)).toBe(true);
	},
);

test('an uninstall with a receipt that is not text says so, and removes nothing', async () => {
	const machine = await setUp();
	await spoil(machine, `${state}/receipt.json`);
	const {code, document} = await attempt(machine, 'uninstall');
	expect([code, document]).toMatchObject([
		3,
		{error: {message: expect.stringContaining(`${state}/receipt.json is not a receipt`)}},
	]);
	expect(await machine.readFile(unitPath)).toBeDefined();
});

describe('a backup that is not text, or too large', () => {
	const copyOf = async (machine: Simulation): Promise<string> => {
		const names = (await machine.list(`${state}/versions`)) ?? [];
		const name = names.find((one) => one.startsWith('settings.'));
		return `${state}/versions/${name ?? ''}`;
	};

	test.each([
		['not text', Buffer.from([0x7b, 0xff, 0x7d])],
		['too large', large],
	])('counts as missing, and its name is not reused: %s', async (_, content) => {
		const machine = await setUp();
		await run(machine, '--port', '7003');
		const copy = await copyOf(machine);
		putBytes(machine, copy, {content});
		// The text in the backup is replaced again, and would be kept under the same name.
		await run(machine, '--port', '7001');
		await run(machine, '--port', '7003');
		expect(holds(machine, copy, content)).toBe(true);
		expect((await lines(machine, 'rollback --check'))[0]).toBe(10);
	});

	test('is not opened if it is not ours', async () => {
		const machine = await setUp();
		await run(machine, '--port', '7003');
		putBytes(machine, `${state}/versions/stray`, {content: large});
		putBytes(machine, `${state}/versions/settings.0123456789abcdef.json`, {content: large});
		expect((await lines(machine, 'rollback --non-interactive'))[0]).toBe(0);
		expect((await lines(machine, 'status'))[0]).toBe(0);
	});
});

test('a file half written by a killed run, in the middle of a character, is removed', async () => {
	const machine = await setUp();
	const half = `${home}/.config/vira-setup/.settings.json.vira-setup~`;
	putBytes(machine, half, {content: Buffer.from([0x7b, 0xe2, 0x82])});
	await run(machine, 'uninstall');
	expect(await machine.list(`${home}/.config/vira-setup`)).toBeUndefined();
});

test('a drop-in that is not text, a masked one, and a folder next to it block nothing', async () => {
	const machine = await setUp();
	const dropIn = `${unitPath}.d/a.conf`;
	await put(machine, dropIn, '');
	const content = Buffer.from('# caf\xe9\n[Service]\nNoNewPrivileges=false\n', 'latin1');
	putBytes(machine, dropIn, {content, mode: 0o644});
	await machine.makeFolder(`${unitPath}.d/folder`, 0o755);
	await machine.events.change({
		links: {...(await machine.events.state()).links, [`${unitPath}.d/b.conf`]: '/dev/null'},
	});
	expect((await lines(machine, 'restart'))[0]).toBe(0);
	expect((await lines(machine, 'status'))[0]).toBe(0);
	expect((await lines(machine, 'doctor')).join('\n')).toContain('a.conf overrides NoNewPrivileges');
});

test('a property list that is not text is refused by name, and stays unchanged', async () => {
	const machine = await simulateMac();
	await run(machine);
	const plist = agentPath;
	const content = Buffer.concat([Buffer.from((await machine.readFile(plist)) ?? ''), Buffer.from([0xe9])]);
	putBytes(machine, plist, {content, mode: 0o644});
	const {code, document} = await attempt(machine, '--port', '7002', '--overwrite');
	expect([code, document]).toMatchObject([
		3,
		{error: {message: expect.stringContaining(`${plist} is not UTF-8 text`)}},
	]);
	expect((await lines(machine, 'status')).join('\n')).toContain('is not UTF-8 text');
});
