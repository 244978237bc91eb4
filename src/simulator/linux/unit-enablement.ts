import {posix} from 'node:path';
import {runtimeUnitFolder, unitFolder, unitFolders} from '../fixtures.ts';
import {makeFolders, type Machine} from '../machine.ts';
import type {MachineState} from '../machine-state.ts';
import type {RunResult} from '../../platform/system.ts';
import {failed, errorOutput} from '../result.ts';
import {defineUnit} from './unit-definition.ts';
import {readUnit, reloadUnits, wantsFolder, wantsLinks} from './units.ts';

/** UnitFileState of systemctl(1), is-enabled; empty if there is no file. */
export const unitFileState = async (machine: Machine, name: string): Promise<string> => {
	const {state, files} = machine;
	const unit = await readUnit(machine, name);
	if (!unit) return '';
	if (unit.text === undefined) return unit.path.startsWith('/run/') ? 'masked-runtime' : 'masked';
	if (wantsLinks(state, name).length > 0) return 'enabled';
	if ((await files.inspect(unit.path))?.kind === 'link') return 'linked';
	return defineUnit(name, unit, state).wantedBy.length === 0 ? 'static' : 'disabled';
};

/** Whether there is a folder at the path of a unit file: systemd ignores it, and systemctl names it. */
const folderAt = async ({state, files}: Machine, name: string): Promise<boolean> => {
	const found = await Promise.all(unitFolders(state).map((folder) => files.inspect(`${folder}/${name}`)));
	return found.some((one) => one?.leadsTo === 'folder');
};

const noInstallSection = `The unit files have no installation config (WantedBy=, RequiredBy=, Also=,
Alias= settings in the [Install] section, and DefaultInstance= for template
units). This means they are not meant to be enabled using systemctl.`;

export const enableUnit = async (machine: Machine, name: string): Promise<RunResult> => {
	const {state} = machine;
	const unit = await readUnit(machine, name);
	if (!unit && (await folderAt(machine, name)))
		return failed(`Failed to enable unit: File ${name}: Is a directory`);
	if (!unit) return failed(`Failed to enable unit: Unit file ${name} does not exist.`);
	if (unit.text === undefined) return failed(`Failed to enable unit: Unit file ${unit.path} is masked.`);
	const {wantedBy} = defineUnit(name, unit, state);
	const folders = wantedBy.map((target) => wantsFolder(state, target));
	const missing = folders.filter((folder) => state.links[`${folder}/${name}`] === undefined);
	for (const folder of missing) {
		await makeFolders(machine, folder);
		state.links = {...state.links, [`${folder}/${name}`]: unit.path};
	}
	await reloadUnits(machine);
	if (wantedBy.length === 0) return errorOutput(noInstallSection);
	return errorOutput(
		missing.map((folder) => `Created symlink ${folder}/${name} -> ${unit.path}.\n`).join(''),
	);
};

/** A mask or unmask of systemctl(1) affects one folder, whatever is in the others. */
const maskedPlace = (state: MachineState, name: string, runtime: boolean): string =>
	`${runtime ? runtimeUnitFolder(state) : unitFolder(state)}/${name}`;

/** The mask is created at the path of the person's unit file, and only if there is no file (seen with systemd 252). */
export const maskUnit = async (machine: Machine, name: string, runtime: boolean): Promise<RunResult> => {
	const {state, files} = machine;
	const path = maskedPlace(state, name, runtime);
	if (state.links[path] === '/dev/null') return errorOutput('');
	if (await files.inspect(path)) return failed(`Failed to mask unit: File ${path} already exists.`);
	await makeFolders(machine, posix.dirname(path));
	state.links = {...state.links, [path]: '/dev/null'};
	await reloadUnits(machine);
	return errorOutput(`Created symlink ${path} -> /dev/null.`);
};

/** Removes that one mask; succeeds without one, even if another folder has one (seen with systemd 252). */
export const unmaskUnit = async (machine: Machine, name: string, runtime: boolean): Promise<RunResult> => {
	const {state, files} = machine;
	const path = maskedPlace(state, name, runtime);
	const found = await files.inspect(path);
	const isMask = found?.realPath === '/dev/null' || (found?.leadsTo === 'file' && found.size === 0);
	if (isMask) await files.deleteFile(path);
	await reloadUnits(machine);
	return errorOutput(isMask ? `Removed "${path}".` : '');
};

export const disableUnit = async (machine: Machine, name: string): Promise<RunResult> => {
	const {state, files} = machine;
	const links = wantsLinks(state, name);
	const unit = await readUnit(machine, name);
	// Its links stay (seen with systemd 252).
	if (unit && unit.text === undefined) return errorOutput(`Unit ${unit.path} is masked, ignoring.`);
	if (links.length === 0 && !unit) return failed(`Failed to disable unit: Unit file ${name} does not exist.`);
	for (const link of links) {
		await files.deleteFile(link);
		await files.deleteFolder(posix.dirname(link), {withContents: false});
	}
	await reloadUnits(machine);
	return errorOutput(links.map((link) => `Removed "${link}".\n`).join(''));
};
