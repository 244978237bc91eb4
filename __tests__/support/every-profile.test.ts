import {expect, test} from '@jest/globals';
import {
	agentPath,
	agentText,
	everyProfile,
	gui,
	simulateMac,
	typed,
	type MacSimulation,
} from './simulated-mac.ts';
import {underEveryProfile} from './every-profile.ts';
import {put} from './installed.ts';

const bootstrap = `launchctl bootstrap gui/501 ${agentPath}`;
const disable = `launchctl disable ${gui}`;
const enable = `launchctl enable ${gui}`;
const bootout = `launchctl bootout ${gui}`;
const print = `launchctl print ${gui}`;

const answersOf = async (machine: MacSimulation, lines: readonly string[]): Promise<string> => {
	await put(machine, agentPath, agentText({LimitLoadToSessionType: ['Aqua', 'Background']}));
	const answers = [];
	for (const line of lines)
		if (line === 'log out') await machine.events.guiLogout();
		else answers.push(...(await typed(machine, line)));
	return answers.join('\n');
};

/** How many runs were made, and the answers of their Macs. */
const underAll = async (lines: readonly string[]) => {
	const answers = new Set<string>();
	const {runs} = await underEveryProfile(async (makeMac) => {
		answers.add(await answersOf(await makeMac(), lines));
	});
	return {runs, answers};
};

test.each<readonly [runs: number, lines: readonly string[]]>([
	[1, [disable]],
	[2, [print]],
	[4, [disable, bootstrap, bootout]],
	// The answer begins with `Bad request.` only if it is 112.
	[3, ['log out', print]],
	// If a list of session types is refused, nothing is loaded twice.
	[4, [bootstrap, bootstrap]],
])('%i runs are enough for %j, and each takes another path', async (runs, lines) => {
	const made = await underAll(lines);
	expect([made.runs, made.answers.size]).toEqual([runs, runs]);
});

test('a run that is left out would have taken the path of another, line by line', async () => {
	const lines = [print, bootout, disable, bootstrap, enable, bootstrap, bootstrap, 'log out', print];
	const {runs, answers} = await underAll(lines);
	expect(runs).toBe(64);
	const all = new Set<string>();
	// Nothing in these lines depends on the last three switches.
	const disputed = everyProfile.filter((_, index) => index % 8 === 0);
	for (const profile of disputed) all.add(await answersOf(await simulateMac({mac: {profile}}), lines));
	expect(answers).toEqual(all);
}, 120_000);

test('a failure under one combination of two switches is found, and reported with the combination', async () => {
	const scenario = underEveryProfile(async (makeMac) => {
		const answers = await answersOf(await makeMac(), [disable, bootstrap, bootout]);
		expect(answers).not.toMatch(/Service is disabled[^]*Could not find specified service/u);
	});
	await expect(scenario).rejects.toThrow(/^With \{.*"disabledNonroot":119,"bootoutMissing":113.*\}:\n/u);
});

test('the Macs of one scenario count together', async () => {
	const made: string[] = [];
	await underEveryProfile(async (makeMac) => {
		const one = await answersOf(await makeMac(), [bootout]);
		made.push([one, await answersOf(await makeMac(), [print])].join('\n'));
	});
	expect(new Set(made).size).toBe(4);
});

test('a scenario that creates no Mac shows nothing, and fails', async () => {
	await expect(underEveryProfile(async () => undefined)).rejects.toThrow('No Mac was made');
});
