import {expect, test} from '@jest/globals';
import {simulate, type Simulation} from '../support/simulated-linux.ts';
import {type} from '../support/installed.ts';
import {behave, setUp} from '../support/linux-states.ts';
import {logPath} from '../support/simulated-mac.ts';
import {macSetUp} from '../support/mac-setup.ts';
import {lines, told} from '../support/run-command.ts';

const colourful = '\u001B[31m🚀 the cause\u001B[0m\u001B]0;title\u0007\r';

/** The machine, on which a failing Vira prints its last log lines in color. */
const inColour = (machine: Simulation): Simulation => ({
	...machine,
	run: async (command, options) => {
		const result = await machine.run(command, options);
		const isExcerpt = command.some((word) => word.startsWith('_SYSTEMD_INVOCATION_ID='));
		return isExcerpt ? {...result, stdout: colourful} : result;
	},
});

const failing = async (): Promise<Simulation> => {
	const machine = await setUp();
	await behave(machine, 'exits-at-once');
	await type(machine, 'systemctl --user restart vira.service');
	await machine.sleep(500);
	return inColour(machine);
};

test.each(['restart', 'doctor'])(
	"%s shows the log's text without anything that acts on a terminal",
	async (verb) => {
		const machine = await failing();
		const shown = (await lines(machine, verb)).join('\n');
		expect(shown).toContain('Last log lines:\n  🚀 the cause');
		expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
		const [, document] = await told(machine, verb);
		const log = verb === 'doctor' ? document['log'] : (document['error'] as {readonly log: unknown}).log;
		expect(log).toEqual(['🚀 the cause']);
	},
);

test('so does a setup that fails', async () => {
	const vira = {path: '/home/alice/.nix-profile/bin/vira', version: '0.1.0', schema: 3} as const;
	const machine = inColour(await simulate({vira: {...vira, behaviour: 'exits-at-once'}}));
	const shown = (await lines(machine, '--non-interactive')).join('\n');
	expect(shown).toContain('  🚀 the cause');
	expect(shown).not.toMatch(/[^\P{Cc}\n]/u);
	const [, document] = await told(machine, '--non-interactive');
	expect(document).toMatchObject({error: {log: ['🚀 the cause']}});
});

test("so does the document of a Mac's log", async () => {
	const machine = await macSetUp();
	await machine.events.put(logPath, `${colourful}\n`);
	expect(await told(machine, 'logs')).toMatchObject([0, {lines: ['🚀 the cause']}]);
});
