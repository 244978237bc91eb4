import {isInstallable} from '../../settings/nix.ts';
import type {OptionName} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Mac, ForeignVolume} from './facts.ts';
import {findExisting, localPath, look, realPathOf} from '../paths.ts';
import {stateFolderOf} from '../service.ts';
import {expandHome} from '../../settings/value.ts';
import type {MachineNotice} from '../service-manager/advice.ts';
import {nothing, problem, type Check, type Subject} from '../service-manager/check.ts';
import {resolveProgram} from '../vira/programs.ts';
import {storeSoon, useStartupDisk} from './diagnosis/diagnosis.ts';
import type {FileSystem} from '../system.ts';

/** macOS mounts other volumes below /Volumes; the startup disk is a link to `/` there. */
const nameIn = (realPath: string): string | undefined => /^\/Volumes\/([^/]+)/u.exec(realPath)?.[1];

/** The foreign volume of a path without links, whether or not it is mounted. */
export const foreignVolumeOf = (
	realPath: string,
	{kind, network}: Pick<FileSystem, 'kind' | 'network'> = {kind: 'other', network: false},
): ForeignVolume | undefined => {
	const name = nameIn(realPath);
	return name === undefined && !network ? undefined : {name: name ?? kind, network};
};

/** Folders that macOS opens only to programs with permission from the user (System Settings > Privacy & Security). */
const guarded = [
	['Desktop', 'on the Desktop'],
	['Documents', 'in Documents'],
	['Downloads', 'in Downloads'],
	['Library/Mobile Documents', 'in iCloud Drive'],
	['Library/CloudStorage', 'in a cloud storage folder'],
] as const;

/** Which of them contains a path, as the end of a sentence. Both paths are without links. */
export const guardedPlaceOf = (real: string, home: string): string | undefined => {
	// The disk of a Mac is case-insensitive.
	const [place, above] = [real.toLowerCase(), home.toLowerCase()];
	return guarded.find(([name]) => `${place}/`.startsWith(`${above}/${name.toLowerCase()}/`))?.[1];
};

/** Nix profiles and the store itself: these paths exist only while the store is mounted. */
export const fromNix =
	/^\/nix\/|\/\.nix-profile\/|\/nix\/profile\/|^\/etc\/profiles\/|^\/run\/current-system\//u;

/** Right after boot, /nix may not be mounted yet: a Vira in it is not missing. */
export const checkNixStore: Check = async ({facts, settings, system}) => {
	if (facts.platform !== 'macos' || facts.mac.nixMounted) return nothing;
	const path = expandHome(settings.package, facts.user.home);
	if (!fromNix.test(path) || (await look(system, path)) !== undefined) return nothing;
	return problem('package', `This Vira is in the Nix store, which is not mounted. ${storeSoon}`);
};

const volumeText = ({name, network}: ForeignVolume): string =>
	network ? `on another machine (${name})` : `on the volume ${name}, not on the startup disk`;

/** The warning about the home folder, in which the agent's file and its log are; shown before anything is asked. */
export const homeOnVolume = ({mac: {homeVolume}, user}: Mac) =>
	homeVolume
		? [
				{
					level: 'warning',
					code: 'home-on-volume',
					message: `The home folder of ${user.name} is ${volumeText(homeVolume)}.`,
					detail:
						'launchd refuses agents there or cannot open their log (status 78), and may look for them before the volume is mounted: Vira may not start.',
					fixes: [useStartupDisk],
					stops: true,
				} as const satisfies MachineNotice,
			]
		: [];

/** A path that the service uses, and the option that names it. */
interface NamedPath {
	readonly option: OptionName;
	/** Absolute. */
	readonly path: string;
}

const pathWarning = (
	{option, path}: NamedPath,
	found: 'on-volume' | 'guarded',
	says: string,
): readonly Warning[] => [
	{
		code: option === 'stateDir' ? `state-${found}` : `place-${found}`,
		option,
		message: `${path} is ${says}`,
		fixes: [
			option === 'stateDir'
				? {say: 'Use a folder such as ~/.local/share/vira/state.'}
				: {say: 'Move it elsewhere in your home folder, such as ~/.local or ~/.config.'},
		],
	},
];

/** A state folder on another machine is reported on every platform (checks/state-folder.ts). */
const onVolume = (named: NamedPath, volume: ForeignVolume | undefined): readonly Warning[] => {
	const isState = named.option === 'stateDir';
	if (!volume || (isState && volume.network)) return [];
	const unmounted = isState ? 'Vira does not start' : 'it is unavailable';
	return pathWarning(
		named,
		'on-volume',
		`${volumeText(volume)}: macOS may block background services from it, and ${unmounted} while it is not mounted.`,
	);
};

const inGuarded = (named: NamedPath, where: string | undefined): readonly Warning[] =>
	where === undefined
		? []
		: pathWarning(
				named,
				'guarded',
				`${where}: macOS asks before a program can access it, and refuses background services without asking ("Operation not permitted").`,
			);

/** If the path is a folder, the program in it may be a link to somewhere else. */
const programAt = async ({system}: Subject, path: string): Promise<string> => {
	const found = await resolveProgram(system, path);
	return 'program' in found ? found.program : path;
};

/** The paths in the settings, in the order of the form. What Nix builds is in its store. */
const namedPaths = async (subject: Subject): Promise<readonly NamedPath[]> => {
	const {settings, facts} = subject;
	const {package: program, extraPackages, https, tlsCert, tlsKey, repositories} = settings;
	const at = (option: OptionName, given: string | undefined): readonly NamedPath[] =>
		given === undefined || given === '' || isInstallable(given)
			? []
			: [{option, path: expandHome(given, facts.user.home)}];
	const [vira] = at('package', program);
	return [
		{option: 'stateDir', path: stateFolderOf(settings, facts)},
		...(vira ? [{...vira, path: await programAt(subject, vira.path)}] : []),
		...(https ? [...at('tlsCert', tlsCert), ...at('tlsKey', tlsKey)] : []),
		...extraPackages.flatMap((one) => at('extraPackages', one)),
		...Object.values(repositories).flatMap((url) => at('repositories', localPath(url))),
	];
};

/** Paths that a person can use, but that launchd or macOS may block for a background service. */
export const checkVolumes: Check = async (subject) => {
	const {system, facts} = subject;
	if (facts.platform !== 'macos') return nothing;
	const [named, above] = await Promise.all([namedPaths(subject), findExisting(system, facts.user.home)]);
	const home = realPathOf(above);
	const onPath = async (one: NamedPath): Promise<readonly Warning[]> => {
		const place = await findExisting(system, one.path);
		const real = realPathOf(place);
		const on = place.found.realPath ?? place.nearest;
		// mount(8) is read for the state folder only.
		const fileSystem = one.option === 'stateDir' ? await system.fileSystemAt(on) : undefined;
		const volume = foreignVolumeOf(real, fileSystem);
		// If the whole home folder is on such a volume, one warning covers everything.
		const isSaid = facts.mac.homeVolume !== undefined && facts.mac.homeVolume.name === volume?.name;
		return [...(isSaid ? [] : onVolume(one, volume)), ...inGuarded(one, guardedPlaceOf(real, home))];
	};
	const warnings = (await Promise.all(named.map(onPath))).flat();
	const ofHome = homeOnVolume(facts).map(({code, message, detail, fixes}) => ({
		code,
		message: `${message} ${detail}`,
		fixes,
	}));
	return {problems: [], warnings: [...ofHome, ...warnings]};
};
