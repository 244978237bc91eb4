import {expect} from '@jest/globals';
import {keys, type Screen} from '../../../scripts/terminal/screen.ts';
import {macPresets} from '../../support/mac-presets.ts';
import {label, launched, type MacSimulation} from '../../support/simulated-mac.ts';
import {testScenarioOnDisk as testScenario} from '../../support/every-profile.ts';
import {runningIn, setUpOn} from '../../support/mac-program.ts';
import {pictureOf} from '../../support/picture-of.ts';
import {ended, openProgram} from '../../support/terminal.ts';

const wizardOn = ({folder}: MacSimulation, ...words: readonly string[]): Screen =>
	openProgram(['--simulate', 'macos', '--simulation-folder', folder, ...words]);

interface End {
	readonly code: string;
	/** Everything that was on the screen. */
	readonly text: string;
}

/** Accepts the preview, and leaves it at a failure. */
const acceptPreview = async (screen: Screen, {fails}: {readonly fails: boolean}): Promise<End> => {
	await screen.shows(/⏎ (?:install|apply)/u);
	screen.press(keys.enter);
	if (fails) {
		await screen.shows('try again');
		screen.press('q');
	}
	const code = await ended(screen);
	// The terminal wraps a line at the window's width.
	return {code, text: screen.said};
};

/** Keeps the options, and accepts the preview. */
const accept = async (screen: Screen, fails = false): Promise<End> => {
	await screen.shows('Hostname');
	screen.press(keys.enter);
	return acceptPreview(screen, {fails});
};

testScenario('1: in the wizard, pressing Enter twice ends with a running service', async (makeMac) => {
	const machine = await makeMac();
	const {code, text} = await accept(wizardOn(machine));
	expect([code, text]).toEqual(['0', expect.stringContaining('Vira is set up.')]);
	expect(await launched(machine)).toEqual(runningIn('gui'));
});

testScenario('9: in the wizard, over SSH without a desktop session, both choices work', async (makeMac) => {
	for (const [typed, runs, afterLogin] of [
		[[keys.enter], [], runningIn('gui')],
		[[keys.down, keys.enter], runningIn('user'), runningIn('user')],
	] as const) {
		const machine = await makeMac(macPresets.headless);
		const screen = wizardOn(machine);
		await screen.shows('Install now');
		screen.press(...typed);
		expect((await accept(screen)).code).toBe('0');
		expect(await launched(machine)).toEqual(runs);
		await machine.events.guiLogin();
		expect(await launched(machine)).toEqual(afterLogin);
	}
});

testScenario('13: in the wizard, a crash loop is reported with the log of the service', async (makeMac) => {
	const machine = await makeMac();
	const before = await pictureOf(machine);
	await machine.events.behave(label, {exitAfterMs: 200, ending: {how: 'exit', code: 1}});
	const {code, text} = await accept(wizardOn(machine), true);
	expect([code, text]).toEqual(['6', expect.stringContaining('Vira exited with status 1')]);
	expect(text).toContain('Launching at https://localhost:5005');
	expect(await pictureOf(machine)).toEqual(before);
});

testScenario(
	'17: in the wizard, turned off in Login Items: the first screen says so, and nothing remains',
	async (makeMac) => {
		const machine = await setUpOn(makeMac);
		await machine.events.toggleLoginItem(label, 'off');
		await machine.sleep(5000);
		const before = await pictureOf(machine);
		const screen = wizardOn(machine);
		await screen.shows(/disabled on this Mac/u);
		await screen.shows('› f  Fix the problem');
		screen.press(keys.enter);
		const {code, text} = await acceptPreview(screen, {fails: true});
		expect([code, text]).toEqual(['5', expect.stringContaining('removed it immediately')]);
		expect(await pictureOf(machine)).toEqual(before);
	},
);

testScenario('18: in the wizard, a logout in the middle is shown, and nothing remains', async (makeMac) => {
	const machine = await makeMac({mac: {faults: [{before: 'bootstrap', happens: 'gui-logout'}]}});
	const before = await pictureOf(machine);
	const {code, text} = await accept(wizardOn(machine), true);
	expect([code, text]).toEqual(['5', expect.stringContaining('Your desktop session has ended')]);
	expect(await launched(machine)).toEqual([]);
	expect(await pictureOf(machine)).toEqual(before);
});

testScenario('22: in the wizard, root is refused on the first screen', async (makeMac) => {
	const machine = await makeMac(macPresets.root);
	const before = await pictureOf(machine);
	const screen = wizardOn(machine);
	await screen.shows('vira-setup is running as root through sudo.');
	screen.press(keys.ctrlC);
	expect(await ended(screen)).toBe('130');
	expect(await pictureOf(machine)).toEqual(before);
});
