import {
	findExisting,
	isWithin,
	look,
	namesIn,
	permissionDenied,
	realPathOf,
	reasonAgainst,
} from '../../platform/paths.ts';
import type {Facts} from '../../platform/facts.ts';
import type {System} from '../../platform/system.ts';
import type {StateFolder} from './installed-files.ts';
import type {StatePlace} from '../../platform/installed/receipt.ts';
import {holdsState, isOfVira, marksLast} from '../../platform/vira/vira-state.ts';

/** Why nothing in the folder can be deleted: the end of a sentence. */
const whyUntouchable = async (system: System, path: string, facts: Facts): Promise<string | undefined> => {
	const found = await look(system, path);
	if (found?.kind === 'link') return `it is a link to ${found.realPath ?? found.linksTo ?? 'nowhere'}`;
	if (found?.kind !== 'folder') return 'it is not a folder';
	const real = found.realPath ?? path;
	const home = realPathOf(await findExisting(system, facts.user.home));
	if (real === '/') return 'it is the root of the file system';
	if (real === home) return 'it is your home folder';
	if (isWithin(home, real)) return 'it contains your home folder';
	if (!found.writable) return await reasonAgainst(system, found, 0o200);
	return undefined;
};

/** Without links: Vira creates none, and their targets belong to someone else. */
const ownParts = async (
	system: System,
	path: string,
	names: readonly string[],
): Promise<readonly string[]> => {
	const found = await Promise.all(names.map((name) => look(system, `${path}/${name}`)));
	return marksLast(names.filter((name, index) => isOfVira(name) && found[index]?.kind !== 'link'));
};

/** The contents of a state folder, and their owners. `isMadeByUs`: vira-setup created it. Reads only. */
export const readStateFolder = async (
	system: System,
	{path, theirs, isMadeByUs}: StatePlace & {readonly isMadeByUs: boolean},
	facts: Facts,
): Promise<StateFolder | undefined> => {
	if (!(await look(system, path))) return undefined;
	const untouchable = await whyUntouchable(system, path, facts);
	if (untouchable !== undefined) return {path, parts: [], others: [], untouchable};
	const names = await namesIn(system, path);
	if (names === 'hidden') return {path, parts: [], others: [], untouchable: permissionDenied};
	const isState = isMadeByUs || holdsState(names);
	const ofVira = names.filter((name) => !theirs.includes(name)).toSorted();
	const parts = isState ? await ownParts(system, path, ofVira) : [];
	const others = names.toSorted().filter((name) => !parts.includes(name));
	// Names that could be mistaken for Vira's come first.
	const told = new Set([...others.filter((name) => theirs.includes(name)), ...others]);
	return {path, parts, others: [...told], untouchable};
};
