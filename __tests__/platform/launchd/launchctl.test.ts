import {expect, test} from '@jest/globals';
import {parseAgent} from '../../../src/platform/launchd/launchctl.ts';

/** As launchctl prints a service, with these arguments. */
const printed = (
	program: string,
	words: readonly string[],
	rest = '',
): string => `gui/501/org.vira.service = {
	path = /Users/alice/Library/LaunchAgents/org.vira.service.plist
	state = not running

	program = ${program}
	arguments = {
${words.map((word) => `\t\t${word}\n`).join('')}	}

${rest}	runs = 1
	last exit code = 78: EX_CONFIG
}`;

const wait = '/bin/wait4path /nix/store && exec "$0" "$@"';

test.each<readonly [string, string, readonly string[], string | undefined, boolean]>([
	['its own program', '/opt/vira', ['/opt/vira', 'web'], '/opt/vira', false],
	[
		'ours, in the store',
		'/bin/sh',
		['/bin/sh', '-c', wait, '/Users/a b/vira', 'web'],
		'/Users/a b/vira',
		true,
	],
	[
		"Home Manager’s, in the shell's words",
		'/bin/sh',
		['/bin/sh', '-c', '/bin/wait4path /nix/store && exec /nix/store/1-x/bin/bash -c vira'],
		undefined,
		true,
	],
	['a shell that does not wait', '/bin/sh', ['/bin/sh', '-c', 'exec vira'], undefined, false],
	["a program with a shell's words", '/opt/sh', ['/opt/sh', '-c', wait, 'x'], '/opt/sh', false],
])('%s', (_, program, words, expected, waitsForStore) => {
	expect(parseAgent(printed(program, words)).needs).toMatchObject({program: expected, waitsForStore});
});

test('the folder and the log are those of the service, not of a nested object', () => {
	const places = `	working directory = /Users/alice/a b

	stdout path = /out.log
	stderr path = /Users/alice/vira.log
	inherited environment = {
		stderr path => /no.log
	}
`;
	expect(parseAgent(printed('/opt/vira', ['/opt/vira'], places)).needs).toMatchObject({
		folder: '/Users/alice/a b',
		logFile: '/Users/alice/vira.log',
	});
});

test('values that launchctl does not print are unknown', () => {
	expect(parseAgent('gui/501/org.vira.service = {\n}').needs).toEqual({
		program: undefined,
		waitsForStore: false,
		folder: undefined,
		logFile: undefined,
	});
});

test.each([
	['last exit reason = OS_REASON_CODESIGNING', 'OS_REASON_CODESIGNING'],
	['last exit reason = OS_REASON_CODESIGNING\n	last terminating signal = Killed: 9', 'Killed: 9'],
])('why macOS ended it, and which signature launchd keeps: %j', (lines, lastExit) => {
	const rest = `	${lines}\n	properties = keepalive | managed LWCR | has LWCR\n`;
	expect(parseAgent(printed('/opt/vira', ['/opt/vira'], rest))).toMatchObject({
		lastExit,
		exitReason: 'OS_REASON_CODESIGNING',
		isPinned: true,
	});
});
