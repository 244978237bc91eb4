import {posix} from 'node:path';
import type {Facts} from '../../platform/facts.ts';
import type {Action} from '../../platform/actions/action.ts';
import type {FileAction} from '../../platform/actions/change-file.ts';
import {newFolder} from '../../platform/actions/change-path.ts';
import {privateMode} from '../../platform/paths.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {versionsFolder} from '../load/our-folders.ts';
import {hashOf, isOurs, type Kept, type Receipt} from '../../platform/installed/receipt.ts';
import type {ExistingFiles, Situation} from '../../platform/installed/situation.ts';

/** How many backups of a file are kept. */
const versionsOfFile = 3;

/** How many digits of the hash are in a name; more if a changed backup already has this name. */
const leastDigits = 12;

/** Marks backups of the user's own text in their names, so that they are recognized without the receipt. */
const handMark = '.by-hand';

const hashFor = (of: string, content: string): string => hashOf(`${of}\0${content}`);

/**
 * Named by its content: an interrupted run finds its backups when repeated, the same text is kept only once, and a backup
 * that was changed by hand is recognized even without the receipt.
 */
const copyPath = (
	{of, content, byHand}: {readonly of: string; readonly content: string; readonly byHand: boolean},
	{facts, existing}: Situation,
): string => {
	const {name, ext} = posix.parse(of);
	const hash = hashFor(of, content);
	const pathWith = (digits: number): string =>
		`${versionsFolder(facts)}/${name}${byHand ? handMark : ''}.${hash.slice(0, digits)}${ext}`;
	const isTaken = (path: string): boolean =>
		(existing.unread?.includes(path) ?? false) || (existing.files.get(path)?.content ?? content) !== content;
	let digits = leastDigits;
	while (isTaken(pathWith(digits))) digits += 1;
	return pathWith(digits);
};

const isCopyOf = (of: string, copy: string, content: string): boolean => {
	const {name, ext} = posix.parse(of);
	const base = posix.basename(copy).replace(handMark, '');
	const digits = base.slice(name.length + 1, base.length - ext.length);
	return (
		base === `${name}.${digits}${ext}` &&
		digits.length >= leastDigits &&
		hashFor(of, content).startsWith(digits)
	);
};

export const isByHand = (copy: string): boolean => posix.basename(copy).includes(`${handMark}.`);

/** A previous version of a file. */
export interface Version {
	readonly of: string;
	readonly copy: string;
	/** When it was replaced, ISO 8601; undefined: unknown, as the receipt was lost. */
	readonly until: string | undefined;
	readonly byHand: boolean;
	/** undefined: the backup does not exist or cannot be read. */
	readonly content: string | undefined;
	/** Whether the backup is unchanged. */
	readonly whole: boolean;
}

/** Backups of our files that the receipt does not list. */
const unlisted = ({receipt, files}: ExistingFiles, facts: Facts): readonly Version[] => {
	const {settings, initialState} = filesOf(facts);
	const ours = [...facts.serviceFiles, initialState, settings];
	return [...files].flatMap(([copy, {content}]) => {
		if (posix.dirname(copy) !== versionsFolder(facts)) return [];
		if (receipt?.kept?.some((one) => one.copy === copy)) return [];
		const of = ours.find((path) => isCopyOf(path, copy, content));
		return of === undefined
			? []
			: [{of, copy, content, whole: true, until: undefined, byHand: isByHand(copy)}];
	});
};

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0);

/** By file, the newest first: the order is the same even if the first run was interrupted. */
const inOrder = (versions: readonly Version[]): readonly Version[] =>
	versions.toSorted((one, other) => compare(one.of, other.of) || compare(other.until ?? '', one.until ?? ''));

/** The backups of our files; for each file the newest first. */
export const versionsIn = (left: ExistingFiles, facts: Facts): readonly Version[] => {
	const listed = (left.receipt?.kept ?? []).map(({of, copy, until}) => {
		const content = left.files.get(copy)?.content;
		const whole = content !== undefined && isCopyOf(of, copy, content);
		return {of, copy, until, byHand: isByHand(copy), content, whole};
	});
	return inOrder([...listed, ...unlisted(left, facts)]);
};

