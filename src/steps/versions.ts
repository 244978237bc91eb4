import {posix} from 'node:path';
import type {Facts} from '../platform/facts.ts';
import type {Action, FileAction} from './action.ts';
import {hashOf, isOurs, type Kept, type Receipt} from './receipt.ts';
import type {Existing, Left, Situation} from './situation.ts';

/** How many of the texts that a file had are kept. */
const versionsOfFile = 3;

/** They hold what the files hold, secrets among it. */
const copyMode = 0o600;
const folderMode = 0o700;

/** Where the texts are kept that our files had before. */
export const versionsFolder = ({folders}: Pick<Facts, 'folders'>): string => `${folders.state}/versions`;

/**
 * Named by what it holds: a run that was killed and is done again finds its copies, and a text that comes back is kept
 * once.
 */
const copyPath = (path: string, content: string, facts: Facts): string => {
	const {name, ext} = posix.parse(path);
	return `${versionsFolder(facts)}/${name}.${hashOf(`${path}\0${content}`).slice(0, 12)}${ext}`;
};

/** The copies that there are; those of one file, the newest first. */
export const keptNow = ({receipt, files}: Left): readonly Kept[] =>
	(receipt?.kept ?? []).filter(({copy}) => files.has(copy));

/** Copies that the receipt lists, now or from before a run that was killed. */
export const copiesIn = (receipt: Receipt | undefined, facts: Facts): readonly string[] => {
	const listed = {...receipt?.filesBefore, ...receipt?.files};
	return Object.keys(listed).filter((path) => path.startsWith(`${versionsFolder(facts)}/`));
};

interface Copy extends Kept {
	readonly content: string;
}

/** What the file actions would take away. What root is handed over in a file is nobody's text. */
const copiesOf = (changes: readonly FileAction[], {facts}: Situation): readonly Copy[] =>
	changes.flatMap((change) => {
		const {path, before} = change;
		const isSame = change.does === 'write-file' && before?.content === change.content;
		if (!before || isSame || path === `${facts.folders.state}/staged`) return [];
		return [
			{of: path, copy: copyPath(path, before.content, facts), until: facts.now, content: before.content},
		];
	});

const newestOfEach = (kept: readonly Kept[]): readonly Kept[] =>
	kept.filter(({of}, index) => kept.slice(0, index).filter((one) => one.of === of).length < versionsOfFile);

export interface Keeping {
	readonly actions: readonly Action[];
	/** The copies that there are once the plan is done; those of one file, the newest first. */
	readonly kept: readonly Kept[];
}

const write = ({of, copy, content}: Copy, {files}: Existing): readonly Action[] => {
	const before = files.get(copy);
	if (before?.content === content && before.mode === copyMode) return [];
	const why = `${posix.basename(of)} as it was, for vira-setup rollback`;
	return [{does: 'write-file', path: copy, mode: copyMode, content, before, why}];
};

const drop = (path: string, {files, receipt}: Existing): readonly Action[] => {
	const before = files.get(path);
	if (!before || !isOurs(receipt, path, before.content)) return [];
	return [{does: 'delete-file', path, before, why: `older than the last ${versionsOfFile} of its file`}];
};

/** Copies what is about to be replaced, before it is, and lets go of what is older than the last few. */
export const keepActions = (changes: readonly FileAction[], situation: Situation): Keeping => {
	const {facts, existing, site} = situation;
	const copies = copiesOf(changes, situation);
	const older = keptNow(existing).filter(({copy}) => copies.every((one) => one.copy !== copy));
	const newest = newestOfEach([...copies.map(({of, copy, until}) => ({of, copy, until})), ...older]);
	// File by file: in the same order whether it took one run, or two as the first was killed.
	const kept = newest.toSorted((one, other) => (one.of < other.of ? -1 : one.of > other.of ? 1 : 0));
	const writes = copies.flatMap((copy) => write(copy, existing));
	const drops = copiesIn(existing.receipt, facts)
		.filter((path) => kept.every(({copy}) => copy !== path))
		.flatMap((path) => drop(path, existing));
	const folder = versionsFolder(facts);
	const make: readonly Action[] =
		writes.length > 0 && site.missingFolders.includes(folder)
			? [
					{
						does: 'make-folder',
						path: folder,
						mode: folderMode,
						why: 'for what files were before',
						undoWithContents: false,
					},
				]
			: [];
	return {actions: [...make, ...writes, ...drops], kept};
};
