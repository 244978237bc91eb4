import {describe, expect, test} from '@jest/globals';
import {canonicalAddress, collide, isThisMachine, reachedAt} from '../../../src/platform/network/address.ts';

test.each([
	['127.0.0.1', '127.0.0.1'],
	['0:0:0:0:0:0:0:1', '::1'],
	['2001:DB8::0:1', '2001:db8::1'],
	['::ffff:127.0.0.1', '127.0.0.1'],
	['fe80::1%eth0', 'fe80::1'],
])('%s is written %s', (one, other) => {
	expect(canonicalAddress(one)).toBe(other);
});

describe('a connection', () => {
	test.each([
		['127.0.0.1', ['127.0.0.1', '0.0.0.0', '::'], ['127.0.0.1']],
		['127.0.0.1', ['0.0.0.0', '::', '::1'], ['0.0.0.0']],
		['127.0.0.1', ['::', '::1'], ['::']],
		['127.0.0.1', ['::1', '192.0.2.1'], []],
		['::1', ['0.0.0.0', '::'], ['::']],
		['::1', ['0.0.0.0', '127.0.0.1'], []],
	])('to %s reaches, of %j, %j', (asked, listening, reached) => {
		const sockets = listening.map((address) => ({address}));
		expect(reachedAt(sockets, asked)).toEqual(reached.map((address) => ({address})));
	});
});

test.each([
	['127.0.0.1', '127.0.0.1', true],
	['127.0.0.1', '::1', false],
	['0.0.0.0', '127.0.0.1', true],
	['127.0.0.1', '0.0.0.0', true],
	['0.0.0.0', '::1', false],
	['::', '127.0.0.1', true],
	['::1', '::', true],
])('a server at %s keeps another from %s: %j', (one, other, does) => {
	expect(collide(one, other)).toBe(does);
});

test.each([
	['127.0.0.1', true],
	['127.0.1.1', true],
	['::ffff:127.0.0.5', true],
	['192.0.2.7', true],
	['::ffff:192.0.2.7', true],
	['fe80::1%eth0', true],
	['192.0.2.8', false],
	['12.7.0.1', false],
	['::1', false],
	['', false],
])('with the interfaces 192.0.2.7 and fe80::1, %j is this machine: %j', (address, is) => {
	expect(isThisMachine(address, ['192.0.2.7', 'fe80::1'])).toBe(is);
});
