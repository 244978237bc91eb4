import {expect, test} from '@jest/globals';
import type {System} from '../../../src/platform/system.ts';
import {readAgentVitals} from '../../../src/platform/launchd/agent-status.ts';
import {debian} from '../../support/situation.ts';

const now = Date.UTC(2026, 2, 2, 9);

const answering = (stdout: string, exitCode: number | null = 0): System =>
	({
		now: () => now,
		run: async () => ({exitCode: exitCode ?? undefined, stdout, stderr: '', timedOut: false, found: true}),
	}) as unknown as System;

const {service} = debian();

/** As ps(1) prints them on macOS: right-aligned, two-digit days. */
test.each([
	['      00:07  46080', 7, 47_185_920],
	['      12:34  1024', 754, 1_048_576],
	['   01:00:00  10', 3600, 10_240],
	['02-03:04:05  10', 183_845, 10_240],
])('%j', async (stdout, seconds, memory) => {
	expect(await readAgentVitals(answering(stdout), {...service, mainPid: 7})).toEqual({
		since: now - seconds * 1000,
		memory,
		ending: undefined,
	});
});

test.each(['', 'ps: illegal option'])('%j gives no answer', async (stdout) => {
	expect(await readAgentVitals(answering(stdout), {...service, mainPid: 7})).toEqual({
		since: undefined,
		memory: undefined,
		ending: undefined,
	});
});

test.each([1, null])('ps with exit status %j gives no answer, whatever it printed', async (status) => {
	const machine = answering('00:07  46080', status);
	expect(await readAgentVitals(machine, {...service, mainPid: 7})).toEqual({
		since: undefined,
		memory: undefined,
		ending: undefined,
	});
});

test('for a service without a process, it is reported how it exited', async () => {
	expect(await readAgentVitals(answering('00:07 1'), {...service, ending: 'It ended.'})).toEqual({
		since: undefined,
		memory: undefined,
		ending: 'It ended.',
	});
});
