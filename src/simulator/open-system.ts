import type {Lend, System} from '../platform/system.ts';
import type {UnitOwner} from '../settings/unit-value.ts';
import type {SimulationOptions} from './simulated-system.ts';

type Kind = 'linux' | 'macos' | 'macos-headless';

/** The part of a request that decides which machine is opened. */
interface Wanted {
	/** undefined: the real one. */
	readonly simulate: Kind | undefined;
	/** The folder that keeps the simulated machine; undefined: it is deleted at the end. */
	readonly simulationFolder: string | undefined;
	readonly interactive: boolean;
	readonly log: {readonly follow: boolean};
}

const simulated = async (kind: Kind, options: SimulationOptions): Promise<System> => {
	if (kind === 'linux') {
		const {linuxSystem, openLinux} = await import('./linux/linux-system.ts');
		return linuxSystem(await openLinux(options), options);
	}
	const [{macSystem, openMac}, {headlessMac}] = await Promise.all([
		import('./macos/mac-system.ts'),
		import('./macos/fresh-mac.ts'),
	]);
	return macSystem(await openMac(options, kind === 'macos' ? {} : headlessMac), options);
};

/** Opens the requested machine; `close` cleans up after it. */
export const openSystem = async (
	{simulate, simulationFolder: kept, interactive, log}: Wanted,
	real: System,
	lend?: Lend,
): Promise<{readonly system: System; readonly close: () => Promise<void>}> => {
	if (simulate === undefined) return {system: real, close: async () => undefined};
	const {diskFiles, throwawayFolder} = await import('./files/disk-files.ts');
	const folder = kept ?? (await throwawayFolder());
	const pace = interactive || log.follow ? 'lifelike' : 'instant';
	const wait = (ms: number): Promise<void> => real.sleep(ms);
	const system = await simulated(simulate, {files: diskFiles, folder, pace, wait, ...(lend && {lend})});
	return {
		system,
		// The whole folder: work that was not awaited may still write into it.
		close: async () => {
			if (kept === undefined) await diskFiles.deleteFolder(folder, {withContents: true});
		},
	};
};

/** The user that the unit of Vira's module was written for: the current one, or that of the simulated machine. */
export const unitOwnerOf = async (
	real: Pick<System, 'user' | 'platform'>,
	simulate: Kind | undefined,
): Promise<UnitOwner> => {
	if (simulate === undefined) return {...real.user, platform: real.platform === 'darwin' ? 'macos' : 'linux'};
	if (simulate === 'linux') {
		const {freshState} = await import('./fresh-state.ts');
		return {...freshState({}).user, platform: 'linux'};
	}
	const {alice} = await import('./macos/fresh-mac.ts');
	return {...alice, platform: 'macos'};
};
