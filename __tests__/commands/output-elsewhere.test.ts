import {expect, test} from '@jest/globals';
import {put, type, unitPath} from '../support/installed.ts';
import {setUp} from '../support/linux-states.ts';
import {lines, progress, told} from '../support/run-command.ts';

const goesTo = (line: string, file: string): string =>
	`Vira's output goes to ${file}, not to the journal: the service sets ${line}.`;

const log = '/home/alice/vira.log';

test.each([
	['StandardOutput=append:%h/vira.log', goesTo('StandardOutput=append:%h/vira.log', log)],
	['StandardOutput=file:/home/alice/vira.log', goesTo('StandardOutput=file:/home/alice/vira.log', log)],
	['StandardError=truncate:/home/alice/vira.log', goesTo('StandardError=truncate:/home/alice/vira.log', log)],
	['StandardOutput=null', "Vira's output does not go to the journal: the service sets StandardOutput=null."],
	['StandardOutput=journal', null],
	['StandardOutput=null\nStandardOutput=journal', null],
])("%j in a drop-in: logs says where Vira's lines are", async (line, message) => {
	const machine = await setUp();
	await put(machine, `${unitPath}.d/mine.conf`, `[Service]\n${line}\n`);
	await type(machine, 'systemctl --user daemon-reload');
	expect(await told(machine, 'logs')).toMatchObject([
		0,
		{source: 'journal', warnings: message === null ? [] : [{code: 'log-elsewhere', message}]},
	]);
	const noted = await progress(machine, 'logs');
	expect(noted[0]).toBe(message === null ? undefined : `! ${message}`);
	if (message?.includes(log)) expect(noted[1]).toBe(`  tail -n 50 ${log}   shows the log`);
});

test('also in the systemd settings, and a failure report names the file with the last lines', async () => {
	const machine = await setUp({}, '--service-config', `StandardOutput=append:${log}`);
	expect((await told(machine, 'logs'))[1]).toMatchObject({
		warnings: [
			{
				code: 'log-elsewhere',
				message: goesTo(`StandardOutput=append:${log}`, log),
				fixes: [{command: `tail -n 50 ${log}`}],
			},
		],
	});
	const {vira} = await machine.events.state();
	if (vira) await machine.events.change({vira: {...vira, behaviour: 'exits-at-once'}});
	expect((await lines(machine, 'restart')).join('\n')).toContain(goesTo(`StandardOutput=append:${log}`, log));
	expect((await lines(machine, 'doctor')).join('\n')).toContain('tail -n 50 ~/vira.log');
});

test("Vira's output is then in that file, and only systemd’s own lines are in the journal", async () => {
	const machine = await setUp({}, '--service-config', 'StandardOutput=append:%h/vira.log');
	expect(await machine.readFile(log)).toContain('Launching at https://localhost:5005');
	expect(JSON.stringify((await told(machine, 'logs'))[1])).not.toContain('Launching at');
});
