import {expect, test} from '@jest/globals';
import {serviceProperty, timeLimitMs, useMachine} from '../support/alice.ts';
import {doubted, readBySystemd, written} from '../support/module-values.ts';

const onMachine = useMachine();

const folder = '/home/alice/.config/systemd/user';

/** As Home Manager writes values of Vira's module: a line for each variable, without quotes. */
const moduleUnit = (environment: Readonly<Record<string, string>>): string =>
	[
		'[Service]',
		'ExecStart=/bin/sleep infinity',
		...Object.entries(environment).map(([name, value]) => `Environment=${name}=${value}`),
		'',
	].join('\n');

test(
	"Vira gets each variable as in the module's unit, and the full value of those that the unit damages",
	async () => {
		const machine = onMachine();
		const environmentOf = async (pid: string): Promise<Readonly<Record<string, string>>> => {
			const text = await machine.readFile(`/proc/${pid}/environ`);
			return Object.fromEntries(
				text.split('\0').map((one) => one.split(/=(.*)/su).slice(0, 2) as [string, string]),
			);
		};
		await machine.run(['mkdir', '-p', folder], {as: 'alice'});
		// The name counts for %n, %N and %p.
		await machine.writeFile(
			`${folder}/vira.service`,
			moduleUnit({...written(readBySystemd), ...written(doubted)}),
			{
				owner: 'alice',
			},
		);
		await machine.run(['systemctl', '--user', 'start', 'vira.service'], {as: 'alice'});
		const there = await environmentOf(await serviceProperty(machine, 'MainPID'));
		for (const [name, [, meant]] of Object.entries(readBySystemd))
			expect([name, there[name]]).toEqual([name, meant]);
		for (const [name, [, here]] of Object.entries(doubted))
			expect([name, there[name]]).not.toEqual([name, here]);
		await machine.run(
			[
				'sh',
				'-c',
				`systemctl --user stop vira.service; rm ${folder}/vira.service; systemctl --user daemon-reload`,
			],
			{
				as: 'alice',
			},
		);
		const document = {
			enable: true,
			systemd: {environment: {...written(readBySystemd), ...written(doubted)}, other: []},
		};
		await machine.writeFile('/home/alice/vira.json', JSON.stringify(document), {owner: 'alice'});
		const words = ['vira-setup', '--non-interactive', '--config', '/home/alice/vira.json'];
		const {exitCode, stderr} = await machine.run(words, {as: 'alice'});
		expect([exitCode, stderr]).toEqual([
			0,
			expect.stringContaining('GIT_SSH_COMMAND: The module does not quote it'),
		]);
		const here = await environmentOf(await serviceProperty(machine, 'MainPID'));
		expect(here).toMatchObject(
			Object.fromEntries(Object.entries(readBySystemd).map(([name, [, text]]) => [name, text])),
		);
		expect(here).toMatchObject(
			Object.fromEntries(Object.entries(doubted).map(([name, [, text]]) => [name, text])),
		);
	},
	timeLimitMs,
);
