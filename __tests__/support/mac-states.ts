import {macPresets} from './mac-presets.ts';
import {gui, label, simulateMac, typed, type MacSimulation} from './simulated-mac.ts';
import {macSetUp} from './mac-setup.ts';

const setUpAnd = async (change: (machine: MacSimulation) => Promise<unknown>): Promise<MacSimulation> => {
	const machine = await macSetUp();
	await change(machine);
	return machine;
};

/** The possible states of a launchd service, each on a Mac of its own. */
export const macStates = {
	'not set up': () => simulateMac(),
	running: () => macSetUp(),
	crashed: () =>
		setUpAnd(async (machine) => {
			await machine.sleep(20_000);
			await machine.events.behave(label, {exitAfterMs: 200, ending: {how: 'exit', code: 1}});
			await machine.events.procExit(gui, {how: 'exit', code: 1});
			await machine.sleep(1000);
		}),
	'ended well': () => setUpAnd((machine) => machine.events.procExit(gui, {how: 'exit', code: 0})),
	'put off': () =>
		setUpAnd(async (machine) => {
			await machine.events.behave(label, {pendOnRestart: true});
			await machine.events.procExit(gui, {how: 'exit', code: 1});
		}),
	ending: () =>
		setUpAnd(async (machine) => {
			await machine.events.behave(label, {termDelayMs: 4000});
			await typed(machine, `launchctl bootout ${gui}`);
		}),
	'not loaded': () =>
		setUpAnd(async (machine) => {
			await typed(machine, `launchctl bootout ${gui}`);
			await machine.sleep(5000);
		}),
	disabled: () =>
		setUpAnd(async (machine) => {
			await typed(machine, `launchctl disable ${gui}`);
			await typed(machine, `launchctl bootout ${gui}`);
			await machine.sleep(5000);
		}),
	'no session': () => macSetUp(macPresets.headless),
	'running in the background': () => macSetUp(macPresets.headless, '--domain', 'user'),
	'in the background, after a reboot': async () => {
		const machine = await macSetUp(macPresets.headless, '--domain', 'user');
		await machine.events.boot();
		await machine.events.sshLogin();
		return machine;
	},
	'a daemon': () => macSetUp({mac: {sudo: 'free'}}, '--domain', 'system'),
	'a silent launchd': () => setUpAnd((machine) => machine.events.changeMac({launchctl: 'hangs'})),
} satisfies Readonly<Record<string, () => Promise<MacSimulation>>>;

export type MacState = keyof typeof macStates;
