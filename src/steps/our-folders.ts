import {exitCode, SetupError} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import type {Facts} from '../platform/facts.ts';
import type {Command, System} from '../platform/system.ts';
import {findPlace, isWithin, look, whyNoFolder, type Place} from './place.ts';
import type {Action} from './action.ts';
import type {Left, OpenFolder} from './situation.ts';

/** Where the texts are kept that our files had before. */
export const versionsFolder = ({folders}: Pick<Facts, 'folders'>): string => `${folders.state}/versions`;

/** One of the folders, as it was found. */
interface Looked {
	readonly name: keyof Facts['folders'];
	readonly folder: string;
	readonly place: Place;
}

/** A link to where somebody else could put another file in the place of ours. */
const isOthers = ({found}: Place, uid: number): boolean =>
	found.kind === 'link' && found.leadsTo === 'folder' && found.owner !== uid;

const whyOthers = (place: Place, uid: number): string | undefined =>
	isOthers(place, uid)
		? `${place.nearest} is a link to ${place.found.realPath ?? 'a folder'}, which belongs to somebody else.`
		: undefined;

/** What leads to each of the folders where that is not the home. */
const leading: Readonly<Record<keyof Facts['folders'], string>> = {
	config: 'Unset XDG_CONFIG_HOME, or set it to a folder of yours.',
	state: 'Unset XDG_STATE_HOME, or set it to a folder of yours.',
	services: 'Change XDG_CONFIG_HOME where your user manager has it from, and log in again.',
};

/** A home of a person, or of an account that was made for something: not a folder of the system, such as /usr/sbin or /. */
const isHomeOfItsOwn = (home: string): boolean => /^\/(?:home|Users|srv|opt|var\/[^/]+)\/[^/]/u.test(home);

const fixInHome = ({nearest}: Place, {user}: Facts): string => {
	if (!isHomeOfItsOwn(user.home)) return 'Set Vira up as somebody with a home folder of their own.';
	return commandText(
		isWithin(nearest, user.home)
			? ['sudo', 'chown', user.name, nearest]
			: ['sudo', 'install', '-d', '-o', user.name, '-m', '0700', user.home],
	);
};

/** Nobody is given what lies outside of their home, or may belong to the system. */
const fixesOf = ({place, name, folder}: Looked, facts: Facts): string => {
	const {nearest, found} = place;
	const {user} = facts;
	const isOwn = found.owner === user.uid;
	if (!isWithin(folder, user.home) && !isOwn) return leading[name];
	if (isOthers(place, user.uid)) return commandText(['rm', nearest]);
	if (found.leadsTo !== 'folder') return commandText(['mv', nearest, `${nearest}.away`]);
	return isOwn ? commandText(['chmod', 'u+rwx', nearest]) : fixInHome(place, facts);
};

/** On a Mac one of three domains alone has its file among the services: launchd/agents-folder.ts looks at it. */
const neededBy = ({platform}: Facts): readonly (keyof Facts['folders'])[] =>
	platform === 'macos' ? ['config', 'state'] : ['config', 'state', 'services'];

/** The folders that every run needs: no option names them, so nothing typed into a form would help. */
export const demandOurFolders = async (system: System, facts: Facts): Promise<void> => {
	const told = await Promise.all(
		neededBy(facts).map(async (name) => {
			const folder = facts.folders[name];
			const place = await findPlace(system, folder);
			return {
				place,
				name,
				folder,
				why: whyOthers(place, facts.user.uid) ?? (await whyNoFolder(system, place)),
			};
		}),
	);
	const wrong = told.filter(({why}) => why !== undefined);
	if (wrong.length === 0) return;
	const isDenied = wrong.some(({place}) => place.found.leadsTo === 'folder');
	throw new SetupError({
		what: [...new Set(wrong.map(({why}) => why))].join('\n'),
		why: `vira-setup keeps its files in ${wrong.map(({folder}) => folder).join(', ')}.`,
		next: [...new Set(wrong.map((one) => fixesOf(one, facts)))],
		code: isDenied ? exitCode.privilege : exitCode.unsuitable,
	});
};

/** A file in it could be replaced by another, a secret be led elsewhere. */
const othersWrite = 0o022;

/** Those of our own folders that others can write in; that of the service files is ours where we have made it. */
export const findOpenFolders = async (
	system: System,
	facts: Facts,
	made: readonly string[],
): Promise<readonly OpenFolder[]> => {
	const {config, state, services} = facts.folders;
	const ours = [config, state, versionsFolder(facts), ...(made.includes(services) ? [services] : [])];
	const found = await Promise.all(ours.map(async (path) => ({path, at: await look(system, path)})));
	return found.flatMap(({path, at}) =>
		at?.kind === 'folder' && at.owner === facts.user.uid && (at.mode & othersWrite) !== 0
			? [{path, mode: at.mode}]
			: [],
	);
};

export const closeFolder = (path: string): Command => ['chmod', 'go-w', path];

/** Before anything is written in it. */
export const closeFolders = ({openFolders = []}: Pick<Left, 'openFolders'>): readonly Action[] =>
	openFolders.map(({path, mode}) => ({
		does: 'run',
		command: closeFolder(path),
		why: 'others could change what is in it',
		undo: ['chmod', mode.toString(8), path],
		onFailure: {what: `The mode of ${path} could not be changed.`, code: exitCode.unexpected},
	}));

/** The names of the copies in our folder for them. There are secrets in them: no link leads anywhere else. */
export const demandCopies = async (system: System, facts: Facts): Promise<readonly string[]> => {
	const folder = versionsFolder(facts);
	const found = await system.inspect(folder);
	if (!found) return [];
	const refuse = (what: string, command: Command): never => {
		const why = 'vira-setup keeps in it what files were before.';
		throw new SetupError({what, why, next: [commandText(command)], code: exitCode.unsuitable});
	};
	if (found.kind !== 'folder')
		refuse(`${folder} is in the way: it is no folder.`, ['mv', folder, `${folder}.away`]);
	if (!found.readable || !found.writable || (found.mode & 0o100) === 0)
		refuse(`You may not use the folder ${folder}.`, ['chmod', 'u+rwx', folder]);
	return (await system.list(folder)) ?? [];
};
