import {execFileSync, spawn} from 'node:child_process';
import {closeSync, openSync} from 'node:fs';
import {join} from 'node:path';
import {expect, test} from '@jest/globals';
import {whenUnread} from '../../src/platform/when-unread.ts';
import {newFolder} from '../support/rehearsal.ts';

test.each(['linux', 'darwin'] as const)(
	'as on %s: a pipe that loses its reader after a second is noticed then, though nothing is written',
	async (platform) => {
		const fifo = join(newFolder(), 'fifo');
		execFileSync('mkfifo', [fifo]);
		spawn('sh', ['-c', 'exec sleep 1 <"$0"', fifo], {stdio: 'ignore'});
		const fd = openSync(fifo, 'w');
		const began = Date.now();
		await new Promise<void>((resolve) => whenUnread({fd, pid: process.pid, platform}, resolve));
		closeSync(fd);
		expect(Date.now() - began).toBeGreaterThan(900);
	},
);
