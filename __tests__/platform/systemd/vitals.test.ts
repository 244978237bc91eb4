import {expect, test} from '@jest/globals';
import type {System} from '../../../src/platform/system.ts';
import {readUnitVitals} from '../../../src/platform/systemd/unit-status.ts';
import {debian} from '../../support/situation.ts';

const answering = (stdout: string, exitCode = 0): System =>
	({
		now: () => 0,
		run: async () => ({exitCode, stdout, stderr: '', timedOut: false, found: true}),
	}) as unknown as System;

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
	// systemd 247 prints the highest possible number.
	['LoadState=loaded\nMemoryCurrent=18446744073709551615', {memory: undefined}],
	['LoadState=bad-setting', {loaded: false}],
])('a running service: %j', async (stdout, vitals) => {
	expect(await readUnitVitals(answering(stdout), stateOf('active'))).toMatchObject(vitals);
});

test.each([
	['Result=exit-code\nExecMainCode=1\nExecMainStatus=203', 'It exited with status 203.'],
	['Result=signal\nExecMainCode=2\nExecMainStatus=9', 'It was killed by signal 9.'],
	['Result=core-dump\nExecMainCode=3\nExecMainStatus=11', 'It was killed by signal 11.'],
	['Result=protocol\nExecMainCode=0\nExecMainStatus=0', 'systemd reports the result "protocol".'],
	['Result=oom-kill\nExecMainStatus=9', 'The kernel killed it: out of memory.'],
	['Result=start-limit-hit\nExecMainStatus=0', 'It failed too often, so systemd stopped restarting it.'],
	['Result=timeout\nExecMainStatus=15', 'It timed out, so systemd stopped it.'],
	['Result=success\nExecMainStatus=0', undefined],
])('a service that is not running: %j', async (stdout, ending) => {
	const old = 'ActiveEnterTimestamp=Wed 2026-11-25 02:05:54 UTC\nMemoryCurrent=1';
	expect(await readUnitVitals(answering(`${stdout}\n${old}`), stateOf('failed'))).toMatchObject({
		loaded: false,
		since: undefined,
		memory: undefined,
		ending,
	});
});

test.each([
	['Result=exit-code\nExecMainCode=1\nExecMainStatus=3', undefined],
	['Result=signal\nExecMainCode=2\nExecMainStatus=9', undefined],
	['Result=oom-kill\nExecMainStatus=9', true],
	['Result=start-limit-hit\nExecMainStatus=0', true],
	['Result=exit-code\nExecMainCode=0\nExecMainStatus=0', true],
])('whether its cause is known: %j', async (stdout, isExplained) => {
	expect((await readUnitVitals(answering(stdout), stateOf('failed'))).isExplained).toBe(isExplained);
});

const command = (name: string, path: string, rest: string): string =>
	`${name}={ path=${path} ; argv[]=${path} -x ; ${rest} }`;
const times = 'start_time=[Wed 2026-11-25 22:22:31 UTC] ; stop_time=[Wed 2026-11-25 22:22:31 UTC] ; pid=429';
const ended = (name: string, path: string, how: string): string =>
	command(name, path, `ignore_errors=no ; ${times} ; ${how}`);

const before = ended('ExecStartPre', '/bin/false', 'code=exited ; status=1');
const mainNotStarted = 'ExecMainCode=0\nExecMainStatus=0';

test.each([
	['exit-code', mainNotStarted, before, '/bin/false (ExecStartPre) exited with status 1.'],
	[
		'exit-code',
		mainNotStarted,
		`${ended('ExecStartPre', '/bin/true', 'code=exited ; status=0')}\n${before}`,
		'/bin/false (ExecStartPre) exited with status 1.',
	],
	[
		'exit-code',
		mainNotStarted,
		ended('ExecStartPre', '/nonexistent', 'code=exited ; status=203'),
		'/nonexistent (ExecStartPre) could not be run.',
	],
	[
		'signal',
		mainNotStarted,
		ended('ExecStartPre', '/bin/sh', 'code=killed ; status=9/KILL'),
		'/bin/sh (ExecStartPre) was killed by signal 9.',
	],
	// systemd ends Vira then.
	[
		'exit-code',
		'ExecMainCode=2\nExecMainStatus=15',
		ended('ExecStartPost', '/bin/false', 'code=exited ; status=1'),
		'/bin/false (ExecStartPost) exited with status 1.',
	],
	[
		'exit-code',
		'ExecMainCode=1\nExecMainStatus=7',
		command('ExecStartPre', '/bin/false', `ignore_errors=yes ; ${times} ; code=exited ; status=1`),
		'It exited with status 7.',
	],
	[
		'exit-code',
		mainNotStarted,
		command('ExecStartPre', '/bin/true', 'ignore_errors=no ; start_time=[n/a] ; code=(null) ; status=0/0'),
		'A command that runs before or after Vira failed.',
	],
])('the result %s with %j and %s', async (result, main, beside, ending) => {
	const stdout = `Result=${result}\n${main}\n${beside}`;
	expect(await readUnitVitals(answering(stdout), stateOf('failed'))).toMatchObject({ending});
});

test('a user manager that does not respond gives no answer', async () => {
	const silent = await readUnitVitals(answering('', 1), stateOf('inactive'));
	expect(silent).toEqual({loaded: undefined, since: undefined, memory: undefined, ending: undefined});
});
