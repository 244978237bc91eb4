import type {MachineState} from '../../src/simulator/machine-state.ts';
import {simulate, type Simulation} from './simulated-linux.ts';
import type {RunResult, System} from '../../src/platform/system.ts';

export const unitPath = '/home/alice/.config/systemd/user/vira.service';

const execStart = '/home/alice/.nix-profile/bin/vira --state-dir /home/alice/state web --host localhost';

/** A unit for the simulated Vira: [Service] lines over the standard ones. */
export const unitWith = (lines: Readonly<Record<string, string>> = {}): string => {
	const service = {Type: 'exec', ExecStart: execStart, Restart: 'on-failure', RestartSec: '5s', ...lines};
	const text = Object.entries(service).map(([key, value]) => `${key}=${value}\n`);
	return `[Unit]\nDescription=Vira web application\n\n[Service]\n${text.join('')}\n[Install]\nWantedBy=default.target\n`;
};

/** Writes a file and the folders above it. */
export const put = async (system: System, path: string, content: string): Promise<void> => {
	const parts = path.split('/').slice(1, -1);
	for (const count of parts.keys()) await system.makeFolder(`/${parts.slice(0, count + 1).join('/')}`, 0o755);
	await system.writeFile(path, content, 0o644);
};

/** Runs a command as a user types it. */
export const type = (system: System, line: string): Promise<RunResult> => {
	const [program = '', ...words] = line.split(' ');
	return system.run([program, ...words]);
};

export const typeAll = async (system: System, ...lines: readonly string[]): Promise<void> => {
	for (const line of lines) await type(system, line);
};

/** A machine with the unit in place, without a reload of the manager. */
export const machineWithUnit = async (
	state: Partial<MachineState> = {},
	text: string = unitWith(),
): Promise<Simulation> => {
	const machine = await simulate(state);
	await put(machine, unitPath, text);
	return machine;
};

/** What `systemctl show` prints for the service. */
export const show = async (system: System, properties: string): Promise<string> =>
	(await type(system, `systemctl --user show vira.service --property=${properties}`)).stdout;

export const isActive = async (system: System): Promise<string> =>
	(await type(system, 'systemctl --user is-active vira.service')).stdout;
