import {expect, test} from '@jest/globals';
import {parseRequest} from '../../src/command-line/request.ts';
import {unitPath} from '../support/installed.ts';
import {lines} from '../support/run-command.ts';
import {simulate, type Simulation} from '../support/simulated-linux.ts';

const stateFolder = '/home/alice/.local/share/vira/state';
const lingerFile = '/var/lib/systemd/linger/alice';

const parse = (typed: string) =>
	parseRequest(typed.split(' '), {environment: {}, read: async () => undefined});

const setUp = async (): Promise<Simulation> => {
	const machine = await simulate();
	expect((await lines(machine, '-y')).slice(0, 2)).toEqual([0, 'installed']);
	return machine;
};

const changeByHand = async (machine: Simulation): Promise<void> =>
	machine.writeFile(unitPath, `${(await machine.readFile(unitPath)) ?? ''}# mine\n`, 0o600);

test.each(['-y', '--yes', 'rollback -y', 'uninstall -y', '-y --dry-run', '-y --check', '-y --json'])(
	'%s asks nothing',
	async (typed) => {
		expect((await parse(typed)).interactive).toBe(false);
	},
);

test('at a terminal, sudo can ask for a password with --yes, and not with --non-interactive', async () => {
	expect((await parse('--yes')).mayBeAsked).toBe(true);
	expect((await parse('--yes --non-interactive')).mayBeAsked).toBe(false);
});

test.each(['status', 'start', 'stop', 'restart', 'logs', 'doctor', 'export', 'completion bash'])(
	'%s, which never asks, says so to --yes',
	async (typed) => {
		const [command] = typed.split(' ');
		await expect(parse(`${typed} -y`)).rejects.toMatchObject({
			failure: {exit: 2, message: `--yes is not valid with "${command}", which never asks.`},
		});
	},
);

test('--yes does not replace a service file that was changed by hand', async () => {
	const machine = await setUp();
	await changeByHand(machine);
	const [code, ...said] = await lines(machine, '-y --port 5006');
	expect(code).toBe(3);
	expect(said.join('\n')).toContain('vira-setup --overwrite   replaces it');
	expect(await machine.readFile(unitPath)).toContain('# mine');
	expect((await lines(machine, '-y --port 5006 --overwrite')).slice(0, 2)).toEqual([0, 'updated']);
});

test('uninstall --yes keeps the state, lingering and a file that was changed by hand', async () => {
	const machine = await setUp();
	await changeByHand(machine);
	expect((await lines(machine, 'uninstall -y')).slice(0, 2)).toEqual([0, 'removed']);
	expect(await machine.inspect(stateFolder)).toBeDefined();
	expect(await machine.inspect(lingerFile)).toBeDefined();
	expect(await machine.readFile(unitPath)).toContain('# mine');
});

test('uninstall --yes deletes what its options name', async () => {
	const machine = await setUp();
	await changeByHand(machine);
	const all = 'uninstall -y --purge --overwrite --disable-linger';
	expect((await lines(machine, all)).slice(0, 2)).toEqual([0, 'removed']);
	for (const path of [stateFolder, lingerFile, unitPath])
		expect([path, await machine.inspect(path)]).toEqual([path, undefined]);
});

test('rollback --yes restores the previous settings', async () => {
	const machine = await setUp();
	await lines(machine, '-y --port 5006');
	expect((await lines(machine, 'rollback -y')).slice(0, 2)).toEqual([0, 'updated']);
	expect(await machine.readFile('/home/alice/.config/vira-setup/settings.json')).toContain('"port": 5005');
});

test('the printed command replaces --yes', async () => {
	expect((await lines(await simulate(), '-y --port 5006 --print-command'))[1]).toBe(
		'vira-setup --non-interactive --port 5006',
	);
});
