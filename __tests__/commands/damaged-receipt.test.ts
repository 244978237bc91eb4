import {describe, expect, jest, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {detect} from '../../src/steps/detect.ts';
import {hashOf} from '../../src/platform/installed/receipt.ts';
import {survey} from '../../src/steps/health/survey.ts';
import {put, unitPath} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import {refusal, run} from '../support/run-command.ts';
import {loopLimitMs} from '../support/limits.ts';

jest.setTimeout(loopLimitMs);

const home = '/home/alice';
const settingsPath = `${home}/.config/vira-setup/settings.json`;
const receiptPath = `${home}/.local/state/vira-setup/receipt.json`;

interface Receipt {
	readonly files: Readonly<Record<string, unknown>>;
	readonly folders: readonly unknown[];
}

const receiptOf = async (machine: Simulation): Promise<Receipt> =>
	JSON.parse((await machine.readFile(receiptPath)) ?? '') as Receipt;

/** A machine on which Vira is set up, and its receipt has become another. */
const machineWith = async (change: (receipt: Receipt) => object): Promise<Simulation> => {
	const machine = await setUp();
	const changed = change(await receiptOf(machine));
	await machine.writeFile(receiptPath, JSON.stringify(changed), 0o600);
	return machine;
};

const withFile = (path: string, hash: unknown) => (receipt: Receipt) => ({
	...receipt,
	files: {...receipt.files, [path]: hash},
});

const withFolder = (folder: unknown) => (receipt: Receipt) => ({
	...receipt,
	folders: [...receipt.folders, folder],
});

const isGone = async (machine: Simulation, path: string): Promise<boolean> =>
	(await machine.inspect(path)) === undefined;

const drift = async (machine: Simulation): Promise<readonly string[]> =>
	(await survey(machine, await detect(machine))).drift.map(({code}) => code);

describe('uninstall believes only the paths in the receipt that belong to vira-setup', () => {
	test.each([
		[`${home}/.ssh/id`, hashOf('text')],
		[`${home}/.ssh/id`, '0'],
		['/home/bob/x', hashOf('text')],
		[`${home}/vira-setup/../.ssh/id`, hashOf('text')],
		[`${home}/.config/vira-setup/../../.ssh/settings.json`, hashOf('text')],
	])('the file %s, hash %.6s, stays', async (path, hash) => {
		const machine = await machineWith(withFile(path, hash));
		await put(machine, path, 'text');
		expect(await run(machine, 'uninstall', '--overwrite')).toMatchObject({
			code: 0,
			document: {outcome: 'removed'},
		});
		expect(await machine.readFile(path)).toBe('text');
		expect(await isGone(machine, unitPath)).toBe(true);
	});

	test.each([
		['/home/bob/empty', '/home/bob/empty'],
		[`${home}/Empty`, `${home}/Empty`],
		[`${home}/.config/../Empty`, `${home}/Empty`],
		[`${home}/.config/systemd/../../Empty`, `${home}/Empty`],
	])('the empty folder %s stays', async (listed, folder) => {
		const machine = await machineWith(withFolder(listed));
		await put(machine, `${folder}/x`, '');
		await machine.deleteFile(`${folder}/x`);
		expect((await run(machine, 'uninstall', '--purge')).code).toBe(0);
		expect(await isGone(machine, folder)).toBe(false);
		expect(await isGone(machine, `${home}/.config/systemd`)).toBe(true);
	});

	test('files written under another XDG_CONFIG_HOME are removed', async () => {
		const machine = await simulate({environment: {XDG_CONFIG_HOME: '/home/alice/cfg'}});
		await run(machine);
		const now = {...machine, environment: {}};
		expect((await run(now, 'uninstall')).document.outcome).toBe('removed');
		expect(await isGone(machine, `${home}/cfg`)).toBe(true);
	});
});

/** Only a single entry in it is wrong. */
const partly: readonly (readonly [string, (receipt: Receipt) => object])[] = [
	['folders: [… 1]', withFolder(1)],
	['folders: [… null]', withFolder(null)],
	['folders: [… "relative"]', withFolder('relative')],
	['folders: [… ""]', withFolder('')],
	['folders: [… "/a\\0b"]', withFolder('/a\0b')],
	['files: {… "rel": "x"}', withFile('rel', 'x')],
	['files: {… "": "x"}', withFile('', 'x')],
	['files: {… "/x": 5}', withFile('/x', 5)],
	['filesBefore: null', (receipt) => ({...receipt, filesBefore: null})],
	['filesBefore: {"rel": "x"}', (receipt) => ({...receipt, filesBefore: {rel: 'x'}})],
	['stateFolder: 5', (receipt) => ({...receipt, stateFolder: 5})],
	['stateFolder: ""', (receipt) => ({...receipt, stateFolder: ''})],
	['stateFolder: "state"', (receipt) => ({...receipt, stateFolder: 'state'})],
	['links: 5', (receipt) => ({...receipt, links: 5})],
	['links: [null]', (receipt) => ({...receipt, links: [null]})],
	['kept: [null]', (receipt) => ({...receipt, kept: [null]})],
	['kept: {}', (receipt) => ({...receipt, kept: {}})],
	['states: {}', (receipt) => ({...receipt, states: {}})],
	['states: [{path: "/x"}]', (receipt) => ({...receipt, states: [{path: '/x'}]})],
	['at: 5', (receipt) => ({...receipt, at: 5})],
	['lingerEnabled: "yes"', (receipt) => ({...receipt, lingerEnabled: 'yes'})],
	['removing: "no"', (receipt) => ({...receipt, removing: 'no'})],
];

describe.each(partly)('a receipt with %s', (_, change) => {
	test('does not block removing the rest', async () => {
		const machine = await machineWith(change);
		expect(await run(machine, 'uninstall', '--purge')).toMatchObject({
			code: 0,
			document: {outcome: 'removed'},
		});
		expect(await isGone(machine, unitPath)).toBe(true);
	});

	test('is reported by status, and rewritten by a setup that has nothing else to do', async () => {
		const machine = await machineWith(change);
		expect(await drift(machine)).toEqual(['receipt-unreadable']);
		const {mainPid} = (await detect(machine)).service;
		expect((await run(machine)).document.outcome).toBe('updated');
		const {files, folders} = await receiptOf(machine);
		expect(Object.keys(files)).toEqual([settingsPath, unitPath]);
		expect(folders.filter((folder) => !String(folder).startsWith(home))).toEqual([]);
		expect((await detect(machine)).service.mainPid).toBe(mainPid);
		expect(await drift(machine)).toEqual([]);
		expect((await run(machine)).document.outcome).toBe('unchanged');
	});
});

test.each([
	['files: []', (receipt: Receipt) => ({...receipt, files: []})],
	['files: ["x"]', (receipt: Receipt) => ({...receipt, files: ['x']})],
	['files: null', (receipt: Receipt) => ({...receipt, files: null})],
	['folders: {}', (receipt: Receipt) => ({...receipt, folders: {}})],
	['state: "done"', (receipt: Receipt) => ({...receipt, state: 'done'})],
	['nothing but a list', () => []],
])(
	'a receipt with %s is not recognized: uninstall reports that, and a setup rewrites it',
	async (_, change) => {
		const machine = await machineWith(change);
		expect(await refusal(machine, 'uninstall')).toMatchObject({
			exit: 3,
			message: expect.stringContaining(`${receiptPath} is not a receipt that this vira-setup can read`),
		});
		expect(await drift(machine)).toEqual(['receipt-unreadable']);
		await run(machine);
		expect((await run(machine, 'uninstall')).document.outcome).toBe('removed');
	},
);
