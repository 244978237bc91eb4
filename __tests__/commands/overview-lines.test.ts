import {expect, test} from '@jest/globals';
import {detect} from '../../src/steps/detect.ts';
import {survey} from '../../src/steps/health/survey.ts';
import {surveyLines} from '../../src/ui/reports/status-lines.ts';
import {unitPath} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import type {Simulation} from '../support/simulated-linux.ts';

const seen = async (machine: Simulation): Promise<readonly string[]> =>
	surveyLines(await survey(machine, await detect(machine)));

test('the overview of a healthy Vira is two lines: URL, since when, boot', async () => {
	expect(await seen(await setUp())).toEqual([
		'✔ Vira is running: https://localhost:5005/',
		expect.stringMatching(/^  since 2026-03-0\d \d\d:\d\d \(\d+ seconds\) · starts at boot$/u),
	]);
});

test('only what is not well has a line of its own', async () => {
	const machine = await setUp();
	await machine.writeFile(unitPath, `${(await machine.readFile(unitPath)) ?? ''}# mine\n`, 0o600);
	expect((await seen(machine)).toSpliced(1, 1).slice(0, 3)).toEqual([
		'! Vira is running: https://localhost:5005/, with 2 warnings',
		'! Warning  ~/.config/systemd/user/vira.service was changed by hand',
		'! Warning  systemd has not reloaded a changed service file',
	]);
});
