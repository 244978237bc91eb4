import {describe, expect, test} from '@jest/globals';
import {hashOf, parseReceipt} from '../../src/platform/installed/receipt.ts';
import {setUp} from '../support/linux-states.ts';
import {macSetUp} from '../support/mac-setup.ts';
import type {Pictured} from '../support/picture-of.ts';
import {lines, refusedWith, run, told} from '../support/run-command.ts';
import {read} from '../support/versions.ts';

const settingsOf = ({user}: Pictured): string => `${user.home}/.config/vira-setup/settings.json`;
const receiptOf = ({user}: Pictured): string => `${user.home}/.local/state/vira-setup/receipt.json`;

/** Set up by an earlier version, which accepted a base path without the slash at its end. */
const byEarlier = async (running: (given: object, ...words: string[]) => Promise<Pictured>) => {
	const machine = await running({}, '--base-path', '/ci/');
	let receipt = await read(machine, receiptOf(machine));
	for (const [path, hash] of Object.entries(parseReceipt(receipt)?.files ?? {})) {
		const text = (await read(machine, path)).replace(/\/ci\/(?="|<)/u, '/ci');
		const mode = (await machine.inspect(path))?.mode ?? 0;
		await machine.writeFile(path, text, mode);
		receipt = receipt.replaceAll(hash, hashOf(text));
	}
	await machine.writeFile(receiptOf(machine), receipt, 0o600);
	return machine;
};

const basePathIn = async (machine: Pictured, path: string): Promise<unknown> =>
	(JSON.parse(await read(machine, path)) as {readonly basePath: unknown}).basePath;

describe.each([
	['Linux', setUp, /vira\.service differs from what this vira-setup would write/u],
	['a Mac', macSetUp, /\.plist differs from what this vira-setup would write/u],
])('on %s, saved settings with a base path that is refused now', (_, running, drift) => {
	test.each(['start', 'restart'])('do not block a %s', async (verb) => {
		const machine = await byEarlier(running);
		expect(await told(machine, verb)).toMatchObject([0, {healthy: true}]);
		expect(await basePathIn(machine, settingsOf(machine))).toBe('/ci');
	});

	test('do not change what status reports, and the change by the next setup is reported with it', async () => {
		const machine = await byEarlier(running);
		await lines(machine, 'restart');
		const [code, document] = await told(machine, 'status');
		expect([code, document['running'], document['healthy']]).toEqual([0, true, true]);
		expect(document['drift']).toMatchObject([{code: 'older-text', message: expect.stringMatching(drift)}]);
	});

	test('are exported as they were meant', async () => {
		const machine = await byEarlier(running);
		expect(JSON.parse((await lines(machine, 'export --format json')).slice(1).join('\n'))).toMatchObject({
			basePath: '/ci/',
		});
		expect((await lines(machine, 'export')).join('\n')).toContain('basePath = "/ci/";');
	});

	test('are written as they were meant by the next setup, which shows the change first', async () => {
		const machine = await byEarlier(running);
		const shown = (await lines(machine, '--dry-run')).join('\n');
		expect(shown).toMatch(/- .*\/ci[^\/][^]*\+ .*\/ci\//u);
		expect(await run(machine)).toMatchObject({code: 0, document: {outcome: 'updated'}});
		expect(await basePathIn(machine, settingsOf(machine))).toBe('/ci/');
		expect(await run(machine)).toMatchObject({code: 0, document: {outcome: 'unchanged'}});
	});

	test('can be restored', async () => {
		const machine = await byEarlier(running);
		await run(machine, '--port', '5006');
		expect(await run(machine, 'rollback')).toMatchObject({
			code: 0,
			document: {outcome: 'updated', settings: {port: 5005, basePath: '/ci/'}},
		});
	});

	test('do not make the same value from a flag or settings file valid', async () => {
		const machine = await byEarlier(running);
		await machine.writeFile(`${machine.user.home}/mine.json`, '{"basePath": "/ci"}', 0o600);
		for (const words of [
			['--base-path', '/ci'],
			['--config', `${machine.user.home}/mine.json`],
		])
			expect(await refusedWith(machine, ...words)).toMatchObject({
				status: 2,
				said: [expect.stringContaining('Use /ci/: it must start and end with one /')],
				changed: false,
			});
	});
});
