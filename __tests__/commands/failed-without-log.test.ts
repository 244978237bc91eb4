import {describe, expect, test} from '@jest/globals';
import {type} from '../support/installed.ts';
import {behave, setUp} from '../support/linux-states.ts';
import {attempt, lines, told} from '../support/run-command.ts';
import {simulate} from '../support/simulated-linux.ts';

/** A CI account: a system account, for which journald keeps no journal of its own. */
const ci = {user: {name: 'ci', uid: 998, home: '/home/ci', sudoFrom: undefined}};

const what = 'Cannot read the log: it is in the system journal, which ci has no permission to read.';
const shows = 'sudo journalctl _UID=998 _SYSTEMD_USER_UNIT=vira.service + _UID=998 USER_UNIT=vira.service';

const toldHow = expect.arrayContaining([expect.objectContaining({command: shows})]);

const failing = {vira: {path: '/home/ci/.nix-profile/bin/vira', version: '0.1.0', schema: 3}};

describe('an account whose log cannot be read', () => {
	test('a setup that fails says so, with the command that shows the log', async () => {
		const machine = await simulate({...ci, vira: {...failing.vira, behaviour: 'exits-at-once'}});
		const {code, document} = await attempt(machine);
		expect([code, document.outcome]).toEqual([6, 'failed']);
		expect(document).toMatchObject({
			error: {detail: expect.stringContaining(what), fixes: toldHow, log: []},
		});
	});

	test.each(['restart', 'start'])('%s that fails says so, with the log command', async (verb) => {
		const machine = await setUp(ci);
		if (verb === 'start') await type(machine, 'systemctl --user stop vira.service');
		await behave(machine, 'exits-at-once');
		const said = (await lines(machine, verb)).join('\n');
		expect(said).toContain(what);
		expect(said).toContain(`  ${shows}   shows the log`);
		expect(said).not.toContain('vira-setup logs');
		expect((await told(machine, verb))[1]).toMatchObject({error: {fixes: toldHow}});
	});

	test('a start that systemd refuses says so, with the command that shows the log', async () => {
		const machine = await setUp(ci);
		await type(machine, 'systemctl --user stop vira.service');
		const refusing = {
			...machine,
			run: async (...given: Parameters<typeof machine.run>) =>
				given[0].join(' ') === 'systemctl --user start vira.service'
					? {exitCode: 1, stdout: '', stderr: 'Job failed.', timedOut: false, found: true}
					: machine.run(...given),
		};
		const said = (await lines(refusing, 'start')).join('\n');
		expect(said).toContain('systemd could not start the service.');
		expect(said).toContain(shows);
	});

	test('doctor warns of it, and shows no line of ours as one of the log', async () => {
		const machine = await setUp(ci);
		await behave(machine, 'exits-at-once');
		await type(machine, 'systemctl --user restart vira.service');
		await machine.sleep(1000);
		const [, document] = await told(machine, 'doctor');
		expect(document).toMatchObject({
			log: [],
			checks: expect.arrayContaining([
				expect.objectContaining({level: 'warning', code: 'log-unreadable', message: what}),
			]),
		});
	});
});
