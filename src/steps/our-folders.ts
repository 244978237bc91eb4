import {exitCode, SetupError} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import type {Facts} from '../platform/facts.ts';
import type {Command, System} from '../platform/system.ts';
import {findPlace, isWithin, look, whyNoFolder, type Place} from './place.ts';
import type {Action} from './action.ts';
import type {Left, OpenFolder} from './situation.ts';

/** Where the texts are kept that our files had before. */
export const versionsFolder = ({folders}: Pick<Facts, 'folders'>): string => `${folders.state}/versions`;

/** A link to where somebody else could put another file in the place of ours. */
const isOthers = ({found}: Place, uid: number): boolean =>
	found.kind === 'link' && found.leadsTo === 'folder' && found.owner !== uid;

const whyOthers = (place: Place, uid: number): string | undefined =>
	isOthers(place, uid)
		? `${place.nearest} is a link to ${place.found.realPath ?? 'a folder'}, which belongs to somebody else.`
		: undefined;

const mendOf = (place: Place, {user}: Facts): Command => {
	const {nearest, found, missing} = place;
	if (isOthers(place, user.uid)) return ['rm', nearest];
	if (found.leadsTo !== 'folder') return ['mv', nearest, `${nearest}.away`];
	if (found.owner === user.uid) return ['chmod', 'u+rwx', nearest];
	if (isWithin(nearest, user.home)) return ['sudo', 'chown', user.name, nearest];
	const folder = missing.at(-1) ?? nearest;
	return ['sudo', 'install', '--directory', `--owner=${user.name}`, '--mode=0700', folder];
};

/** The folders that every run needs: no option names them, so nothing typed into a form would help. */
export const demandOurFolders = async (system: System, facts: Facts): Promise<void> => {
	const told = await Promise.all(
		Object.values(facts.folders).map(async (folder: string) => {
			const place = await findPlace(system, folder);
			return {place, folder, why: whyOthers(place, facts.user.uid) ?? (await whyNoFolder(system, place))};
		}),
	);
	const wrong = told.filter(({why}) => why !== undefined);
	if (wrong.length === 0) return;
	const isDenied = wrong.some(({place}) => place.found.leadsTo === 'folder');
	throw new SetupError({
		what: [...new Set(wrong.map(({why}) => why))].join('\n'),
		why: `vira-setup keeps its files in ${wrong.map(({folder}) => folder).join(', ')}.`,
		next: [...new Set(wrong.map(({place}) => commandText(mendOf(place, facts))))],
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
