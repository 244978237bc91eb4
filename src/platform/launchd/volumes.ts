import type {Fix} from '../../notice.ts';
import type {Mac} from '../facts.ts';
import {foreignVolumeOf, type ForeignVolume} from './foreign-volume.ts';
import {guardedPlaceOf} from './guarded.ts';
import type {System} from '../system.ts';
import type {OptionName} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {MachineNotice} from '../service-manager/advice.ts';
import {nothing, type Check, type Subject} from '../service-manager/check.ts';
import {findExisting, realPathOf} from '../paths.ts';
import {useStartupDisk} from './diagnosis.ts';
import {isInstallable} from '../../settings/nix.ts';
import {expandHome} from '../../settings/value.ts';
import {stateFolderOf} from '../service.ts';
import {resolveProgram} from '../vira/why-not-run.ts';

const volumeText = ({name, network}: ForeignVolume): string =>
	network ? `on another machine (${name})` : `on the volume ${name}, not on the startup disk`;

/** The agent's file and its log have to be in the home folder: launchd accepts neither on such a volume. */
const homeTold = ({user}: Mac, volume: ForeignVolume) =>
	({
		code: 'home-on-volume',
		message: `The home folder of ${user.name} is ${volumeText(volume)}.`,
		detail:
			'launchd refuses agents there or cannot open their log (status 78), and may look for them before the volume is mounted: Vira may not start.',
		fixes: [useStartupDisk],
	}) as const;

/** The warning about the home folder, shown before anything is asked. */
export const homeOnVolume = (facts: Mac): readonly MachineNotice[] => {
	const {homeVolume} = facts.mac;
	return homeVolume ? [{level: 'warning', ...homeTold(facts, homeVolume), stops: true}] : [];
};

const homeWarning = (facts: Mac): readonly Warning[] => {
	if (!facts.mac.homeVolume) return [];
	const {code, message, detail, fixes} = homeTold(facts, facts.mac.homeVolume);
	return [{code, message: `${message} ${detail}`, fixes}];
};

const fixesOf = (option: OptionName): readonly Fix[] => [
	option === 'stateDir'
		? {say: 'Use a folder such as ~/.local/share/vira/state.'}
		: {say: 'Move it elsewhere in your home folder, such as ~/.local or ~/.config.'},
];

/** A state folder on another machine is reported on every platform (checks/state-folder.ts). */
const onVolume = ({option, path}: NamedPlace, volume: ForeignVolume | undefined): readonly Warning[] => {
	const isState = option === 'stateDir';
	if (!volume || (isState && volume.network)) return [];
	return [
		{
			code: isState ? 'state-on-volume' : 'place-on-volume',
			option,
			message: `${path} is ${volumeText(volume)}: macOS may block background services from it, and ${isState ? 'Vira does not start' : 'it is unavailable'} while it is not mounted.`,
			fixes: fixesOf(option),
		},
	];
};

const inGuarded = ({option, path}: NamedPlace, real: string, home: string): readonly Warning[] => {
	const where = guardedPlaceOf(real, home);
	if (where === undefined) return [];
	return [
		{
			code: option === 'stateDir' ? 'state-guarded' : 'place-guarded',
			option,
			message: `${path} is ${where}: macOS asks before a program can access it, and refuses background services without asking ("Operation not permitted").`,
			fixes: fixesOf(option),
		},
	];
};

/** Where a path leads, and its volume if that is not the startup disk. For the state folder, mount(8) is also read. */
const readPlace = async (system: System, {option, path}: NamedPlace) => {
	const place = await findExisting(system, path);
	const real = realPathOf(place);
	const on = place.found.realPath ?? place.nearest;
	return {
		real,
		volume: foreignVolumeOf(real, option === 'stateDir' ? await system.fileSystemAt(on) : undefined),
	};
};

/** Paths that a person can use, but that launchd or macOS may block for a background service. */
export const checkVolumes: Check = async (subject) => {
	const {system, facts} = subject;
	if (facts.platform !== 'macos') return nothing;
	const [named, above] = await Promise.all([namedPlaces(subject), findExisting(system, facts.user.home)]);
	const home = realPathOf(above);
	const told = await Promise.all(
		named.map(async (one) => {
			const {real, volume} = await readPlace(system, one);
			// If the whole home folder is on such a volume, one warning covers everything.
			const isSaid = facts.mac.homeVolume !== undefined && facts.mac.homeVolume.name === volume?.name;
			return [...(isSaid ? [] : onVolume(one, volume)), ...inGuarded(one, real, home)];
		}),
	);
	return {problems: [], warnings: [...homeWarning(facts), ...told.flat()]};
};
/** A path that the service uses, and the option that names it. */

export interface NamedPlace {
	readonly option: OptionName;
	/** Absolute. */
	readonly path: string;
}
/** A repository on the Mac itself, given by its path. */
const localPath = (url: string): string | undefined => {
	const path = url.startsWith('file:///') ? url.slice('file://'.length) : url;
	return path.startsWith('/') ? path : undefined;
};
/** If the path is a folder, the program in it may be a link to somewhere else. */
const programIn = async ({system}: Subject, path: string): Promise<string> => {
	const found = await resolveProgram(system, path);
	return 'program' in found ? found.program : path;
};
/** The paths in the settings, in the order of the form. What Nix builds is in its store. */

export const namedPlaces = async (subject: Subject): Promise<readonly NamedPlace[]> => {
	const {settings, facts} = subject;
	const {package: program, extraPackages, https, tlsCert, tlsKey, repositories} = settings;
	const at = (option: OptionName, given: string | undefined): readonly NamedPlace[] =>
		given === undefined || given === '' || isInstallable(given)
			? []
			: [{option, path: expandHome(given, facts.user.home)}];
	const [vira] = at('package', program);
	return [
		{option: 'stateDir', path: stateFolderOf(settings, facts)},
		...(vira ? [{...vira, path: await programIn(subject, vira.path)}] : []),
		...(https ? [...at('tlsCert', tlsCert), ...at('tlsKey', tlsKey)] : []),
		...extraPackages.flatMap((one) => at('extraPackages', one)),
		...Object.values(repositories).flatMap((url) => at('repositories', localPath(url))),
	];
};
