import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {describe, expect, test} from '@jest/globals';
import {keys, type Screen} from '../../../scripts/terminal/screen.ts';
import {at, bodyOf, sizes, type Size, type Step} from '../../support/play.ts';
import {newFolder} from '../../support/new-folder.ts';
import {program, starter} from '../../support/run-program.ts';
import {ended, openProgram, openShell} from '../../support/terminal.ts';

const steps = ['Machine', 'Options', 'Preview', 'Install'] as const satisfies readonly Step[];

const goTo = async (screen: Screen, wanted: Step): Promise<void> => {
	for (const step of steps) {
		await screen.shows(at(step));
		if (step === wanted) return;
		screen.press(keys.enter);
	}
};

const settingsPath = 'home/alice/.config/vira-setup/settings.json';

const isGone = (pid: number): boolean => !existsSync(`/proc/${pid}`);

const until = async (holds: () => boolean): Promise<void> => {
	for (let waitedMs = 0; !holds() && waitedMs < 20_000; waitedMs += 20) await setTimeout(20);
	expect(holds()).toBe(true);
};

describe.each(sizes)('at $cols×$rows', (size) => {
	describe.each(steps)('on the step %s', (step) => {
		test('Ctrl-C leaves the machine unchanged and the terminal usable, exit 130', async () => {
			const folder = newFolder();
			const screen = openProgram(['--simulate', 'linux', '--simulation-folder', folder], size);
			await goTo(screen, step);
			screen.press(keys.ctrlC);
			expect(await ended(screen)).toBe('130');
			expect(screen.said).toMatch(
				step === 'Install' ? /Everything is as it was before/u : /Nothing was changed/u,
			);
			expect(existsSync(join(folder, settingsPath))).toBe(false);
		});

		test('a closed terminal ends it, and the machine is unchanged', async () => {
			const folder = newFolder();
			const screen = openProgram(['--simulate', 'linux', '--simulation-folder', folder], size);
			await goTo(screen, step);
			const [pid = 0] = screen.children;
			screen.close();
			await until(() => isGone(pid));
			expect(existsSync(join(folder, settingsPath))).toBe(false);
		});

		test('Ctrl-Z releases the terminal, and fg continues on the same screen', async () => {
			const screen = await openShell(size);
			screen.press(`"${starter}" "${program}" --simulate linux`, keys.enter);
			await goTo(screen, step);
			screen.press(keys.ctrlZ);
			await screen.shows('Stopped');
			expect(screen.isRestored).toBe(true);
			screen.press('fg', keys.enter);
			await screen.shows(at(step));
			if (step !== 'Install') {
				bodyOf(screen, size);
				screen.press(keys.ctrlC);
			}
			await screen.shows(/Nothing was changed|Simulation only/u);
			await screen.shows(/^ready> ?\n*$/mu);
			expect(screen.isRestored).toBe(true);
			screen.press('exit', keys.enter);
		});
	});
});

/** The window while it is resized: narrow, wide, low, and back. */
const dragged: readonly Size[] = [
	{cols: 40, rows: 12},
	{cols: 200, rows: 60},
	{cols: 61, rows: 17},
	{cols: 80, rows: 24},
];

test.each(steps)(
	'a window that changes its size on the step %s shows the whole frame each time',
	async (step) => {
		const screen = openProgram(['--simulate', 'linux']);
		await goTo(screen, step);
		for (const size of dragged) {
			screen.resize(size.cols, size.rows);
			await screen.shows(new RegExp(`^.{${size.cols === 40 ? 1 : size.cols}}`, 'mu'));
			await screen.shows(at(step));
			const lines = bodyOf(screen, size);
			expect(lines.join('\n').trim()).not.toBe('');
		}
		screen.press(keys.ctrlC);
		expect(await ended(screen)).toBe('130');
	},
);
