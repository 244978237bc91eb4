import {execFileSync} from 'node:child_process';
import {closeSync, constants, openSync} from 'node:fs';
import {join} from 'node:path';
import {expect} from '@jest/globals';
import {whenUnread} from '../../../src/platform/real/read-output.ts';
import {afterTest} from '../../support/after-test.ts';
import {newFolder} from '../../support/new-folder.ts';
import {testWith} from '../../support/where-installed.ts';

/** A pipe with a reader; neither waits for the other. */
const openPipe = () => {
	const fifo = join(newFolder(), 'fifo');
	execFileSync('mkfifo', [fifo]);
	const reader = openSync(fifo, constants.O_RDONLY | constants.O_NONBLOCK);
	const writer = openSync(fifo, 'w');
	afterTest(() => closeSync(writer));
	return {reader, writer};
};

for (const [platform, program] of [
	['linux', 'tail'],
	['darwin', '/bin/zsh'],
] as const) {
	testWith(program)(
		`as on ${platform}: a pipe whose reader goes away after a second is noticed then, although nothing is written`,
		async () => {
			const {reader, writer} = openPipe();
			const leaving = setTimeout(() => closeSync(reader), 1000);
			afterTest(() => clearTimeout(leaving));
			const began = Date.now();
			await new Promise<void>((resolve) =>
				afterTest(whenUnread({fd: writer, pid: process.pid, platform}, resolve)),
			);
			expect(Date.now() - began).toBeGreaterThan(900);
		},
	);
}
