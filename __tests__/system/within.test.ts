import {expect, test} from '@jest/globals';
import {pageAt, serviceProperty, timeLimitMs, useMachine} from '../support/alice.ts';

const onMachine = useMachine();
const as = {as: 'alice'} as const;
const said = '/home/alice/said';

test(
	'a process that the service started cannot stop it, and gets the reason',
	async () => {
		const machine = onMachine();
		await machine.run(['vira-setup', '--non-interactive'], as);
		const text = `[Service]\nExecStartPost=-/bin/sh -lc 'vira-setup stop >${said} 2>&1; echo $? >>${said}'\n`;
		await machine.writeFile('/home/alice/.config/systemd/user/vira.service.d/odd.conf', text, {
			owner: 'alice',
		});
		const {exitCode} = await machine.run(['vira-setup', 'restart'], as);
		expect([exitCode, await machine.readFile(said)]).toEqual([
			0,
			expect.stringMatching(
				/^vira-setup: This vira-setup was started by Vira itself, .*\n.*\n  Run vira-setup in your own shell\.\n3\n$/u,
			),
		]);
		expect(await serviceProperty(machine, 'ActiveState')).toBe('active');
		expect(await pageAt(machine, 'https://localhost:5005/')).toBe('200');
	},
	timeLimitMs,
);
