import {describe, expect, test} from '@jest/globals';
import {keys, pasted, type Screen} from '../../../scripts/terminal/screen.ts';
import {at, bodyOf, play, sizes} from '../../support/play.ts';
import {ended, openProgram} from '../../support/terminal.ts';

/** The way to an option by its name, from any position in the form. */
const find = (label: string): readonly string[] => [keys.pageUp, '/', label, keys.enter];

const words = (lines: readonly string[]): string => lines.join(' ').replaceAll(/\s+/gu, ' ');

/** The words of a sentence, wherever a narrow window wraps it. */
const showsWords = async (screen: Screen, message: string): Promise<void> => {
	const pattern = message
		.split(' ')
		.map((word) => word.replaceAll(/[.?+()[\]/]/gu, String.raw`\$&`))
		.join(String.raw`\s+`);
	await screen.shows(new RegExp(pattern, 'u'));
};

/** A one-line field, an invalid value, and its immediate message. */
const typedWrong = [
	['Hostname', 'a b', 'Must be a host name, an IPv4 address or an IPv6 address.'],
	['Port', '99999', 'Must be a whole number from 1 to 65535.'],
	['Base path', '/vira', 'Use /vira/: it must start and end with one /'],
	['Base path', 'with space', 'Must start and end with one /, without spaces, ? or #.'],
	['State folder', 'state', 'Must be a path that starts with / or ~/.'],
	['Concurrent builds', '0', 'Must be a whole number, 1 or more.'],
] as const;

/** Problems that only a check of the machine finds, when the preview is asked for. */
const foundWrong = [
	['Vira program', '/nowhere', '/nowhere does not exist.'],
	['Port', '443', 'Port 443 needs administrator rights.'],
	['Certificate', '/nowhere.pem', '/nowhere.pem does not exist.'],
] as const;

/** An item of a list or map, and its message. */
const itemsWrong = [
	['Repositories', 'example.org/x.git', 'Must have the form NAME=URL.'],
	['Extra packages', 'bin', 'Must be a path that starts with / or ~/'],
	['Variables', '1A=2', 'A variable name must contain only letters'],
	['systemd settings', 'MemoryMax', 'Must have the form NAME=VALUE.'],
] as const;

describe.each(sizes)('at $cols×$rows', (size) => {
	const openForm = async (): Promise<Screen> => {
		const screen = openProgram(['--simulate', 'linux'], size);
		await play(screen, [['Turn it on', keys.enter]]);
		await screen.shows(at('Options'));
		return screen;
	};

	const leave = async (screen: Screen): Promise<void> => {
		bodyOf(screen, size);
		screen.press(keys.ctrlC);
		expect(await ended(screen)).toBe('130');
		expect(words([screen.history])).toContain('Nothing was changed.');
	};

	test.each(typedWrong)('%s, typed as %j: %s', async (label, text, message) => {
		const screen = await openForm();
		screen.press(...find(label));
		await screen.shows(new RegExp(`› ${label}(?: |$)`, 'mu'));
		screen.press(keys.ctrlU, keys.ctrlK, text);
		await showsWords(screen, message);
		expect(screen.text).toContain(`✖ ${message.split(' ', 1)[0]}`);
		// The way on does not continue with it.
		screen.press(keys.ctrlS);
		await screen.shows(at('Options'));
		await showsWords(screen, message);
		await leave(screen);
	});

	test.each(foundWrong)('%s, given as %j: %s', async (label, text, message) => {
		const screen = await openForm();
		screen.press(...find(label));
		await screen.shows(new RegExp(`› ${label}(?: |$)`, 'mu'));
		screen.press(keys.ctrlU, keys.ctrlK, text, keys.ctrlS);
		await showsWords(screen, message);
		expect(screen.text).toMatch(new RegExp(`› ${label}(?: |$)`, 'mu'));
		await leave(screen);
	});

	test.each(itemsWrong)('an item of %s, given as %j: %s', async (label, text, message) => {
		const screen = await openForm();
		screen.press(...find(label));
		await screen.shows(new RegExp(`› ${label}(?: |$)`, 'mu'));
		screen.press(keys.right);
		await screen.shows(/› {3}[A-Z=]+ *$/mu);
		screen.press(text, keys.enter);
		await showsWords(screen, message);
		await leave(screen);
	});

	test('of several wrong values, Ctrl-N leads to each, and the correct ones are kept', async () => {
		const screen = await openForm();
		await play(screen, [
			[at('Options'), ...find('port')],
			[/› Port/u, keys.ctrlU, '0'],
			['✖', ...find('base path')],
			[/› Base path/u, keys.ctrlU, 'a b'],
			[/\/?a b/u, ...find('finished jobs')],
			[/› Keep finished jobs/u, keys.ctrlU, '7', keys.ctrlN],
			[/› Port +\* 0/u, keys.ctrlN],
			[/› Base path +\* a b/u, keys.ctrlU, '/ci/', keys.ctrlN],
			[/› Port +\* 0/u, keys.ctrlU, '5006', keys.ctrlS],
			[at('Preview'), keys.escape],
			[/› Port +\* 5006/u],
		]);
		await leave(screen);
	});

	test('a paste of several lines into a one-line field becomes one line, and none of it acts as a key', async () => {
		const screen = await openForm();
		await play(screen, [
			[at('Options'), ...find('hostname')],
			[/› Hostname/u, keys.ctrlU, pasted('q\rvira\r\n\u0003\u001B[A')],
			[/› Hostname +\* q vira \[A/u],
		]);
		await leave(screen);
	});
});
