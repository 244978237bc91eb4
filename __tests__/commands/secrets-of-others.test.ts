import {basename} from 'node:path';
import {expect, jest, test} from '@jest/globals';
import type {System} from '../../src/platform/system.ts';
import {changesIn, failingAt} from '../support/fault-injection.ts';
import {
	leak,
	plantedRepositories,
	plantedServiceConfig,
	plantedVariables,
	plantedWords,
} from '../support/planted.ts';
import {madeOnce} from '../support/made-once.ts';
import {machineIn, simulate} from '../support/simulated-linux.ts';
import {attempt, lines, progress, run} from '../support/run-command.ts';
import {loopLimitMs} from '../support/limits.ts';

jest.setTimeout(loopLimitMs);

/** The message of a program that has read our files, and quotes them. */
const quoted = [
	...Object.entries(plantedVariables).map(([name, value]) => `${name}=${value}`),
	...Object.values(plantedVariables),
	...Object.values(plantedRepositories),
	...Object.entries(plantedServiceConfig).map(([name, value]) => `Failed at ${name}=${value}.`),
	...Object.values(plantedServiceConfig),
].join('\n');

/** The system, whose logs contain all the secrets. */
const withSecretsInLogs = <S extends System>(system: S): S => ({
	...system,
	run: async (command, options) => {
		const result = await system.run(command, options);
		return basename(command[0]) === 'journalctl' ? {...result, stdout: quoted} : result;
	},
});

/** The same, and its n-th change (from 1) fails with all of them in its message. */
const gossiping = <S extends System>(system: S, n: number): S =>
	failingAt(withSecretsInLogs(system), n, 'before', quoted);

test('whatever change fails, secrets quoted by other programs are not shown', async () => {
	const changes = await changesIn(await simulate(), (system) => run(system, ...plantedWords));
	expect(changes).toBeGreaterThan(8);
	const codes: unknown[] = [];
	for (let n = 1; n <= changes; n += 1) {
		const {code, written} = await run(gossiping(await simulate(), n), ...plantedWords);
		expect([n, leak.test(written)]).toEqual([n, false]);
		codes.push(code);
	}
	// That of reset-failed does not matter.
	expect(codes.filter((code) => code === 0).length).toBeLessThan(2);
});

test('the log of a service that does not start is masked', async () => {
	const vira = {path: '/home/alice/.nix-profile/bin/vira', version: '0.1.0.0', schema: 8} as const;
	const machine = await simulate({vira: {...vira, behaviour: 'exits-at-once'}});
	const {code, document, written} = await run(withSecretsInLogs(machine), ...plantedWords);
	expect(code).toBe(6);
	expect((document['error'] as {log: readonly string[]}).log.join('\n')).toContain('GITHUB_TOKEN=••••••');
	expect(written).not.toMatch(leak);
});

test('so is that of doctor --fix, whatever fails during the fix', async () => {
	const setUp = madeOnce(machineIn, async () => {
		const machine = await simulate();
		expect((await run(machine, ...plantedWords)).code).toBe(0);
		await run(machine, 'stop');
		await machine.run(['systemctl', '--user', 'disable', 'vira.service']);
		return machine;
	});
	const changes = await changesIn(await setUp(), async (system) => {
		expect((await attempt(system, 'doctor', '--fix')).code).toBe(0);
	});
	expect(changes).toBeGreaterThan(3);
	for (let n = 1; n <= changes; n += 1) {
		const shown = [
			...(await lines(gossiping(await setUp(), n), 'doctor --fix')),
			...(await progress(gossiping(await setUp(), n), 'doctor --fix')),
			(await attempt(gossiping(await setUp(), n), 'doctor', '--fix')).written,
		];
		expect([n, shown.join('\n').match(leak)]).toEqual([n, null]);
	}
});
