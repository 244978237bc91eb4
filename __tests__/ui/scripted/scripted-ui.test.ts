import {expect, test} from '@jest/globals';
import {scriptedUi} from '../../../src/ui/scripted/scripted-ui.ts';
import {proposal, verdict} from '../ink/fixture.ts';

const printed = async (kind: {json: boolean; rehearsal: boolean}): Promise<string> => {
	const lines: string[] = [];
	const ui = scriptedUi({
		print: (line) => lines.push(line),
		report: () => undefined,
		consent: [],
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
