import {fixText, type Fix} from '../../notice.ts';
import {exitCode, SetupError} from '../../errors.ts';
import {
	cannotUse,
	findExisting,
	isNotA,
	isWithin,
	look,
	whyNoFolder,
	type ExistingPath,
} from '../../platform/paths.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {Command, System} from '../../platform/system.ts';
import type {Action} from '../../platform/actions/action.ts';
import type {ExistingFiles, OpenFolder} from '../../platform/installed/situation.ts';

/** Holds backups of our files. */
export const versionsFolder = ({folders}: Pick<Facts, 'folders'>): string => `${folders.state}/versions`;

/** One of the folders, as it was found. */
interface Looked {
	/** The fix if it is outside of the home folder. */
	readonly outside: Fix;
	readonly folder: string;
	readonly place: ExistingPath;
}

/** A link to a folder where another user could replace our files. */
const isOthers = ({found}: ExistingPath, uid: number): boolean =>
	found.kind === 'link' && found.leadsTo === 'folder' && found.owner !== uid;

const whyOthers = (place: ExistingPath, uid: number): string | undefined =>
	isOthers(place, uid)
		? `${place.nearest} is a link to ${place.found.realPath ?? 'a folder'}, which belongs to another user.`
		: undefined;

/** The fix for each of the folders if it is outside of the home folder; absent: not every run needs it. */
const fixesOutside = (facts: Facts): Partial<Readonly<Record<keyof Facts['folders'], Fix>>> => {
	const services = managerOf(facts).servicesFolderFix;
	return {
		config: {say: 'Unset XDG_CONFIG_HOME, or set it to a folder that you own.'},
		state: {say: 'Unset XDG_STATE_HOME, or set it to a folder that you own.'},
		...(services && {services}),
	};
};

/** Whether it is a home folder of its own, and not a system folder such as /usr/sbin or /. */
const isHomeOfItsOwn = (home: string): boolean => /^\/(?:home|Users|srv|opt|var\/[^/]+)\/[^/]/u.test(home);

const fixInHome = ({nearest}: ExistingPath, {user}: Facts): Fix => {
	if (!isHomeOfItsOwn(user.home)) return {say: 'Use an account that has its own home folder.'};
	const command: Command = isWithin(nearest, user.home)
		? ['sudo', 'chown', user.name, nearest]
		: ['sudo', 'install', '-d', '-o', user.name, '-m', '0700', user.home];
	return {say: '', command: commandText(command)};
};

/** Ownership is changed only inside the home folder: other folders may belong to the system. */
const fixFor = ({place, outside, folder}: Looked, facts: Facts): Fix => {
	const {nearest, found} = place;
	const {user} = facts;
	const isOwn = found.owner === user.uid;
	if (!isWithin(folder, user.home) && !isOwn) return outside;
	if (isOthers(place, user.uid)) return {say: '', command: commandText(['rm', nearest])};
	if (found.leadsTo !== 'folder') return {say: '', command: commandText(['mv', nearest, `${nearest}.away`])};
	return isOwn ? {say: '', command: commandText(['chmod', 'u+rwx', nearest])} : fixInHome(place, facts);
};

/** The folders that every run needs: no option sets them, so the form cannot fix them. */
export const demandOurFolders = async (system: System, facts: Facts): Promise<void> => {
	const told = await Promise.all(
		Object.entries(fixesOutside(facts)).map(async ([name, outside]) => {
			const folder = facts.folders[name as keyof Facts['folders']];
			const place = await findExisting(system, folder);
			return {
				place,
				outside,
				folder,
				why: whyOthers(place, facts.user.uid) ?? (await whyNoFolder(system, place)),
			};
		}),
	);
	const wrong = told.filter(({why}) => why !== undefined);
	if (wrong.length === 0) return;
	const isDenied = wrong.some(({place}) => place.found.leadsTo === 'folder');
	throw new SetupError({
		message: [...new Set(wrong.map(({why}) => why))].join('\n'),
		detail: `vira-setup keeps its files in ${wrong.map(({folder}) => folder).join(', ')}.`,
		fixes: [...new Map(wrong.map((one) => fixFor(one, facts)).map((fix) => [fixText(fix), fix])).values()],
		exit: isDenied ? exitCode.privilege : exitCode.unsuitable,
	});
};

/** Others could replace a file in it, or redirect a secret. */
const othersWrite = 0o022;

/** Those of our folders that others can write to; the services folder is ours only if we created it. */
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
export const closeFolders = ({openFolders = []}: Pick<ExistingFiles, 'openFolders'>): readonly Action[] =>
	openFolders.map(({path, mode}) => ({
		does: 'run',
		command: closeFolder(path),
		why: 'keep other users from changing its files',
		title: `Close ${path} to other users`,
		undo: ['chmod', mode.toString(8), path],
		undoTitle: `Restore the mode of ${path}`,
		onFailure: {message: `Could not change the mode of ${path}.`, exit: exitCode.unexpected},
	}));

/** The names of the backups. They contain secrets: a link to another folder is refused. */
export const demandCopies = async (system: System, facts: Facts): Promise<readonly string[]> => {
	const folder = versionsFolder(facts);
	const found = await system.inspect(folder);
	if (!found) return [];
	const refuse = (what: string, command: Command): never => {
		const why = 'vira-setup keeps backups of replaced files there.';
		throw new SetupError({
			message: what,
			detail: why,
			fixes: [{say: '', command: commandText(command)}],
			exit: exitCode.unsuitable,
		});
	};
	if (found.kind !== 'folder') refuse(isNotA('folder', folder), ['mv', folder, `${folder}.away`]);
	if (!found.readable || !found.writable || (found.mode & 0o100) === 0)
		refuse(cannotUse(folder), ['chmod', 'u+rwx', folder]);
	return (await system.list(folder)) ?? [];
};
