import {describe, expect, test} from '@jest/globals';
import {keys, type Screen} from '../../scripts/terminal/screen.ts';
import {machineIn} from '../support/simulated-linux.ts';
import {newFolder} from '../support/new-folder.ts';
import {onLinux} from '../support/run-program.ts';
import {ended, openProgram} from '../support/terminal.ts';

const wizard = (size: {cols?: number; rows?: number} = {}): Screen =>
	openProgram(['--simulate', 'linux'], size);

describe.each([
	[80, 24],
	[40, 12],
])('at %i×%i', (cols, rows) => {
	test('pressing Enter three times ends with a running service', async () => {
		const screen = wizard({cols, rows});
		await screen.shows('[1');
		await screen.shows('Turn it on');
		screen.press(keys.enter);
		await screen.shows('Hostname');
		screen.press(keys.enter);
		await screen.shows('install');
		screen.press(keys.enter);
		expect(await ended(screen)).toBe('0');
		// The terminal wraps the line at its width.
		expect(screen.said).toContain('✔ On the simulated machine: Vira is set up.');
		expect(screen.said).toContain('After a real setup, continue with:');
	});

	test('also on a machine without Vira, where Nix builds it', async () => {
		const folder = newFolder();
		await machineIn(folder, {vira: undefined});
		const screen = openProgram(['--simulate', 'linux', '--simulation-folder', folder], {cols, rows});
		await screen.shows('Turn it on');
		screen.press(keys.enter);
		await screen.shows('Hostname');
		screen.press(keys.enter);
		await screen.shows('install');
		screen.press(keys.enter);
		await screen.shows('vira-0.1.0.0> [');
		expect(await ended(screen)).toBe('0');
		expect(screen.said).toContain('✔ On the simulated machine: Vira is set up.');
	});

	test('every screen fits', async () => {
		const screen = wizard({cols, rows});
		for (const [title, key] of [
			['Turn it on', keys.enter],
			['Hostname', keys.enter],
			['install', keys.ctrlC],
		] as const) {
			const text = await screen.shows(title);
			expect(text.split('\n').length).toBeLessThanOrEqual(rows);
			expect(text).toMatch(/quit/u);
			screen.press(key);
		}
		expect(await ended(screen)).toBe('130');
	});
});

test('Esc goes back and loses no answer', async () => {
	const screen = wizard();
	await screen.shows('Turn it on');
	screen.press(keys.down, keys.enter);
	await screen.shows('Hostname');
	screen.press(keys.down.repeat(3), keys.backspace.repeat(4), '8443', keys.ctrlS);
	await screen.shows('Starts at boot: no');
	screen.press(keys.escape);
	await screen.shows(/› Port +\* 8443/u);
	screen.press(keys.escape);
	await screen.shows('› ▸ Web');
	screen.press(keys.escape);
	await screen.shows('› Leave it off');
	screen.press(keys.up, keys.enter);
	await screen.shows(/Port 8443/u);
	screen.press(keys.ctrlS);
	await screen.shows('Starts at boot: yes');
	screen.press('q');
	await screen.shows('Your changes are not saved. Quit anyway?');
	screen.press('n');
	await screen.shows('q quit');
	screen.press('q', 'y');
	expect(await ended(screen)).toBe('130');
});

test('a wrong value is reported at its field, and the way on stays there', async () => {
	const screen = wizard();
	await screen.shows('Turn it on');
	screen.press(keys.enter);
	await screen.shows('Hostname');
	screen.press(keys.down.repeat(3), '99');
	await screen.shows('Must be a whole number from 1 to 65535.');
	screen.press(keys.ctrlS);
	await screen.shows('TCP port of the web interface.');
	screen.press(keys.backspace.repeat(2), keys.ctrlS);
	await screen.shows('install');
	screen.press(keys.ctrlC);
	expect(await ended(screen)).toBe('130');
});

describe('Ctrl-C leaves the machine unchanged and the terminal usable, exit 130', () => {
	test.each([
		['Machine', 'Turn it on', []],
		['Options', 'Hostname', [keys.enter]],
		['Preview', 'Reachable from', [keys.enter, keys.enter]],
		['Install', '✔ Turn on lingering', [keys.enter, keys.enter, keys.enter]],
	] as const)('on %s', async (_, title, typed) => {
		const screen = wizard();
		const titles = ['Turn it on', 'Hostname', 'Reachable from', '✔ Turn on lingering'];
		for (const [index, key] of typed.entries()) {
			await screen.shows(titles[index] ?? '');
			screen.press(key);
		}
		await screen.shows(title);
		screen.press(keys.ctrlC);
		expect(await ended(screen)).toBe('130');
		expect(screen.history).toMatch(/Nothing was changed|Everything is as it was before/u);
	});
});

test('SIGTERM while it asks leaves the machine unchanged and the terminal usable, exit 130', async () => {
	const screen = wizard();
	await screen.shows('Turn it on');
	screen.press(keys.enter);
	await screen.shows('Hostname');
	screen.terminate();
	expect(await ended(screen)).toBe('130');
});

test('if the machine is not supported, it says why and offers a simulated machine', async () => {
	const screen = openProgram(await onLinux({booted: false}));
	await screen.shows('Try it on a simulated machine');
	screen.press(keys.enter);
	await screen.shows('Turn it on');
	screen.press(keys.ctrlC);
	expect(await ended(screen)).toBe('130');
});

test('a resize redraws the whole frame', async () => {
	const screen = wizard();
	await screen.shows('Turn it on');
	screen.press(keys.enter);
	await screen.shows('Hostname');
	screen.resize(40, 12);
	await screen.shows(/^.{0,40}$/mu);
	screen.resize(100, 30);
	const text = await screen.shows('4 Install');
	expect(text.match(/Hostname/gu)).toHaveLength(1);
	screen.press(keys.ctrlC);
	expect(await ended(screen)).toBe('130');
});
