import {expect, test} from '@jest/globals';
import {macPresets, type GivenMac} from '../../../../src/platform/rehearsal/launchd/fresh-mac.ts';
import type {MacRehearsal} from '../../../../src/platform/rehearsal/rehearsal-mac.ts';
import {
	afterNixStore,
	agentPath,
	agentText,
	gui,
	label,
	macWithAgent,
	printed,
	typed,
	type Keys,
} from '../../../support/mac-rehearsal.ts';

const bootstrap = `launchctl bootstrap gui/501 ${agentPath}`;
const told = ['state', 'runs', 'last exit code', 'pended nondemand spawn'];

/** What a program that sets Vira up may meet, and what it then sees of its service after a bootstrap. */
const situations: Readonly<
	Record<
		string,
		{
			readonly given?: GivenMac;
			readonly keys?: Keys;
			readonly before?: (machine: MacRehearsal) => Promise<unknown>;
			readonly after?: (machine: MacRehearsal) => Promise<unknown>;
			/** Exit status of bootstrap and of print 20 seconds later, and what print tells. */
			readonly seen: readonly [bootstrap: number, print: number, told: string];
		}
	>
> = {
	'an old instance that takes 8 seconds to end': {
		keys: {ExitTimeOut: 20},
		before: async (machine) => {
			await machine.events.behave(label, {termDelayMs: 8000});
			await typed(machine, bootstrap);
			await machine.sleep(100);
			await typed(machine, `launchctl bootout ${gui}`);
		},
		seen: [5, 113, ''],
	},
	'an old instance that outlives SIGKILL': {
		before: async (machine) => {
			await machine.events.behave(label, {termDelayMs: 60_000, killDelayMs: 600_000});
			await typed(machine, bootstrap);
			await machine.sleep(100);
			await typed(machine, `launchctl bootout ${gui}`);
		},
		seen: [5, 0, 'state = SIGKILLed; runs = 1; last exit code = (never exited)'],
	},
	'a bootstrap that always fails': {
		before: ({events}) => events.behave(label, {failAlways: {bootstrap: 5}}),
		seen: [5, 113, ''],
	},
	'a crash loop': {
		before: ({events}) => events.behave(label, {exitAfterMs: 200, ending: {how: 'exit', code: 1}}),
		seen: [0, 0, 'state = spawn scheduled; runs = 2; last exit code = 1'],
	},
	'a log on a volume that is not there': {
		keys: {StandardOutPath: '/Volumes/Backup/vira.log'},
		seen: [0, 0, 'state = spawn scheduled; runs = 2; last exit code = 78: EX_CONFIG'],
	},
	'a clean exit': {
		after: ({events}) => events.procExit(gui, {how: 'exit', code: 0}),
		seen: [0, 0, 'state = not running; runs = 1; last exit code = 0'],
	},
	'a start that was put off': {
		before: ({events}) => events.behave(label, {pendOnBootstrap: true}),
		seen: [
			0,
			0,
			'state = not running; runs = 0; last exit code = (never exited); pended nondemand spawn = speculative',
		],
	},
	'switched off in the Login Items, enabled again': {
		before: async (machine) => {
			await machine.events.toggleLoginItem(label, 'off');
			await typed(machine, `launchctl enable ${gui}`);
		},
		seen: [0, 113, ''],
	},
	'a process that waits for the Nix store': {
		keys: {ProgramArguments: afterNixStore},
		before: ({events}) => events.unmountNix(),
		seen: [0, 0, 'state = running; runs = 1; last exit code = (never exited)'],
	},
	'no session at the screen': {given: macPresets.headless, seen: [125, 125, '']},
	'the session ends before the bootstrap': {
		given: {mac: {surprises: [{before: 'bootstrap', happens: 'gui-logout'}]}},
		seen: [125, 125, ''],
	},
	'a file that others may write': {
		before: ({writeFile}) => writeFile(agentPath, agentText(), 0o664),
		seen: [5, 113, ''],
	},
};

test.each(Object.keys(situations))('%s', async (name) => {
	const {given, keys, before, after, seen} = situations[name] ?? {};
	const machine = await macWithAgent(given, keys);
	await before?.(machine);
	const [exit] = await typed(machine, bootstrap);
	await after?.(machine);
	// Just short of the third start of a loop.
	await machine.sleep(19_500);
	const [printExit] = await typed(machine, `launchctl print ${gui}`);
	expect([exit, printExit, await printed(machine, told)]).toEqual(seen);
});
