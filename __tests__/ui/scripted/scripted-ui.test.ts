import {expect, test} from '@jest/globals';
import type {Action} from '../../../src/steps/action.ts';
import type {Progress} from '../../../src/steps/progress.ts';
import {scriptedUi} from '../../../src/ui/scripted/scripted-ui.ts';
import {proposal, verdict} from '../ink/fixture.ts';

const printed = async (kind: {json: boolean; rehearsal: boolean}): Promise<string> => {
	const lines: string[] = [];
	const ui = scriptedUi({
		print: (line) => lines.push(line),
		report: () => undefined,
		consent: [],
		misgiven: [],
		...kind,
	});
	await ui.conclude({outcome: 'installed', proposal, verdict});
	return lines.join('\n');
};

test('the document of a rehearsal says so', async () => {
	expect(JSON.parse(await printed({json: true, rehearsal: true}))).toMatchObject({
		outcome: 'installed',
		rehearsal: true,
	});
	expect(JSON.parse(await printed({json: true, rehearsal: false}))).not.toHaveProperty('rehearsal');
});

test('so do its final words', async () => {
	expect(await printed({json: false, rehearsal: true})).toMatch(
		/^installed\n✔ On the simulated machine: Vira is set up\.\n/u,
	);
	expect(await printed({json: false, rehearsal: false})).toMatch(/^installed\n✔ Vira is set up\.\n/u);
});

test('a long command has a line in the log every ten seconds at most', async () => {
	const action: Action = {
		does: 'run',
		command: ['nix', 'build'],
		why: '',
		withinMs: 60_000,
		onFailure: {what: '', code: 5},
	};
	async function* stream(): AsyncGenerator<Progress, undefined> {
		for (const elapsedMs of [1000, 9000, 11_000, 12_000, 19_999, 25_000])
			yield {at: 'working', index: 0, action, line: `at ${elapsedMs}\u001B[2J`, elapsedMs};
		return undefined;
	}
	const said: string[] = [];
	const ui = scriptedUi({
		print: () => undefined,
		report: (line) => said.push(line),
		consent: [],
		misgiven: [],
		json: false,
		rehearsal: false,
	});
	await ui.follow(stream());
	expect(said).toEqual(['  11 s: at 11000', '  25 s: at 25000']);
});
