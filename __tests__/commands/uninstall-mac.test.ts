import {describe, expect, test} from '@jest/globals';
import {macPresets} from '../support/mac-presets.ts';
import {agentPath, launched} from '../support/simulated-mac.ts';
import {places} from '../support/mac-program.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {pictureOf} from '../support/picture-of.ts';
import {lines, refusal, run} from '../support/run-command.ts';

const receiptPath = '/Users/alice/.local/state/vira-setup/receipt.json';

describe('uninstall without its receipt', () => {
	test.each([
		['gui', {}],
		['user', macPresets.headless],
		['system', {mac: {sudo: 'free'}}],
	] as const)(
		'a service in the domain %s: it says so, removes nothing, and exits with 3',
		async (domain, given) => {
			const machine = await macSetUp(given, '--domain', domain);
			await machine.deleteFile(receiptPath);
			const before = await pictureOf(machine);
			expect(await refusal(machine, 'uninstall', '--purge')).toMatchObject({
				exit: 3,
				message: `${places[domain].path} was created by vira-setup, but its receipt was not found: it is unknown what to remove.`,
				detail: `${receiptPath} does not exist: XDG_STATE_HOME may have had another value when Vira was set up.`,
			});
			expect(await pictureOf(machine)).toEqual(before);
			expect(await launched(machine)).toEqual([`${places[domain].id} running 1 ${places[domain].path}`]);
		},
	);

	test('its advice works: a setup, then an uninstall', async () => {
		const machine = await macSetUp();
		await machine.deleteFile(receiptPath);
		expect((await run(machine)).code).toBe(0);
		expect((await run(machine, 'uninstall')).document.outcome).toBe('removed');
		expect(await launched(machine)).toEqual([]);
	});

	test('status names the owner of the service', async () => {
		const machine = await macSetUp();
		await machine.deleteFile(receiptPath);
		await machine.deleteFile('/Users/alice/.config/vira-setup/settings.json');
		expect((await lines(machine, 'status')).slice(1, 3)).toEqual([
			'✖ Vira is not set up here.',
			`  Found a service created by vira-setup: ${agentPath} (running, PID 1201)`,
		]);
	});

	test('a file of ours that was changed by hand and kept by an uninstall is kept once more', async () => {
		const machine = await macSetUp();
		const text = (await machine.readFile(agentPath)) ?? '';
		await machine.writeFile(agentPath, text.replace('5005', '5006'), 0o644);
		for (const outcome of ['removed', 'unchanged'])
			expect((await run(machine, 'uninstall')).document.outcome).toBe(outcome);
	});
});
