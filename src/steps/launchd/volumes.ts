import type {Mac} from '../../platform/facts.ts';
import {foreignVolumeOf, type ForeignVolume} from '../../platform/macos/foreign-volume.ts';
import {guardedPlaceOf} from '../../platform/macos/guarded.ts';
import type {System} from '../../platform/system.ts';
import type {OptionName} from '../../settings/options.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Warned} from '../advice.ts';
import {nothing, type Check} from '../checks/check.ts';
import {findPlace, realPathOf} from '../place.ts';
import {namedPlaces, type NamedPlace} from './named-places.ts';

const volumeText = ({name, network}: ForeignVolume): string =>
	network
		? `on another machine (${name})`
		: `on the volume ${name}, not on the disk that this Mac starts from`;

/** The agent's file and its log have to be in the home folder: launchd takes neither from such a volume. */
const homeTold = ({user}: Mac, volume: ForeignVolume) =>
	({
		code: 'home-on-volume',
		message: `The home folder of ${user.name} lies ${volumeText(volume)}.`,
		detail:
			'launchd refuses agents that lie there, or cannot open their log (status 78), and it may look before the volume is mounted: Vira may not start.',
		fixes: 'Set Vira up as somebody whose home folder is on the disk that this Mac starts from.',
	}) as const;

/** What a person is told of their home folder before anything is asked. */
export const homeOnVolume = (facts: Mac): readonly Warned[] => {
	if (!facts.mac.homeVolume) return [];
	const {code, message, detail, fixes} = homeTold(facts, facts.mac.homeVolume);
	return [{level: 'warning', code, title: message, detail, fixes: [fixes], stops: true}];
};

const homeWarning = (facts: Mac): readonly Warning[] => {
	if (!facts.mac.homeVolume) return [];
	const {code, message, detail, fixes} = homeTold(facts, facts.mac.homeVolume);
	return [{code, message: `${message} ${detail}`, fixes: [fixes]}];
};

const elsewhere: Partial<Readonly<Record<OptionName, string>>> = {
	stateDir: 'Use a folder such as ~/.local/share/vira/state.',
};

const fixesOf = (option: OptionName): readonly string[] => [
	elsewhere[option] ?? 'Keep it elsewhere in your home folder, such as in ~/.local or ~/.config.',
];

/** A state on another machine is told of on every platform (checks/state-folder.ts). */
const onVolume = ({option, path}: NamedPlace, volume: ForeignVolume | undefined): readonly Warning[] => {
	const isState = option === 'stateDir';
	if (!volume || (isState && volume.network)) return [];
	return [
		{
			code: isState ? 'state-on-volume' : 'place-on-volume',
			option,
			message: `${path} lies ${volumeText(volume)}: macOS may not let a background service use it, and ${isState ? 'Vira does not start' : 'it is not there'} while it is not mounted.`,
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
			message: `${path} lies ${where}: macOS asks before a program may look there, and refuses a background service without asking ("Operation not permitted").`,
			fixes: fixesOf(option),
		},
	];
};

/** Where a path leads, and on which volume, if that is not the Mac's own: of the state mount(8) is asked as well. */
const readPlace = async (system: System, {option, path}: NamedPlace) => {
	const place = await findPlace(system, path);
	const real = realPathOf(place);
	const on = place.found.realPath ?? place.nearest;
	return {
		real,
		volume: foreignVolumeOf(real, option === 'stateDir' ? await system.fileSystemAt(on) : undefined),
	};
};

/** Places that a person can use, and that launchd or macOS may keep a background service from. */
export const checkVolumes: Check = async (subject) => {
	const {system, facts} = subject;
	if (facts.platform !== 'macos') return nothing;
	const [named, above] = await Promise.all([namedPlaces(subject), findPlace(system, facts.user.home)]);
	const home = realPathOf(above);
	const told = await Promise.all(
		named.map(async (one) => {
			const {real, volume} = await readPlace(system, one);
			// Of a whole home on such a volume, all of that is said already.
			const isSaid = facts.mac.homeVolume !== undefined && facts.mac.homeVolume.name === volume?.name;
			return [...(isSaid ? [] : onVolume(one, volume)), ...inGuarded(one, real, home)];
		}),
	);
	return {problems: [], warnings: [...homeWarning(facts), ...told.flat()]};
};
