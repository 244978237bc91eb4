import type {SimulatedMachine} from '../command-line/commands.ts';
import type {Stage} from './simulation.ts';
import {stageFiles, throwawayFolder} from './stage-files.ts';
import type {Lend, System} from '../platform/system.ts';
import type {Request} from '../command-line/request.ts';

const simulated = async (machine: SimulatedMachine, stage: Stage): Promise<System> => {
	if (machine === 'linux') {
		const {simulationLinux} = await import('./linux/simulation-linux.ts');
		return simulationLinux(stage);
	}
	const [{simulationMac}, {macPresets}] = await Promise.all([
		import('./macos/simulation-mac.ts'),
		import('./macos/fresh-mac.ts'),
	]);
	return simulationMac({...stage, state: machine === 'macos' ? macPresets.desktop : macPresets.headless});
};

/** Opens the requested machine; `close` cleans up after it. */
export const openSystem = async (
	request: Request,
	real: System,
	lend?: Lend,
): Promise<{readonly system: System; readonly close: () => Promise<void>}> => {
	if (request.simulate === undefined) return {system: real, close: async () => undefined};
	const kept = request.simulationFolder;
	const folder = kept ?? (await throwawayFolder());
	const pace = request.interactive || request.log.follow ? 'lifelike' : 'instant';
	const wait = (ms: number): Promise<void> => real.sleep(ms);
	const stage = {files: stageFiles, folder, pace, wait, ...(lend && {lend})} as const;
	const system = await simulated(request.simulate, stage);
	return {
		system,
		// The whole folder: work that was not awaited may still write into it.
		close: async () => {
			if (kept === undefined) await stageFiles.deleteFolder(folder, {withContents: true});
		},
	};
};
