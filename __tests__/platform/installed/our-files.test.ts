import {expect, test} from '@jest/globals';
import {simulate} from '../../support/simulated-linux.ts';
import {lines, refusedWith} from '../../support/run-command.ts';

/** What Node makes of a variable with a byte that is not UTF-8. */
const lost = '/home/alice/caf\uFFFD';

test.each(['XDG_CONFIG_HOME', 'XDG_STATE_HOME'])(
	'a folder in %s with lost bytes is refused by the name of the variable',
	async (variable) => {
		const machine = await simulate({environment: {[variable]: lost}});
		expect(await refusedWith(machine)).toEqual({
			status: 3,
			said: [`${variable} is not UTF-8 text: ${lost}`],
			changed: false,
		});
		for (const verb of ['status', 'doctor', 'logs', 'export', 'uninstall'])
			expect(await lines(machine, verb)).toEqual([
				3,
				`vira-setup: ${variable} is not UTF-8 text: ${lost}`,
				'vira-setup cannot use such a path.',
			]);
	},
);

test('a home folder with lost bytes is refused', async () => {
	const machine = await simulate({user: {name: 'alice', uid: 1000, home: lost, sudoFrom: undefined}});
	expect(await lines(machine, 'status')).toContain(`vira-setup: Your home folder is not UTF-8 text: ${lost}`);
});
