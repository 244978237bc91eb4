import {expect} from '@jest/globals';
import {machineIn, type Simulation} from './simulated-linux.ts';
import {setUp} from './linux-states.ts';
import {madeOnce} from './made-once.ts';
import type {Pictured} from './picture-of.ts';
import {run} from './run-command.ts';

export const settingsPath = '/home/alice/.config/vira-setup/settings.json';
export const receiptPath = '/home/alice/.local/state/vira-setup/receipt.json';
export const versions = '/home/alice/.local/state/vira-setup/versions';

export const read = async (machine: Pictured, path: string): Promise<string> =>
	(await machine.readFile(path)) ?? '';

export const portOf = async (machine: Pictured): Promise<unknown> =>
	(JSON.parse(await read(machine, settingsPath)) as {readonly port: unknown}).port;

/** A machine whose port was each of these in turn. */
export const withPorts: (...ports: readonly number[]) => Promise<Simulation> = madeOnce(
	machineIn,
	async (...ports: readonly number[]) => {
		const [first = 0, ...others] = ports;
		const machine = await setUp({}, '--port', String(first));
		for (const port of others) expect((await run(machine, '--port', String(port))).code).toBe(0);
		return machine;
	},
);

/** The paths of the copies of a file, by its name. */
export const copiesOf = async (machine: Pictured, name: RegExp): Promise<readonly string[]> =>
	((await machine.list(versions)) ?? []).filter((one) => name.test(one)).map((one) => `${versions}/${one}`);

/** The texts that are kept of a file, by its name. */
export const keptOf = async (machine: Pictured, name: RegExp): Promise<readonly string[]> =>
	Promise.all((await copiesOf(machine, name)).map((path) => read(machine, path)));

/** The ports of the settings that are kept, the lowest first. */
export const keptPorts = async (machine: Pictured): Promise<readonly number[]> =>
	(await keptOf(machine, /^settings\./u))
		.map((text) => (JSON.parse(text) as {readonly port: number}).port)
		.toSorted((one, other) => one - other);

/** The copy of the settings with a port. */
export const copyWith = async (machine: Pictured, port: number): Promise<string> => {
	const paths = await copiesOf(machine, /^settings\./u);
	const texts = await Promise.all(paths.map((path) => read(machine, path)));
	return paths[texts.findIndex((text) => text.includes(`"port": ${port}`))] ?? '';
};
