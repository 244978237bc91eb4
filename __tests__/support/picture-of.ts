import type {MachineState, UnitState} from '../../src/simulator/machine-state.ts';
import type {LaunchdJob, MacState} from '../../src/simulator/macos/mac-state.ts';
import type {SimulatedSystem} from '../../src/simulator/simulated-system.ts';
import {entriesIn} from './disks.ts';
import {repositoriesFrom} from './vira-database.ts';

interface PicturedUnit {
	readonly active: UnitState['active'];
	/** What the manager has loaded, if anything. */
	readonly loaded: UnitState['loaded'];
}

/** The comparable part of a machine: its clock, PIDs and journal change and are left out. */
export interface Picture {
	/** Files as `0644 content`, folders as `0755 folder`, links as `-> target`; by path. */
	readonly files: Readonly<Record<string, string>>;
	readonly lingering: boolean;
	/** Units that start with the user manager. */
	readonly enabled: readonly string[];
	readonly units: Readonly<Record<string, PicturedUnit>>;
	/** Only of a Mac. */
	readonly launchd?: PicturedLaunchd;
}

interface PicturedLaunchd {
	/** By domain and label: what launchd keeps of the property list, from where, and whether a process came of it. */
	readonly services: Readonly<
		Record<string, {readonly path: string; readonly job: LaunchdJob; readonly runs: boolean}>
	>;
	/** Disabled labels; an enabled label counts as untouched. */
	readonly disabled: readonly string[];
}

/** A simulated machine of any kind. */
export interface Pictured extends SimulatedSystem {
	/** Where its files are. */
	readonly folder: string;
	readonly events: {readonly state: () => Promise<MachineState>};
}

const octal = (mode: number): string => (mode & 0o7777).toString(8).padStart(4, '0');

const filesBelow = (root: string): readonly (readonly [string, string])[] =>
	entriesIn(root)
		.filter(([path]) => path !== '/machine.json')
		.map(([path, entry]) => {
			const text = entry.kind === 'folder' ? 'folder' : Buffer.from(entry.content).toString();
			return [path, `${octal(entry.mode)} ${text}`];
		});

const ofDatabase = /\/ViraState\/(?:checkpoint\.json|events\.log)$/u;

/** What a Vira knows, wherever in its database it is: a checkpoint, which any export writes, does not change that. */
const databases = (files: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] => {
	const others = files.filter(([path]) => !ofDatabase.test(path));
	const folders = files.filter(([path]) => path.endsWith('/ViraState')).map(([path]) => path);
	const known = folders.map((folder) => {
		const texts = ['checkpoint.json', 'events.log'].map((name) =>
			files.find(([path]) => path === `${folder}/${name}`)?.[1].slice('0644 '.length),
		);
		return [`${folder}/repositories`, JSON.stringify(repositoriesFrom(...texts))] as const;
	});
	return [...others, ...known];
};

const enabledIn = ({links}: MachineState): readonly string[] =>
	Object.keys(links)
		.map((link) => /\.wants\/([^/]+)$/u.exec(link)?.[1])
		.filter((name) => name !== undefined)
		.toSorted();

const launchdIn = ({services, overrides}: MacState): PicturedLaunchd => ({
	services: Object.fromEntries(
		Object.entries(services).map(([id, {path, job, pid}]) => [id, {path, job, runs: pid !== undefined}]),
	),
	disabled: Object.entries(overrides).flatMap(([user, labels]) =>
		Object.keys(labels)
			.filter((label) => labels[label] === 'disabled')
			.map((label) => `${user}/${label}`),
	),
});

/** The log of a service on a Mac stays for a diagnosis, and so does its folder. */
const isLog = (path: string): boolean => /^\/Users\/[^/]+\/Library\/Logs(?:\/vira\.log)?$/u.test(path);

/** A snapshot of the simulated machine, for "the machine is as before". */
export const pictureOf = async (machine: Pictured): Promise<Picture> => {
	const state = await machine.events.state();
	const links = Object.entries(state.links).map(([path, target]) => [path, `-> ${target}`] as const);
	// The store belongs to Nix: builds stay there until garbage collection.
	const files = [...databases(filesBelow(machine.folder)), ...links]
		.filter(([path]) => !/^\/nix(?:\/|$)/u.test(path) && !isLog(path))
		.toSorted(([one], [other]) => (one < other ? -1 : 1));
	return {
		files: Object.fromEntries(files),
		lingering: state.lingering,
		enabled: enabledIn(state),
		units: Object.fromEntries(
			Object.entries(state.units).map(([name, {active, loaded}]) => [name, {active, loaded}]),
		),
		...(state.mac && {launchd: launchdIn(state.mac)}),
	};
};
