import {expect, test} from '@jest/globals';
import {saidBySystemd, whyBySystemd} from '../../../../src/platform/systemd/diagnosis/said-by-systemd.ts';

const failed = "vira.service: Failed with result 'exit-code'.";

test.each([
	[
		'vira.service: Main process exited, code=exited, status=3/NOTIMPLEMENTED',
		'exited',
		'Vira exited with status 3.',
	],
	['vira.service: Main process exited, code=exited, status=42/n/a', 'exited', 'Vira exited with status 42.'],
	[
		'vira.service: Main process exited, code=killed, status=9/KILL',
		'killed',
		'Vira was killed by signal KILL.',
	],
	[
		'vira.service: Main process exited, code=dumped, status=11/SEGV',
		'killed',
		'Vira was killed by signal SEGV.',
	],
	[
		'vira.service: Main process exited, code=exited, status=203/EXEC',
		'program-unusable',
		"systemd could not run Vira's program (exit status 203).",
	],
	[
		'vira.service: Main process exited, code=exited, status=226/NAMESPACE',
		'not-startable',
		'systemd could not set up the process for Vira (exit status 226).',
	],
])('%s: %s', (line, reason, message) => {
	expect(saidBySystemd(['Started vira.service.', line, failed])).toMatchObject({reason, message});
	expect(whyBySystemd([line, failed])).toBeUndefined();
});

test.each([
	['vira.service: Start request repeated too quickly.', 'start-limit'],
	["vira.service: Failed with result 'oom-kill'.", 'out-of-memory'],
])('%s: %s', (line, reason) => {
	expect(whyBySystemd(['vira.service: Main process exited, code=killed, status=9/KILL', line])).toMatchObject(
		{
			reason,
		},
	);
});

test('messages of a service about another one are ignored', () => {
	expect(
		saidBySystemd(['other.service: Main process exited, code=exited, status=3/NOTIMPLEMENTED']),
	).toBeUndefined();
});
