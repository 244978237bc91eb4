import {expect, test} from '@jest/globals';
import {detect} from '../../src/steps/detect.ts';
import {survey} from '../../src/steps/health/survey.ts';
import {surveyLines} from '../../src/ui/reports/status-lines.ts';
import {unitPath} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import type {Simulation} from '../support/simulated-linux.ts';

const seen = async (machine: Simulation): Promise<readonly string[]> =>
	surveyLines(await survey(machine, await detect(machine)));

test('a screen that shows only a part begins with the problems', async () => {
	const machine = await setUp();
	expect((await seen(machine)).slice(0, 2)).toEqual([
		'✔ Vira is running and healthy.',
		'✔ Installed       ~/.config/systemd/user/vira.service',
	]);
	await machine.writeFile(unitPath, `${(await machine.readFile(unitPath)) ?? ''}# mine\n`, 0o600);
	expect((await seen(machine)).slice(0, 4)).toEqual([
		'! Vira is running and healthy, but with 2 warnings.',
		'! Warning         ~/.config/systemd/user/vira.service was changed by hand',
		'! Warning         systemd has not reloaded a changed service file',
		'✔ Installed       ~/.config/systemd/user/vira.service',
	]);
});
