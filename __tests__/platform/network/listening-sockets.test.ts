import {expect, test} from '@jest/globals';
import {readListeningSockets} from '../../../src/platform/network/linux-listeners.ts';
import type {System} from '../../../src/platform/system.ts';
import {simulate} from '../../support/simulated-linux.ts';

/** As Debian 12 printed them, with Vira at [::1]:5005, and a connection to it. */
const tcp6 = `  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 00000000000000000000000001000000:138D 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000  1000        0 51191 1 000000005120fda6 100 0 0 10 0
   1: 00000000000000000000000001000000:138D 00000000000000000000000001000000:9C40 01 00000000:00000000 00:00000000 00000000  1000        0 51193 1 000000005120fda7 20 4 30 10 -1
   2: 0000000000000000FFFF00000100007F:138D 00000000000000000000000000000000:0000 0A 00000000:00000000 00:00000000 00000000    33        0 51195 1 000000005120fda8 100 0 0 10 0
`;

const tcp = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:138D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 27381 1 0000000000000000 100 0 0 10 0
  10: 00000000:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 27382 1 0000000000000000 100 0 0 10 0
`;

const found = async (files: Readonly<Record<string, string>>) => {
	const system: System = {...(await simulate()), readFile: async (path) => files[path]};
	return readListeningSockets(system, 5005);
};

test('the listening sockets of a port, each with its address, user and inode', async () => {
	expect(await found({'/proc/net/tcp': tcp, '/proc/net/tcp6': tcp6})).toEqual([
		{address: '127.0.0.1', uid: 0, inode: '27381'},
		{address: '::1', uid: 1000, inode: '51191'},
		{address: '127.0.0.1', uid: 33, inode: '51195'},
	]);
});

test('a kernel without IPv6 has only one list, and a hidden list gives no answer', async () => {
	expect(await found({'/proc/net/tcp': tcp})).toMatchObject([{address: '127.0.0.1'}]);
	expect(await found({})).toBeUndefined();
});
