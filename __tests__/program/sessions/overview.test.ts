import {execFileSync} from 'node:child_process';
import {appendFileSync, existsSync, readFileSync, renameSync, statSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {keys, type Screen} from '../../../scripts/terminal/screen.ts';
import {at, bodyOf, play, sizes} from '../../support/play.ts';
import type {MachineState} from '../../../src/simulator/machine-state.ts';
import {newFolder} from '../../support/new-folder.ts';
import {ownEnvironment, program, starter} from '../../support/run-program.ts';
import {ended, openProgram} from '../../support/terminal.ts';

const settings = 'home/alice/.config/vira-setup/settings.json';

/** Runs the built program to its end on the simulated machine in a folder. */
const runIn = (folder: string, ...words: readonly string[]): void => {
	const where = ['--simulate', 'linux', '--simulation-folder', folder, '--non-interactive'];
	execFileSync(starter, [program, ...where, ...words], {env: ownEnvironment(), stdio: 'ignore'});
};

/** A simulated machine where Vira is set up, on a port of its own. */
const setUp = (): string => {
	const folder = newFolder();
	runIn(folder, '--port', '5006', '--environment', 'API_TOKEN=hunter2hunter2');
	return folder;
};

const change = (folder: string, edit: (machine: MachineState) => void): void => {
	const path = join(folder, 'machine.json');
	const machine = JSON.parse(readFileSync(path, 'utf8')) as MachineState;
	edit(machine);
	writeFileSync(`${path}.new`, JSON.stringify(machine));
	renameSync(`${path}.new`, path);
};

/** Another Vira for all later steps. */
const behave = (folder: string, behaviour: 'well' | 'exits-at-once'): void =>
	change(folder, ({vira}) => {
		if (vira) vira.behaviour = behaviour;
	});

/** Makes a change until it is seen: the program saves the same file, and may undo it in that moment. */
const until = async (screen: Screen, wanted: RegExp | string, make: () => void): Promise<string> => {
	make();
	const again = setInterval(make, 500);
	return screen.shows(wanted).finally(() => clearInterval(again));
};

const overview = /^.*\[Overview\]/u;

/** Moves to a choice, and selects it. */
const take = async (screen: Screen, label: string): Promise<void> => {
	const isThere = new RegExp(`^› \\w  ${label}`, 'mu');
	for (let count = 0; count < 10 && !isThere.test(screen.text); count += 1) {
		const before = screen.text;
		screen.press(keys.down);
		await screen.leaves(before);
	}
	expect(screen.text).toMatch(isThere);
	screen.press(keys.enter);
};

/** The overview with its first choice. */
const first = (label: string): RegExp => new RegExp(`^› \\w  ${label}`, 'mu');

describe.each(sizes)('at $cols×$rows', (size) => {
	const open = (folder: string, ...words: readonly string[]): Screen =>
		openProgram(['--simulate', 'linux', '--simulation-folder', folder, ...words], size);

	test('on a later run it shows how Vira is, stops, starts and restarts it, and shows its log', async () => {
		const screen = open(setUp());
		await screen.shows(overview);
		await screen.shows(first('Change the settings'));
		expect(bodyOf(screen, size).join('\n')).not.toContain('hunter2');
		await take(screen, 'Stop');
		await screen.shows(first('Start'));
		expect(bodyOf(screen, size)).toContain('✔ Vira stopped.');
		screen.press(keys.enter);
		await screen.shows(first('Change the settings'));
		expect(bodyOf(screen, size).join('\n')).toContain('✔ Vira started (PID');
		await take(screen, 'Restart');
		await screen.shows('✔ Vira restarted (PID');
		await take(screen, 'Show the log');
		await screen.shows('esc back');
		expect(await screen.shows('Launching at')).toMatch(overview);
		screen.press(keys.escape);
		await screen.shows(first('Change the settings'));
		screen.press('q');
		expect(await ended(screen)).toBe('0');
	});

	test('the state and every choice can be reached, however much there is to say', async () => {
		const folder = newFolder();
		const long = `${'a-very-long-value/'.repeat(9)}end`;
		const variables = ['A', 'B', 'C', 'D', 'E'].flatMap((name) => ['--environment', `${name}=${long}`]);
		runIn(folder, '--port', '5006', '--job-retention-days', '30', '--log-level', 'Debug', ...variables);
		appendFileSync(join(folder, 'home/alice/.config/systemd/user/vira.service'), '# mine\n');
		change(folder, (machine) => {
			machine.lingering = false;
		});
		const screen = open(folder);
		await screen.shows(first('Change the settings'));
		const [state] = bodyOf(screen, size);
		expect(state).toMatch(/^! Vira is running:/u);
		if (size.rows >= 24) expect(screen.text).toMatch(/^ {2}q {2}Quit$/mu);
		for (let label = ''; !label.includes('Quit'); label = /^› .*$/mu.exec(screen.text)?.[0] ?? '') {
			const before = screen.text;
			screen.press(keys.down);
			await screen.leaves(before);
		}
		expect(bodyOf(screen, size)[0]).toBe(state);
		screen.press(keys.enter);
		expect(await ended(screen)).toBe('0');
	});

	test('it leads to the saved settings, where a change is one more step', async () => {
		const folder = setUp();
		const screen = open(folder);
		await play(screen, [
			[first('Change the settings'), keys.enter],
			[at('Options'), keys.down.repeat(3)],
			[/› Port +• 5006/u, '+', keys.ctrlS],
			[at('Preview'), keys.enter],
		]);
		expect(await ended(screen)).toBe('0');
		expect(screen.said).toContain('✔ On the simulated machine: Vira is running with the new settings.');
		expect(JSON.parse(readFileSync(join(folder, settings), 'utf8'))).toMatchObject({port: 5007});
	});

	test('Esc in the form leads back to it, and asks first if a change would be lost', async () => {
		const screen = open(setUp());
		await play(screen, [
			[first('Change the settings'), keys.enter],
			['› Continue', keys.escape],
			[first('Change the settings'), keys.enter],
			['› Continue', keys.down.repeat(3)],
			[/› Port +• 5006/u, '+', keys.escape],
			['› ▸ Web', keys.escape],
			[/Your changes are not saved|Leave without saving/u, 'y'],
			[first('Change the settings'), 'q'],
		]);
		expect(await ended(screen)).toBe('0');
	});

	test('it leads to the previous settings', async () => {
		const folder = setUp();
		runIn(folder, '--port', '5007');
		const screen = open(folder);
		await screen.shows(first('Change the settings'));
		await take(screen, 'Restore the previous settings');
		await screen.shows(at('Preview'));
		bodyOf(screen, size);
		screen.press(keys.enter);
		expect(await ended(screen)).toBe('0');
		expect(JSON.parse(readFileSync(join(folder, settings), 'utf8'))).toMatchObject({port: 5006});
	});

	test('it leads to the exit', async () => {
		const folder = setUp();
		const screen = open(folder);
		await screen.shows(first('Change the settings'));
		await take(screen, 'Uninstall');
		await screen.shows('⏎ remove');
		bodyOf(screen, size);
		screen.press(keys.enter);
		expect(await ended(screen)).toBe('0');
		expect(existsSync(join(folder, settings))).toBe(false);
	});

	test('a failure is shown with its log and undone, and the settings can be changed for another attempt', async () => {
		const folder = newFolder();
		runIn(folder, '--dry-run');
		behave(folder, 'exits-at-once');
		const screen = open(folder);
		await play(screen, [
			['Turn it on', keys.enter],
			[at('Options'), keys.down.repeat(3)],
			[/› Port/u, '+', keys.ctrlS],
			[at('Preview'), keys.enter],
		]);
		await screen.shows('try again');
		bodyOf(screen, size);
		expect(existsSync(join(folder, settings))).toBe(false);
		behave(folder, 'well');
		await play(screen, [
			['try again', keys.escape],
			[/Port +\* 5006/u, keys.enter],
			[at('Preview'), keys.enter],
		]);
		expect(await ended(screen)).toBe('0');
		expect(JSON.parse(readFileSync(join(folder, settings), 'utf8'))).toMatchObject({port: 5006});
	});

	test.each([
		['q', 'q'],
		['Ctrl-C', keys.ctrlC],
	])('%s exits at the failure, exit 6', async (_, key) => {
		const folder = newFolder();
		runIn(folder, '--dry-run');
		behave(folder, 'exits-at-once');
		const screen = open(folder);
		await play(screen, [
			['Turn it on', keys.enter],
			[at('Options'), keys.enter],
			[at('Preview'), keys.enter],
			['try again', key],
		]);
		expect(await ended(screen)).toBe('6');
		expect(screen.said).toContain('something is wrong with this Vira');
		expect(screen.said).toContain('✔ Everything is as it was before.');
	});

	test('w saves the settings to a file that only its owner can read, and leads back to the preview', async () => {
		const folder = newFolder();
		const screen = open(folder);
		await play(screen, [
			['Turn it on', keys.enter],
			[at('Options'), keys.down.repeat(3)],
			[/› Port/u, '+', keys.ctrlS],
			[at('Preview'), 'w'],
			['Save to: ~/vira-settings.json', keys.enter],
			['✔ Saved to ~/vira-settings.json', 'w'],
			['Save to: ~/vira-settings-2.json', keys.escape],
			['⏎ install', 'q'],
		]);
		expect(await ended(screen)).toBe('130');
		const path = join(folder, 'home/alice/vira-settings.json');
		expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({port: 5006});
		expect(statSync(path).mode & 0o777).toBe(0o600);
		expect(existsSync(join(folder, settings))).toBe(false);
		expect(screen.said).toContain('--config /home/alice/vira-settings.json');
	});
});

test('each step is a row; v shows every action in it with its command and its reason', async () => {
	const screen = openProgram(['--simulate', 'linux'], {cols: 80, rows: 60});
	await play(screen, [
		['Turn it on', keys.enter],
		[at('Options'), keys.enter],
		[at('Preview'), keys.enter],
	]);
	expect(await screen.shows('✔ Create the service')).not.toContain('✔ Create ~/');
	screen.press('v');
	await screen.shows('make the service start with your systemd user manager');
	expect(screen.text).toContain('✔ Create ~/.config/systemd');
	expect(await ended(screen)).toBe('0');
});

test('Ctrl-C in the middle of a restart says what was done, exit 130', async () => {
	const screen = openProgram(['--simulate', 'linux', '--simulation-folder', setUp()]);
	await screen.shows(first('Change the settings'));
	await take(screen, 'Restart');
	await screen.shows('Restart Vira');
	screen.press(keys.ctrlC);
	expect(await ended(screen)).toBe('130');
	expect(screen.said).toContain('✔ Restart Vira');
	expect(screen.said).not.toContain('Nothing was changed.');
});

test('after a stop of Vira, leaving with Ctrl-C does not claim that nothing changed', async () => {
	const screen = openProgram(['--simulate', 'linux', '--simulation-folder', setUp()]);
	await screen.shows(first('Change the settings'));
	await take(screen, 'Stop');
	await play(screen, [
		[first('Start'), 'c'],
		[at('Options'), keys.ctrlC],
	]);
	expect(await ended(screen)).toBe('130');
	expect(screen.said).toContain('Cancelled. No settings were changed.');
});

test('with a flag that changes a setting, the overview is skipped', async () => {
	const folder = setUp();
	const screen = openProgram(['--simulate', 'linux', '--simulation-folder', folder, '--port', '5008']);
	await screen.shows(/Port +\* 5008/u);
	screen.press(keys.ctrlC);
	expect(await ended(screen)).toBe('130');
});

test('letters choose at once: start, stop, log, checks, settings', async () => {
	const screen = openProgram(['--simulate', 'linux', '--simulation-folder', setUp()]);
	await play(screen, [
		[first('Change the settings'), 't'],
		[first('Start'), 's'],
		[/✔ Vira started[^]*^› c/mu, 'l'],
		[/The log[^]*esc back/u, 'q'],
		['  d  Run all checks', 'd'],
		['✔ No problems.', keys.enter],
		['  o  Open the page', 'o'],
		['Open Vira:', keys.escape],
		[first('Change the settings'), 'c'],
		[at('Options'), keys.ctrlC],
	]);
	expect(await ended(screen)).toBe('130');
});

test('the overview follows the state: a Vira that stops or runs again is seen, and the focus stays', async () => {
	const folder = setUp();
	const screen = openProgram(['--simulate', 'linux', '--simulation-folder', folder]);
	await screen.shows(first('Change the settings'));
	screen.press(keys.up, keys.end, ...Array.from({length: 9}, () => keys.down));
	await screen.shows(/^› q {2}Quit/mu);
	let running: MachineState['units'][string] | undefined;
	const stop = ({units}: MachineState): void => {
		const now = units['vira.service'];
		if (now?.active !== 'active') return;
		running = now;
		units['vira.service'] = {...now, active: 'inactive', sub: 'dead', mainPid: 0, process: undefined};
	};
	await until(screen, /! Vira is stopped:[^]*^ {2}s {2}Start$[^]*^› q {2}Quit$/mu, () =>
		change(folder, stop),
	);
	const start = ({units}: MachineState): void => {
		if (running) units['vira.service'] = running;
	};
	await until(screen, /✔ Vira is running:[^]*^› q {2}Quit$/mu, () => change(folder, start));
	screen.press(keys.enter);
	expect(await ended(screen)).toBe('0');
});

test('the log shows new lines as they come, and stays where someone reads', async () => {
	const folder = newFolder();
	const where = ['--simulate', 'macos', '--simulation-folder', folder];
	execFileSync(starter, [program, ...where, '--non-interactive'], {
		env: ownEnvironment(),
		stdio: 'ignore',
	});
	const log = join(folder, 'Users/alice/Library/Logs/vira.log');
	const screen = openProgram(where);
	await play(screen, [[first('Change the settings'), 'l'], ['network IPs']]);
	appendFileSync(log, 'a new line\n');
	await screen.shows('a new line');
	screen.press(keys.home);
	await screen.shows('Opening ViraState database');
	appendFileSync(log, 'another one\n');
	screen.press(keys.down);
	await screen.shows('PgUp/PgDn');
	expect(screen.text).not.toContain('another one');
	screen.press(keys.end);
	await screen.shows('another one');
	screen.press(keys.ctrlC);
	expect(await ended(screen)).toBe('130');
});

test('on Linux, the log is followed, too', async () => {
	const folder = setUp();
	const screen = openProgram(['--simulate', 'linux', '--simulation-folder', folder]);
	await play(screen, [[first('Change the settings'), 'l'], ['network']]);
	await until(screen, 'a new line', () =>
		change(folder, ({journal, clock}) => {
			const lines = journal['vira.service'] ?? [];
			if (!lines.some(({text}) => text === 'a new line'))
				lines.push({at: clock, by: 'vira', pid: 1201, text: 'a new line'});
		}),
	);
	screen.press('q');
	await screen.shows(first('Change the settings'));
	screen.press(keys.escape);
	expect(await ended(screen)).toBe('0');
});

test('one question at a time: the same, by numbers', async () => {
	const folder = setUp();
	const screen = openProgram(['--simulate', 'linux', '--simulation-folder', folder, '--plain'], {rows: 60});
	await screen.shows('What now (1)');
	screen.press('4', keys.enter);
	await screen.shows('Vira stopped.');
	await screen.shows(/1\. Start[^]*^\? What now \(1\) *$(?![^]*\S)/mu);
	screen.press('1', keys.enter);
	await screen.shows(/✔ Vira started[^]*^\? What now \(1\) *$(?![^]*\S)/mu);
	screen.press('8', keys.enter);
	expect(await ended(screen)).toBe('0');
});
