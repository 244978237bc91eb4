import {execFileSync} from 'node:child_process';
import {readFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {exportByHand} from '../../../src/platform/vira/vira-state.ts';
import {simulate} from '../../support/simulated-linux.ts';
import {run} from '../../support/run-command.ts';
import {repositoriesIn} from '../../support/vira-database.ts';
import {run as runStandIn} from '../../support/vira/processes.ts';
import {openWorkshop, type Workshop} from '../../support/vira/workshop.ts';

const repositories = {a: 'https://x/a', 'b {"c"}': 'https://x/b?c={d}'};

test('vira import accepts the file that is written before an update', async () => {
	const machine = await simulate();
	const state = '/home/alice/.local/share/vira/state';
	const words = Object.entries(repositories).flatMap(([name, url]) => ['--repository', `${name}=${url}`]);
	await run(machine, ...words);
	expect(await run(machine, '--package', 'github:juspay/vira')).toMatchObject({code: 0});
	const name = (await machine.list(state))?.find((one) => one.startsWith('before-update-'));
	const input = (await machine.readFile(`${state}/${name}`)) ?? '';

	const other = '/home/alice/other';
	const vira = '/home/alice/.nix-profile/bin/vira';
	expect(await machine.run([vira, '--state-dir', other, 'import'], {input})).toMatchObject({exitCode: 0});
	expect(await repositoriesIn(machine, other)).toEqual(repositories);
});

describe('by hand', () => {
	let workshop: Workshop;
	beforeAll(async () => {
		workshop = await openWorkshop();
	});
	afterAll(() => workshop.remove());

	const viraWith = async (state: string, command: string, input = '') =>
		runStandIn(workshop.vira, ['--state-dir', state, command], {input});

	test('vira import accepts the file that the suggested command writes', async () => {
		const [state, other] = [workshop.newFolder(), workshop.newFolder()];
		const file = join(workshop.newFolder(), 'repositories.json');
		await viraWith(state, 'import', JSON.stringify({repositories}));
		const env = {PATH: `${dirname(process.execPath)}:/usr/bin:/bin`};
		execFileSync('/bin/sh', ['-c', exportByHand(workshop.vira, state, file)], {env});

		expect(await viraWith(other, 'import', readFileSync(file, 'utf8'))).toMatchObject({status: 0});
		expect((await viraWith(other, 'export')).stdout).toContain(JSON.stringify({repositories}));
	});
});
