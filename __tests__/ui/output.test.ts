import {expect, test} from '@jest/globals';
import {processOutput} from '../../src/ui/output.ts';

type Streams = Parameters<typeof processOutput>[0];

test.each([
	[true, true],
	[true, false],
	[false, true],
])('each stream has colors if it is a terminal itself: stdout %j, stderr %j', (print, note) => {
	const streams = {stdout: {isTTY: print, columns: 80}, stderr: {isTTY: note}, env: {}};
	const output = processOutput({...streams, pid: 1, platform: 'linux'} as Streams, {
		print: () => undefined,
		quiet: false,
	});
	expect(output.colour).toEqual({print, note});
	expect(output.columns).toBe(print ? 80 : undefined);
});
