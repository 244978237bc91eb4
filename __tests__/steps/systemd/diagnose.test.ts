import {expect, test} from '@jest/globals';
import {diagnoseUnit} from '../../../src/steps/systemd/diagnose.ts';
import {debian} from '../../support/situation.ts';

test.each([
	['exit-code', 200, 'systemd could not enter the folder that Vira is to start in (status 200).'],
	['exit-code', 203, "systemd could not run Vira's program (status 203)."],
	['exit-code', 217, 'systemd could not run Vira as another user (status 217).'],
	['exit-code', 226, 'systemd could not give Vira its own view of the file system (status 226).'],
	['exit-code', 231, "systemd could not prepare Vira's process (status 231)."],
	['start-limit-hit', 1, 'Vira ended so often in a short time that systemd has given up.'],
	['oom-kill', 9, 'The kernel ended Vira: the memory ran out.'],
	// What Vira ends with itself is in its log.
	['exit-code', 1, undefined],
	['signal', 9, undefined],
])('the message for the result %s with status %i', (result, status, title) => {
	const failed = debian({service: {active: 'failed', failure: {result, status}}});
	expect(diagnoseUnit(failed)?.title).toBe(title);
});
