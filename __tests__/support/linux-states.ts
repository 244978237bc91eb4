import {noUnit, type MachineState, type UnitState} from '../../src/simulator/machine-state.ts';
import {type Behaviour} from '../../src/simulator/vira/vira-process.ts';
import {machineIn, simulate, type Simulation} from './simulated-linux.ts';
import {type, typeAll, unitPath} from './installed.ts';
import {madeOnce} from './made-once.ts';
import {run} from './run-command.ts';

/** A Debian where Vira was set up and is running. */
export const setUp: (given?: Partial<MachineState>, ...words: readonly string[]) => Promise<Simulation> =
	madeOnce(machineIn, async (given: Partial<MachineState> = {}, ...words: readonly string[]) => {
		const machine = await simulate(given);
		const {document} = await run(machine, ...words);
		if (document.outcome !== 'installed') throw new Error(JSON.stringify(document));
		return machine;
	});

/** Changes how Vira behaves. */
export const behave = async (machine: Simulation, behaviour: Behaviour): Promise<void> => {
	const {vira} = await machine.events.state();
	if (!vira) throw new Error('There is no Vira.');
	await machine.events.change({vira: {...vira, behaviour}});
};

/** The machine, with a loginctl command that reports success and does nothing. */
export const ignoring = (machine: Simulation, verb: 'enable-linger' | 'disable-linger'): Simulation => ({
	...machine,
	run: async (command, options) =>
		command.includes(verb)
			? {exitCode: 0, stdout: '', stderr: '', timedOut: false, found: true}
			: machine.run(command, options),
});

/** The manager is busy with the service for a long time. */
export const during = async (machine: Simulation, change: Partial<UnitState>): Promise<void> => {
	const {units} = await machine.events.state();
	const isOver = change.active === 'activating' ? {process: undefined, mainPid: 0} : {};
	const unit = {...(units['vira.service'] ?? noUnit()), ...isOver, ...change};
	await machine.events.change({units: {...units, 'vira.service': unit}});
};

/** Vira has failed so often that systemd no longer starts it. */
const failed = async (): Promise<Simulation> => {
	const machine = await setUp();
	await behave(machine, 'exits-at-once');
	for (let count = 0; count < 8; count += 1) {
		await type(machine, 'systemctl --user restart vira.service');
		await machine.sleep(100);
	}
	return machine;
};

/** The unit was moved away and its name masked: systemctl does not mask an existing unit. */
const masked = async (): Promise<Simulation> => {
	const machine = await setUp();
	await machine.deleteFile(unitPath);
	await typeAll(machine, 'systemctl --user mask vira.service', 'systemctl --user stop vira.service');
	return machine;
};

/** The possible states of a systemd service, each on a machine of its own. */
export const linuxStates = {
	'not set up': () => simulate(),
	running: () => setUp(),
	stopped: async () => {
		const machine = await setUp();
		await type(machine, 'systemctl --user stop vira.service');
		return machine;
	},
	failed,
	'ending again and again': async () => {
		const machine = await setUp();
		await behave(machine, 'exits-at-once');
		await type(machine, 'systemctl --user restart vira.service');
		await machine.sleep(1000);
		return machine;
	},
	masked,
	disabled: async () => {
		const machine = await setUp();
		await typeAll(machine, 'systemctl --user disable vira.service', 'systemctl --user stop vira.service');
		return machine;
	},
	'lingering off': async () => {
		const machine = await setUp();
		await typeAll(machine, 'loginctl disable-linger alice', 'systemctl --user stop vira.service');
		return machine;
	},
	'no session': async () => {
		const machine = await setUp({}, '--no-linger');
		await machine.events.logout();
		return machine;
	},
} satisfies Readonly<Record<string, () => Promise<Simulation>>>;

export type LinuxState = keyof typeof linuxStates;
