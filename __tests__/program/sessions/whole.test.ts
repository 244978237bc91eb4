import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {describe, expect, test} from '@jest/globals';
import {keys, pasted, type Screen} from '../../../scripts/terminal/screen.ts';
import {at, bodyOf, play, sizes, type Step} from '../../support/play.ts';
import {newFolder} from '../../support/new-folder.ts';
import {ended, openProgram} from '../../support/terminal.ts';

const settingsIn = (folder: string): unknown =>
	JSON.parse(readFileSync(join(folder, 'home/alice/.config/vira-setup/settings.json'), 'utf8'));

/** The way to an option by its name, from any position in the form. */
const find = (label: string): readonly string[] => [keys.pageUp, '/', label, keys.enter];

/** Replaces the whole text of a field. */
const retype = (text: string): readonly string[] => [keys.ctrlU, keys.ctrlK, text];

describe.each(sizes)('at $cols×$rows', (size) => {
	const open = (...words: readonly string[]): Screen => openProgram(['--simulate', 'linux', ...words], size);

	test('each step is a whole frame, from the first to the last', async () => {
		const screen = open();
		for (const step of ['Machine', 'Options', 'Preview', 'Install'] satisfies Step[]) {
			await screen.shows(at(step));
			expect(bodyOf(screen, size).join('\n')).not.toMatch(/undefined|NaN|\[object/u);
			screen.press(keys.enter);
		}
		expect(await ended(screen)).toBe('0');
		expect(screen.said).toContain('✔ On the simulated machine: Vira is set up.');
		expect(screen.said).toContain('https://localhost:5005/');
	});

	test('settings made on the form, in every possible way, are the settings that are used', async () => {
		const folder = newFolder();
		const screen = open('--simulation-folder', folder);
		await play(screen, [
			['Turn it on', keys.down, keys.enter],
			[at('Options'), ...find('hostname')],
			[/› Hostname/u, ...retype('cï.example'), keys.home, 'a', keys.end, '.org'],
			['acï.example.org', keys.ctrlW, ...retype('127.0.0.2')],
			[/› Hostname +\* 127\.0\.0\.2/u, ...find('port')],
			[/› Port/u, '+', '+', '+', '-'],
			[/› Port +\* 5007/u, ...find('https')],
			[/› HTTPS/u, ' '],
			[/› HTTPS +\* \[ \] off/u, ...find('base path')],
			[/› Base path/u, 'vira/'],
			[/› Base path +\* \/vira\//u, ...find('state folder')],
			[/› State folder/u, ...retype('~/vira state')],
			[/› State folder +\* ~\/vira state/u, ...find('finished jobs')],
			[/› Keep finished jobs/u, ...retype('30')],
			[/› Keep finished jobs +\* 30/u, ...find('repositories')],
			[/› Repositories/u, pasted('one=/srv/one\r\ntwo=/srv/two\n\nthree=/srv/three\n')],
			['three=', keys.escape],
			[/› Repositories/u, ...find('variables')],
			[/› Variables/u, pasted('GREETING=à la 🚀 carte')],
			['carte', keys.escape],
			[/› Variables/u, ...find('log level')],
			[/› Log level/u, keys.left],
			[/› Log level +\* ‹ Debug ›/u, keys.ctrlS],
			[at('Preview'), keys.escape],
			[/› Log level +\* ‹ Debug ›/u, keys.escape],
			['› ▸ Service', keys.escape],
			['› Leave it off', keys.enter],
			['› ▸ Service', keys.ctrlS],
			[at('Preview'), keys.enter],
		]);
		expect(await ended(screen)).toBe('0');
		expect(settingsIn(folder)).toMatchObject({
			hostname: '127.0.0.2',
			port: 5007,
			https: false,
			basePath: '/vira/',
			stateDir: '~/vira state',
			jobRetentionDays: 30,
			initialState: {repositories: {one: '/srv/one', two: '/srv/two', three: '/srv/three'}},
			systemd: {environment: {GREETING: 'à la 🚀 carte'}},
			logLevel: 'Debug',
			linger: false,
		});
	});
});

const colour = /\u001B\[[\d;:]*[34]\d?m|\u001B\[(?:\d+;)*(?:3[0-7]|4[0-7]|9[0-7]|38|48)[\d;:]*m/u;

test.each([
	['NO_COLOR', {NO_COLOR: '1'}, false],
	['a terminal with colors', {}, true],
	['NO_COLOR and FORCE_COLOR', {NO_COLOR: '1', FORCE_COLOR: '1'}, true],
	['FORCE_COLOR=0', {FORCE_COLOR: '0'}, false],
] as const)('%s: a whole session is in color: %j → %s', async (_, env, coloured) => {
	let written = '';
	const screen = openProgram(['--simulate', 'linux'], {env, onData: (data) => (written += data)});
	await play(screen, [
		['Turn it on', keys.enter],
		[at('Options'), keys.enter],
		[at('Preview'), keys.enter],
	]);
	expect(await ended(screen)).toBe('0');
	expect(colour.test(written)).toBe(coloured);
});

test('TERM=dumb: questions come one after the other, and nothing is redrawn', async () => {
	let written = '';
	const screen = openProgram(['--simulate', 'linux'], {
		env: {TERM: 'dumb'},
		onData: (data) => (written += data),
	});
	await play(screen, [
		[/^\? Lingering \(1\)/mu, keys.enter],
		[/^\? What now \(preview\)/mu, keys.enter],
		[/^\? What now \(1\)/mu, keys.enter],
	]);
	expect(await ended(screen)).toBe('0');
	expect(written).not.toContain('\u001B');
});
