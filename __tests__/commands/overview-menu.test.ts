import {expect, test} from '@jest/globals';
import {overviewMenu} from '../../src/commands/overview.ts';
import type {System} from '../../src/platform/system.ts';
import {detect} from '../../src/steps/detect.ts';
import {pulseOf, readPulse, survey, type Status} from '../../src/steps/health/survey.ts';
import {unitPath} from '../support/installed.ts';
import {linuxStates, setUp} from '../support/linux-states.ts';
import {macStates} from '../support/mac-states.ts';

const surveyed = async (machine: System): Promise<Status> => survey(machine, await detect(machine));

const linesOf = async (machine: System): Promise<readonly string[]> =>
	overviewMenu(await surveyed(machine)).lines;

test('a healthy Vira takes one line: URL, since when, boot', async () => {
	const machine = await setUp();
	expect(await linesOf(machine)).toEqual([
		expect.stringMatching(
			/^✔ Vira is running: https:\/\/localhost:5005\/ · since \d\d:\d\d · starts at boot$/u,
		),
		'',
	]);
	await machine.sleep(3 * 86_400_000);
	expect((await linesOf(machine))[0]).toContain('· since 2026-03-02 ·');
});

test('on a Mac, the line of a stopped Vira says that a login starts it', async () => {
	const machine = await macStates['not loaded']();
	const {lines, choices} = overviewMenu(await surveyed(machine));
	expect(choices[0]?.value).toBe('start');
	expect(lines).toEqual(['! Vira is stopped: https://localhost:5005/ · starts when you log in', '']);
});

test('a Vira that was stopped takes one line too, since the choices begin with the start', async () => {
	const {lines, choices} = overviewMenu(await surveyed(await linuxStates.stopped()));
	expect(lines[0]).toBe('! Vira is stopped: https://localhost:5005/ · starts at boot');
	expect(lines.filter((line) => /running|healthy|vira-setup start/iu.test(line))).toEqual([]);
	expect(choices[0]?.value).toBe('start');
});

test('only what is not well has a line of its own', async () => {
	const machine = await setUp();
	await machine.writeFile(unitPath, `${(await machine.readFile(unitPath)) ?? ''}# mine\n`, 0o600);
	expect((await linesOf(machine)).slice(0, 4)).toEqual([
		expect.stringMatching(/^! Vira is running: https:\/\/localhost:5005\/ · since .* · 2 warnings$/u),
		'',
		'! Warning  ~/.config/systemd/user/vira.service was changed by hand',
		'! Warning  systemd has not reloaded a changed service file',
	]);
});

test('what was just done stays beside the state', async () => {
	const {lines} = overviewMenu(await surveyed(await setUp()), '✔ Vira restarted (PID 1202).');
	expect(lines.slice(1, 3)).toEqual(['✔ Vira restarted (PID 1202).', '']);
});

test('changed settings are details, without secrets', async () => {
	const machine = await setUp({}, '--port', '5006', '--environment', 'API_TOKEN=hunter2hunter2');
	const {details = []} = overviewMenu(await surveyed(machine));
	expect(details[0]).toBe('Changed from the defaults:');
	expect(details[1]).toMatch(/^ {2}Port +5006$/u);
	expect(details.join('\n')).not.toContain('hunter2');
});

const states = [...Object.entries(linuxStates), ...Object.entries(macStates)].filter(
	([name]) => name !== 'not set up',
);

test('every key means the same in every state, and no two choices share one', async () => {
	const values = new Map<string, Set<string>>();
	for (const [, make] of states) {
		const {choices} = overviewMenu(await surveyed(await make()));
		expect(new Set(choices.map(({key}) => key)).size).toBe(choices.length);
		for (const {key, value} of choices) values.set(key, (values.get(key) ?? new Set()).add(value));
	}
	expect([...values.values()].map(({size}) => size)).toEqual(Array.from(values, () => 1));
	expect([...values.keys()].toSorted()).toEqual(['c', 'd', 'f', 'l', 'o', 'q', 'r', 's', 't', 'u']);
});

test.each(states)(
	'%s: the pulse is that of the survey, so that nothing is read again until it changes',
	async (_, make) => {
		const machine = await make();
		const status = await surveyed(machine);
		expect(await readPulse(machine, status)).toEqual(pulseOf(status));
	},
);

test('a pulse takes one command on Linux', async () => {
	const machine = await setUp();
	const status = await surveyed(machine);
	const commands: string[] = [];
	const counting: System = {
		...machine,
		run: (command, options) => {
			commands.push(command.join(' '));
			return machine.run(command, options);
		},
	};
	await readPulse(counting, status);
	expect(commands).toEqual([expect.stringContaining('systemctl --user show vira.service')]);
});
