import {expect, test} from '@jest/globals';
import {versionIn} from '../../src/platform/vira/programs.ts';
import {linesFrom} from '../../src/platform/real/read-output.ts';
import {overriddenBy} from '../../src/platform/systemd/unit/drop-in.ts';
import {parseServiceState} from '../../src/platform/systemd/detect/service-state.ts';
import {parseProperties, parseShownList} from '../../src/platform/systemd/systemctl.ts';
import {programInUnit} from '../../src/platform/systemd/unit/unit.ts';
import {verifyUnit} from '../../src/platform/systemd/unit/verify-unit.ts';
import {isDisabled, parseAgent} from '../../src/platform/launchd/launchctl.ts';
import {fileSystemIn} from '../../src/platform/real/inspect.ts';
import {askRepositoryPage} from '../../src/platform/vira/check-repositories.ts';
import type {System} from '../../src/platform/system.ts';
import {findExport} from '../../src/platform/vira/vira-state.ts';
import {masker} from '../../src/settings/secrets/masker.ts';
import {saidBySystemd} from '../../src/platform/systemd/diagnosis/said-by-systemd.ts';
import {saidByVira} from '../../src/platform/vira/said-by-vira.ts';
import {highlighterOf} from '../../src/ui/ink/screens/preview/diff-rows.ts';
import {printable, forTerminal} from '../../src/ui/text.ts';
import {withShortPaths} from '../../src/ui/words/describe.ts';
import {settings} from '../support/situation.ts';

/** So much that quadratic work takes many seconds. */
const size = 2 ** 18;

const full = (piece: string): string => piece.repeat(Math.ceil(size / piece.length));

const pieces = [
	'0',
	'1.',
	'1.1 ',
	'a',
	' ',
	'\n',
	'\r',
	'"',
	String.raw`\"`,
	String.raw`\1`,
	'{',
	'{"a":',
	'<p ',
	'<p class="font-mono" ',
	'<',
	'/',
	'/vira.service:',
	'ExecStart="/\n',
	'ExecStart="/',
	'a=',
	'a = ',
	'\t= ',
	'/home/alice/',
	'x: ',
	': (exit 1',
	'/cache-keys/',
	'\u001B[',
	'\u001B]8;;',
	'socket:[',
	'a:',
	'"A":A="',
	'token=a;',
	'-----BEGIN ',
];

/** One kind of text, alone and after what a parser searches for. */
const texts = pieces.flatMap((piece) => [
	full(piece),
	`{"${full(piece)}`,
	`vira: callProcess: ${full(piece)}`,
	`disabled services\n"${full(piece)}`,
	`sshpass -p ${full(piece)}`,
	`<key>${full(piece)} TOKEN</key><string>a`,
]);

const saying = (text: string): System =>
	({
		run: async () => ({exitCode: 1, stdout: text, stderr: text, timedOut: false, found: true}),
		ask: async () => ({answered: true, status: 200, body: text.slice(0, 65_536)}),
		withScratchFile: (_: string, __: string, use: (path: string) => unknown) => use('/tmp/x/vira.service'),
	}) as unknown as System;

const parsers: Readonly<Record<string, (text: string) => unknown>> = {
	'the version of a program': versionIn,
	'properties of systemctl': parseProperties,
	'the state of a service': parseServiceState,
	'a list of systemctl': parseShownList,
	'the program of a unit': programInUnit,
	'what a drop-in overrides': (text) => overriddenBy(text, 'ExecStart='),
	'the output of systemd-analyze': (text) => verifyUnit(saying(text), text),
	'the output of launchctl': parseAgent,
	'the disabled services of launchctl': isDisabled,
	'the output of mount': (text) => fileSystemIn(text, '/Users/alice', 1),
	'an export of Vira': findExport,
	"a page of Vira's": (text) => askRepositoryPage(saying(text), 'https://x/', 'a'),
	"Vira's last log lines": (text) => saidByVira(text.split('\n', 100)),
	"systemd's last log lines": (text) => saidBySystemd(text.split('\n', 100)),
	'lines as they arrive': (text) => linesFrom().take(Buffer.from(text)),
	'a line for a terminal': (text) => forTerminal([text]),
	'text on a screen': printable,
	'text that may contain secrets': (text) => masker(settings({}))(text),
	'a path on a screen': (text) => withShortPaths(text, '/home/alice'),
	'a unit with colors': (text) => highlighterOf('x.service')?.(text),
	'a property list with colors': (text) => highlighterOf('x.plist')?.(text),
	'a JSON text with colors': (text) => highlighterOf('x.json')?.(text),
};

test.each(Object.keys(parsers))('%s is parsed in linear time, whatever a program prints', async (name) => {
	let slow: unknown;
	for (const text of texts) {
		const began = performance.now();
		await parsers[name]?.(text);
		const took = performance.now() - began;
		if (took > 2000) slow = [text.slice(0, 30), took];
		if (slow) break;
	}
	expect(slow).toBeUndefined();
});

test.each([
	['nix (Nix) 2.18.1\n', '2.18.1'],
	['nix (Lix, like Nix) 2.91.1', '2.91.1'],
	['vira 0.1.0.0-pre+x', '0.1.0.0-pre+x'],
	['vira', undefined],
	[`vira ${'1.'.repeat(5000)}1`, undefined],
])('the version in %j', (text, version) => {
	expect(versionIn(text)).toBe(version);
});
