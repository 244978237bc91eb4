import type {Mac} from '../../platform/facts.ts';
import {foreignVolumeOf, type ForeignVolume} from '../../platform/macos/foreign-volume.ts';
import {stateFolderOf} from '../../platform/service.ts';
import type {Warning} from '../../settings/warning.ts';
import type {Warned} from '../advice.ts';
import {nothing, type Check} from '../checks/check.ts';
import {findPlace, isWithin, realPathOf} from '../place.ts';

const volumeText = ({name, network}: ForeignVolume): string =>
	network
		? `on another machine (${name})`
		: `on the volume ${name}, not on the disk that this Mac starts from`;

/** The agent's file and its log have to be in the home folder: launchd takes neither from such a volume. */
const homeTold = ({user}: Mac, volume: ForeignVolume) =>
	({
		code: 'home-on-volume',
		sentence: `The home folder of ${user.name} lies ${volumeText(volume)}.`,
		consequence:
			'launchd refuses agents that lie there, or cannot open their log (status 78), and it may look before the volume is mounted: Vira may not start.',
		mend: 'Set Vira up as somebody whose home folder is on the disk that this Mac starts from.',
	}) as const;

/** What a person is told of their home folder before anything is asked. */
export const homeOnVolume = (facts: Mac): readonly Warned[] => {
	if (!facts.mac.homeVolume) return [];
	const {code, sentence, consequence, mend} = homeTold(facts, facts.mac.homeVolume);
	return [{level: 'warning', code, title: sentence, consequence, mend: [mend], stops: true}];
};

const homeWarning = (facts: Mac): readonly Warning[] => {
	if (!facts.mac.homeVolume) return [];
	const {code, sentence, consequence, mend} = homeTold(facts, facts.mac.homeVolume);
	return [{code, sentence: `${sentence} ${consequence}`, mend: [mend]}];
};

const elsewhere = 'Use a folder such as ~/.local/share/vira/state.';

/** Another machine's are told of on every platform (checks/state-folder.ts). */
const stateOnVolume = (folder: string, volume: ForeignVolume | undefined): readonly Warning[] =>
	!volume || volume.network
		? []
		: [
				{
					code: 'state-on-volume',
					option: 'stateDir',
					sentence: `${folder} lies ${volumeText(volume)}: macOS may not let a background service use it, and Vira does not start while it is not mounted.`,
					mend: [elsewhere],
				},
			];

/** Folders that macOS opens only to programs that the person has allowed it (System Settings, Privacy & Security). */
const guarded = [
	['Desktop', 'on the desktop'],
	['Documents', 'in Documents'],
	['Downloads', 'in Downloads'],
	['Library/Mobile Documents', 'in iCloud Drive'],
	['Library/CloudStorage', 'in the folder of a cloud service'],
] as const;

const stateGuarded = (folder: string, real: string, home: string): readonly Warning[] => {
	// The disk of a Mac takes small and capital letters for the same.
	const [place, above] = [real.toLowerCase(), home.toLowerCase()];
	const found = guarded.find(([name]) => isWithin(place, `${above}/${name.toLowerCase()}`));
	return found
		? [
				{
					code: 'state-guarded',
					option: 'stateDir',
					sentence: `${folder} lies ${found[1]}: macOS asks before a program may look there, and refuses a background service without asking ("Operation not permitted").`,
					mend: [elsewhere],
				},
			]
		: [];
};

/** Places that a person can use, and that launchd or macOS may keep a background service from. */
export const checkVolumes: Check = async ({system, facts, settings}) => {
	if (facts.platform !== 'macos') return nothing;
	const folder = stateFolderOf(settings, facts);
	const [place, home] = await Promise.all([findPlace(system, folder), findPlace(system, facts.user.home)]);
	const real = realPathOf(place);
	const volume = foreignVolumeOf(real, await system.fileSystemAt(place.found.realPath ?? place.nearest));
	return {
		problems: [],
		warnings: [
			...homeWarning(facts),
			// Of a whole home on such a volume, all of that is said already.
			...(facts.mac.homeVolume ? [] : stateOnVolume(folder, volume)),
			...stateGuarded(folder, real, realPathOf(home)),
		],
	};
};
