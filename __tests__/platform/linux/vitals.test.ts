import {expect, test} from '@jest/globals';
import type {System} from '../../../src/platform/system.ts';
import {readUnitVitals} from '../../../src/platform/linux/vitals.ts';
import {debian} from '../../support/situation.ts';

const answering = (stdout: string, exitCode = 0): System =>
	({run: async () => ({exitCode, stdout, stderr: '', timedOut: false, found: true})}) as unknown as System;

const stateOf = (active: 'active' | 'failed' | 'inactive') => debian({service: {active}}).service;

test.each([
	[
		'LoadState=loaded\nResult=success\nExecMainStatus=0\nActiveEnterTimestamp=Wed 2026-11-25 02:05:54 UTC\nMemoryCurrent=47185920',
		{loaded: true, since: Date.UTC(2026, 10, 25, 2, 5, 54), memory: 47_185_920, ending: undefined},
	],
	[
		'LoadState=loaded\nResult=success\nActiveEnterTimestamp=\nMemoryCurrent=[not set]',
		{loaded: true, since: undefined, memory: undefined, ending: undefined},
	],
	// systemd 247 prints the highest number that there is.
	['LoadState=loaded\nMemoryCurrent=18446744073709551615', {memory: undefined}],
	['LoadState=bad-setting', {loaded: false}],
])('a service that runs: %j', async (stdout, vitals) => {
	expect(await readUnitVitals(answering(stdout), stateOf('active'))).toMatchObject(vitals);
});

test.each([
	['Result=exit-code\nExecMainStatus=203', 'It ended with status 203.'],
	['Result=signal\nExecMainStatus=9', 'It was ended by the signal 9.'],
	['Result=core-dump\nExecMainStatus=11', 'It was ended by the signal 11.'],
	['Result=oom-kill\nExecMainStatus=9', 'The kernel ended it: the memory ran out.'],
	['Result=start-limit-hit\nExecMainStatus=0', 'It failed so often that systemd gave up.'],
	['Result=timeout\nExecMainStatus=15', 'It took too long, and systemd ended it.'],
	['Result=success\nExecMainStatus=0', undefined],
])('a service that does not run: %j', async (stdout, ending) => {
	const old = 'ActiveEnterTimestamp=Wed 2026-11-25 02:05:54 UTC\nMemoryCurrent=1';
	expect(await readUnitVitals(answering(`${stdout}\n${old}`), stateOf('failed'))).toEqual({
		loaded: false,
		since: undefined,
		memory: undefined,
		ending,
	});
});

test('a user manager that does not answer tells nothing', async () => {
	const silent = await readUnitVitals(answering('', 1), stateOf('inactive'));
	expect(silent).toEqual({loaded: undefined, since: undefined, memory: undefined, ending: undefined});
});
