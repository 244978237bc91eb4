import {expect, test} from '@jest/globals';
import {diagnoseUnit} from '../../../../src/platform/systemd/diagnosis/diagnose.ts';
import {debian} from '../../../support/situation.ts';

test.each([
	['exit-code', 200, "systemd could not enter Vira's working directory (exit status 200)."],
	['exit-code', 203, "systemd could not run Vira's program (exit status 203)."],
	['exit-code', 217, 'systemd could not run Vira as another user (exit status 217).'],
	['exit-code', 226, "systemd could not set up Vira's sandbox (exit status 226)."],
	['exit-code', 231, 'systemd could not set up the process for Vira (exit status 231).'],
	['start-limit-hit', 1, 'Vira failed too often, so systemd stopped restarting it.'],
	['oom-kill', 9, 'The kernel killed Vira: out of memory.'],
	// What Vira ends with itself is in its log.
	['exit-code', 1, undefined],
	['signal', 9, undefined],
])('the message for the result %s with status %i', (result, status, message) => {
	const failed = debian({service: {active: 'failed', failure: {result, status}}});
	expect(diagnoseUnit(failed)?.message).toBe(message);
});
