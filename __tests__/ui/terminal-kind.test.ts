import {expect, test} from '@jest/globals';
import {parseRequest} from '../../src/command-line/request.ts';
import {hasRawMode, needsLines} from '../../src/ui/output.ts';

const raw = {setRawMode: () => undefined};

test.each([
	['an ordinary terminal', raw, {TERM: 'xterm'}, false, true],
	['one that cannot redraw', raw, {TERM: 'dumb'}, true, false],
	['one that only sends whole lines', {}, {TERM: 'xterm'}, true, false],
	['a screen reader that Ink detects', raw, {INK_SCREEN_READER: 'true'}, true, true],
	['one that Ink is told to ignore', raw, {INK_SCREEN_READER: 'false'}, false, true],
	['a screen reader that other programs detect', raw, {ACCESSIBLE: '1'}, true, true],
	['one that they are told to ignore', raw, {ACCESSIBLE: '0'}, false, true],
])('%s: %j %j', (_, stdin, environment, lines, keys) => {
	const terminal = {stdin, environment};
	expect([needsLines(terminal), hasRawMode(terminal)]).toEqual([lines, keys]);
});

test.each(['--yes', '--non-interactive', '--json', '--check'])(
	'--plain is refused with %s, which asks nothing',
	async (flag) => {
		const asked = parseRequest(['--plain', flag], {
			environment: {},
			read: () => Promise.resolve(undefined),
		});
		await expect(asked).rejects.toMatchObject({
			failure: {
				message:
					'--plain is not valid with --yes, --non-interactive, --json, --check or --print-command, which never ask.',
				exit: 2,
			},
		});
	},
);