/** What the file actions would replace, except the staged file, which is temporary. */
const replacedBy = (changes: readonly FileAction[], situation: Situation): readonly Version[] => {
	const {facts, existing} = situation;
	const {settings, staged} = filesOf(facts);
	return changes.flatMap((change) => {
		const {path, before} = change;
		const isSame = change.does === 'write-file' && before?.content === change.content;
		if (!before || isSame || path === staged) return [];
		const {content} = before;
		// Manual changes to the settings file are adopted; those to other files are replaced.
		const byHand = path !== settings && !isOurs(existing.receipt, path, content);
		const copy = copyPath({of: path, content, byHand}, situation);
		return [{of: path, copy, until: facts.now, byHand, content, whole: true}];
	});
};

/** The last few versions of each file that differ from the new one; backups of the user's own text are always kept. */
const worthKeeping = (
	versions: readonly Version[],
	changes: readonly FileAction[],
	{files}: ExistingFiles,
): readonly Version[] => {
	const textAfter = (path: string): string | undefined => {
		const change = changes.find((one) => one.path === path);
		if (!change) return files.get(path)?.content;
		return change.does === 'write-file' ? change.content : undefined;
	};
	const past = versions.filter(({of, content}) => content !== textAfter(of));
	const counted = past.filter(({byHand}) => !byHand);
	return past.filter(
		(one) =>
			one.byHand ||
			counted.slice(0, counted.indexOf(one)).filter(({of}) => of === one.of).length < versionsOfFile,
	);
};

export interface Keeping {
	/** Before anything is replaced. */
	readonly copies: readonly Action[];
	/** At the very end: until then, an old version may still be needed. */
	readonly drops: readonly Action[];
	/** The backups after the plan; for each file the newest first. */
	readonly kept: readonly Kept[];
	/** The backups that exist only until then. */
	readonly dropped: readonly Kept[];
	/** Hashes by path: of the backups; for those changed by hand, the hash of the original. */
	readonly hashes: Receipt['files'];
}

const write = ({of, copy, content = ''}: Version, {files}: ExistingFiles): readonly Action[] => {
	const before = files.get(copy);
	if (before?.mode === privateMode) return [];
	const why = `back up ${posix.basename(of)} for vira-setup rollback`;
	return [{does: 'write-file', path: copy, mode: privateMode, content, before, why}];
};

const drop = ({copy}: Version, {files}: ExistingFiles): readonly Action[] => {
	const before = files.get(copy);
	const why = `keep only the last ${versionsOfFile} backups of each file`;
	return before ? [{does: 'delete-file', path: copy, before, why}] : [];
};

const entryOf = ({of, copy, until}: Version): Kept => ({of, copy, ...(until !== undefined && {until})});

/** A backup that was changed by hand belongs to the user: a removal has to recognize that. */
const changedCopies = (
	{receipt, files}: ExistingFiles,
	facts: Facts,
): readonly (readonly [string, string])[] =>
	Object.entries(receipt?.files ?? {}).filter(
		([path, hash]) =>
			posix.dirname(path) === versionsFolder(facts) &&
			files.has(path) &&
			hashOf(files.get(path)?.content ?? '') !== hash,
	);

/** Backs up what is about to be replaced, and deletes older backups. */
export const keepActions = (changes: readonly FileAction[], situation: Situation): Keeping => {
	const {facts, existing, site} = situation;
	const now = versionsIn(existing, facts).filter(({whole}) => whole);
	const replaced = replacedBy(changes, situation);
	const earlier = now.filter(({copy}) => replaced.every((one) => one.copy !== copy));
	const all = inOrder([...replaced, ...earlier]);
	const kept = changes.length === 0 ? all : worthKeeping(all, changes, existing);
	const gone = now.filter(({copy}) => kept.every((one) => one.copy !== copy));
	const writes = kept.flatMap((version) => write(version, existing));
	const folder = versionsFolder(facts);
	const isMissing = writes.length > 0 && site.missingFolders.includes(folder);
	return {
		copies: [...(isMissing ? [newFolder(folder, 'hold backups of replaced files')] : []), ...writes],
		drops: gone.flatMap((version) => drop(version, existing)),
		kept: kept.map(entryOf),
		dropped: gone.map(entryOf),
		hashes: Object.fromEntries([
			...changedCopies(existing, facts),
			...kept.map(({copy, content = ''}) => [copy, hashOf(content)] as const),
		]),
	};
};
