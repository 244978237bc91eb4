import {expect, test} from '@jest/globals';
import {macAdvice, refusalsOn} from '../../../src/platform/launchd/advice.ts';
import {simulateMac} from '../../support/simulated-mac.ts';
import {ended} from '../../support/mac-setup.ts';
import {mac} from '../../support/mac.ts';
import {refusedWith} from '../../support/run-command.ts';

test.each([
	['10.15.7', ['macos-too-old']],
	['11.7.10', ['macos-too-old']],
	['12.0.1', []],
	['12', []],
	['26.1', []],
	['99.0', []],
	// How a Mac with a newer system names itself on request.
	['10.16', []],
	[undefined, []],
])('macOS %s is refused for %j', (version, codes) => {
	expect(refusalsOn(mac({mac: {version}})).map(({code}) => code)).toEqual(codes);
});

test('a macOS that is too old is refused in one sentence, and nothing changes', async () => {
	const machine = await simulateMac({mac: {version: '11.7.10'}});
	expect(await refusedWith(machine)).toEqual({
		status: 3,
		said: ['macOS 11.7.10 is too old: vira-setup needs macOS 12 or newer.'],
		changed: false,
	});
});

test('a macOS that is not known yet is treated like those before it', async () => {
	expect(await ended(await simulateMac({mac: {version: '31.0'}}))).toEqual([0, 'installed', '']);
});

test.each([
	['is mounted', {nixMounted: true, nixExpected: true}, false],
	['is not mounted', {nixMounted: false, nixExpected: true}, true],
	['never existed', {nixMounted: false, nixExpected: false}, false],
])('a Nix store that %s', (_, store, warned) => {
	const facts = mac({vira: undefined, nix: undefined, mac: store});
	expect(macAdvice(facts).some(({code}) => code === 'nix-not-mounted')).toBe(warned);
});

test.each([
	[{architecture: 'arm64', rosetta: false}, 'macOS 15.6 on arm64'],
	[{architecture: 'x86_64', rosetta: true}, 'macOS 15.6 on x86_64, translated by Rosetta'],
	[{architecture: 'x86_64', rosetta: false}, 'macOS 15.6 on x86_64'],
])('the processor of %j', (chip, message) => {
	expect(macAdvice(mac({mac: chip}))[0]).toEqual({level: 'ok', code: 'system', message});
});
