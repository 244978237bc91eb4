import type {Simulation} from '../simulated-linux.ts';
import {ownPair} from '../certificates.ts';
import {setMode} from '../disks.ts';
import {put, type, unitPath} from '../installed.ts';
import {setUp} from '../linux-states.ts';

export const home = '/home/alice';
export const settings = `${home}/.config/vira-setup/settings.json`;
export const receipt = `${home}/.local/state/vira-setup/receipt.json`;
export const state = `${home}/.local/share/vira/state`;

/** A machine on which Vira runs, and something has happened since. */
export const after = async (
	change: (machine: Simulation) => Promise<unknown>,
	...words: readonly string[]
): Promise<Simulation> => {
	const machine = await setUp({}, ...words);
	await change(machine);
	return machine;
};

export const edit = async (
	machine: Simulation,
	path: string,
	change: (text: string) => string,
): Promise<void> => machine.writeFile(path, change((await machine.readFile(path)) ?? ''), 0o600);

export const stop = (machine: Simulation) => type(machine, 'systemctl --user stop vira.service');

export const other = async (machine: Simulation, path = '/opt/vira/bin/vira'): Promise<void> => {
	await put(machine, path, 'vira');
	setMode(machine.folder, path, 0o755);
	const played = {version: '0.1.0.0', schema: 8, behaviour: 'well'} as const;
	const {otherViras} = await machine.events.state();
	await machine.events.change({otherViras: [...otherViras, {path, ...played}]});
};

export const dropIn = async (machine: Simulation, text: string): Promise<void> => {
	await put(machine, `${unitPath}.d/own.conf`, `[Service]\n${text}\n`);
	await machine.events.change({dropIns: [`${unitPath}.d/own.conf`]});
	await type(machine, 'systemctl --user daemon-reload');
};

export const certificate = async (machine: Simulation): Promise<void> => {
	await machine.writeFile(`${home}/c.pem`, ownPair.certificate, 0o600);
	await machine.writeFile(`${home}/k.pem`, ownPair.key, 0o600);
};

export const ofCertificate = [
	'--tls-cert',
	`${home}/c.pem`,
	'--tls-key',
	`${home}/k.pem`,
	'--hostname',
	'0.0.0.0',
];

/** Vira is started, and fails in its own way. */
export const startAgain = async (machine: Simulation): Promise<void> => {
	await type(machine, 'systemctl --user reset-failed vira.service');
	await type(machine, 'systemctl --user restart vira.service');
	await machine.sleep(1000);
};
