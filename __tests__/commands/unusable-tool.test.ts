import {describe, expect, test} from '@jest/globals';
import {silent, type Silence} from '../support/fault-injection.ts';
import {setUp} from '../support/linux-states.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {attempt} from '../support/run-command.ts';

const reasons: readonly (readonly [Silence, string])[] = [
	['is missing', 'The program was not found.'],
	['cannot be started', 'It could not be started: permission denied.'],
	['prints too much', 'It printed more than 4 MiB and was stopped.'],
];

const machines = {
	systemctl: {tool: /^systemctl /u, make: () => setUp()},
	launchctl: {tool: /^\/bin\/launchctl /u, make: () => macSetUp()},
};

const commands = ['', 'start', 'stop', 'doctor', 'uninstall'];

describe.each(['systemctl', 'launchctl'] as const)('%s', (name) => {
	const {tool, make} = machines[name];

	test.each(reasons)(
		'%s: it is named, with the reason, and no restart of anything is suggested',
		async (how, why) => {
			for (const command of commands) {
				const machine = silent(await make(), tool, how);
				const {code, document} = await attempt(machine, ...command.split(' ').filter((word) => word !== ''));
				const told = JSON.stringify(document);
				expect([command, told]).toEqual([command, expect.stringContaining(`Cannot run ${name}. ${why}`)]);
				expect([command, told]).toEqual([
					command,
					expect.not.stringMatching(/restart user@|restart the Mac|enable-linger/iu),
				]);
				expect([command, code]).toEqual([command, command === 'doctor' ? 1 : 3]);
			}
		},
	);
});
