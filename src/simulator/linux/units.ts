import {posix} from 'node:path';
import {unitFolder, unitFolders} from '../fixtures.ts';
import {appendOutput, asPrograms, changeUnit, unitOf, type Machine} from '../machine.ts';
import type {MachineState, UnitText} from '../machine-state.ts';
import {defineUnit, type UnitDefinition} from './unit-definition.ts';
import type {StartedVira} from '../vira/vira-life.ts';
import {log} from './journal.ts';

const found = async <T>(
	candidates: readonly string[],
	look: (path: string) => Promise<T | undefined>,
): Promise<T | undefined> => {
	for (const candidate of candidates) {
		const one = await look(candidate);
		if (one !== undefined) return one;
	}
	return undefined;
};

/** The folder of the wants-links of a target. */
export const wantsFolder = (state: MachineState, target: string): string =>
	`${unitFolder(state)}/${target}.wants`;

/** Links that make targets want the unit, with their destinations. */
export const wantsLinks = ({links}: MachineState, unit: string): readonly string[] =>
	Object.keys(links).filter((link) => link.endsWith(`.wants/${unit}`));

/** The units that start with the user manager. */
export const wantedUnits = (state: MachineState): readonly string[] => {
	const folder = wantsFolder(state, 'default.target');
	return Object.keys(state.links)
		.filter((link) => posix.dirname(link) === folder)
		.map((link) => posix.basename(link));
};

const readUnitDropIns = async ({state, files}: Machine, unit: string): Promise<UnitText['dropIns']> => {
	// systemd.unit(5): also the drop-ins for all units of a type.
	const names = [`${unit}.d`, 'service.d'];
	const folders = unitFolders(state).flatMap((folder) => names.map((name) => `${folder}/${name}`));
	const paths = state.dropIns.filter((path) => folders.includes(posix.dirname(path))).toSorted();
	const texts = await Promise.all(
		paths.map(async (path) => ({path, text: await files.readFile(path, asPrograms)})),
	);
	return texts.flatMap(({path, text}) => (text === undefined ? [] : [{path, text}]));
};

/** A unit's files as they are now. */
export const readUnit = async (machine: Machine, unit: string): Promise<UnitText | undefined> => {
	const {state, files} = machine;
	const candidates = unitFolders(state).map((folder) => `${folder}/${unit}`);
	return found(candidates, async (path) => {
		const there = await files.inspect(path);
		// A folder is ignored.
		if (!there?.leadsTo || there.leadsTo === 'folder') return undefined;
		const isEmpty = there.realPath === '/dev/null' || (there.leadsTo === 'file' && there.size === 0);
		// systemd.unit(5): both are masks.
		if (isEmpty) return {path, text: undefined, dropIns: []};
		const text = await files.readFile(path, asPrograms);
		return text === undefined ? undefined : {path, text, dropIns: await readUnitDropIns(machine, unit)};
	});
};

/** What the manager knows about a unit: what it has loaded, or else what it reads now. */
export interface KnownUnit {
	readonly load: 'loaded' | 'not-found' | 'masked' | 'bad-setting';
	readonly files: UnitText | undefined;
	readonly definition: UnitDefinition | undefined;
	readonly needsReload: boolean;
}

const loadState = (files: UnitText, definition: UnitDefinition): KnownUnit['load'] => {
	if (files.text === undefined) return 'masked';
	return definition.fatal === undefined ? 'loaded' : 'bad-setting';
};

export const knownUnit = async (machine: Machine, name: string): Promise<KnownUnit> => {
	const {loaded, lost} = unitOf(machine, name);
	const onDisk = await readUnit(machine, name);
	const files = lost ? undefined : (loaded ?? onDisk);
	if (!files) return {load: 'not-found', files, definition: undefined, needsReload: false};
	const definition = defineUnit(name, files, machine.state);
	const needsReload = loaded !== undefined && JSON.stringify(loaded) !== JSON.stringify(onDisk);
	return {load: loadState(files, definition), files, definition, needsReload};
};

const isHeld = (machine: Machine, name: string): boolean =>
	unitOf(machine, name).active !== 'inactive' ||
	(unitOf(machine, name).left ?? []).length > 0 ||
	wantedUnits(machine.state).includes(name);

/** Forgets a unit that nothing refers to (systemd.unit(5), garbage collection). */
export const collectUnit = (machine: Machine, name: string): void => {
	if (isHeld(machine, name)) return;
	machine.state.units = Object.fromEntries(
		Object.entries(machine.state.units).filter(([unit]) => unit !== name),
	);
};

/** What daemon-reload does: the files are read again, the processes keep running. */
export const reloadUnits = async (machine: Machine): Promise<void> => {
	const {state} = machine;
	for (const name of new Set([...Object.keys(state.units), ...wantedUnits(state)])) {
		const loaded = await readUnit(machine, name);
		changeUnit(machine, name, {loaded, lost: loaded === undefined});
		collectUnit(machine, name);
	}
};

/** The Vira that a unit runs, if any; its output goes where the unit sends it. */
export const viraOfUnit = (machine: Machine, unit: string): StartedVira | undefined => {
	const {process, mainPid: pid, loaded} = unitOf(machine, unit);
	const outputs = loaded && defineUnit(unit, loaded, machine.state).outputs;
	return (
		process && {
			machine,
			process,
			says: async (text, stream) => {
				const output = outputs?.[stream] ?? 'journal';
				if (output === 'journal') log(machine, unit, {by: 'vira', pid, text});
				else await appendOutput(machine, output, `${text}\n`);
			},
			listens: (listens) => changeUnit(machine, unit, {process: {...process, listens}}),
		}
	);
};
