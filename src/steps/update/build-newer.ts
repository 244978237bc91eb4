import type {Action} from '../../platform/actions/action.ts';
import type {FormerBuild} from '../../platform/installed/receipt.ts';
import type {Exchange, LinkFolder} from '../../platform/installed/situation.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Facts} from '../../platform/facts.ts';
import {buildNewerCommand, linkFolderOf, newerFolderOf, viraIn} from '../../platform/vira/nix.ts';
import {askVira} from '../../platform/vira/check-vira.ts';
import type {System} from '../../platform/system.ts';
import {buildLimitMs, folderOfAllLinks, folderOfLinks, letGo, notBuilt} from '../plan/plan-builds.ts';
import {outOf} from '../plan/plan-replacements.ts';
import type {BuildName, Update} from '../plan/preview.ts';
import type {ProgramInPlace, Lookup, Newer} from './find-newer.ts';

/** Where a newer build is linked: beside the current one, or at its own place if there is none. */
const folderFor = ({installable, from}: Newer, facts: Facts): string =>
	from === undefined ? linkFolderOf(installable, facts) : newerFolderOf(installable, facts);

const build = (one: Newer, {facts, settings, built}: Lookup): readonly Action[] => {
	const {installable} = one;
	const path = folderFor(one, facts);
	const left = built.find((folder) => folder.path === path);
	const shown = maskLooks(installable);
	const what = installable === settings.package ? 'Vira' : shown;
	return [
		// Of an earlier run that was killed.
		...(left ? letGo(left, {facts}) : []),
		folderOfLinks(path, what),
		{
			does: 'run',
			command: buildNewerCommand(installable, path, facts),
			title: `Build or download the newest ${what}`,
			why: `build or download ${what} while the current one runs`,
			withinMs: buildLimitMs,
			onFailure: notBuilt(shown),
		},
	];
};

/** Builds what is newer, beside what is running. Nothing uses it yet. */
export const newerBuilds = (newer: readonly Newer[], lookup: Lookup): readonly Action[] => [
	...(lookup.built.length > 0 ? [] : [folderOfAllLinks(lookup.facts)]),
	...newer.flatMap((one) => build(one, lookup)),
];

/** What takes the place of the current builds. */
export const exchangeFor = (newer: readonly Newer[], facts: Facts): Exchange => ({
	builds: Object.fromEntries(
		newer
			.filter(({from}) => from !== undefined)
			.map(({installable}) => [installable, newerFolderOf(installable, facts)]),
	),
});

/** The folders in which newer builds wait. */
export const waitingFolders = (
	newer: readonly Newer[],
	facts: Facts,
	built: readonly LinkFolder[],
): readonly LinkFolder[] => {
	const paths = newer.map((one) => folderFor(one, facts));
	return built.filter(({path}) => paths.includes(path));
};

const nameOfVira = async (
	system: System,
	program: string,
	storePath: string | undefined,
): Promise<BuildName> => {
	const {version, revision, schema} = await askVira(system, program);
	return {
		storePath,
		...(version !== undefined && {version}),
		...(revision !== undefined && {revision}),
		...(schema !== undefined && {schema}),
	};
};

/** The return to the Vira before the current one. */
export const updateBack = async (
	{installable, folder}: FormerBuild,
	{system, facts, built}: Pick<Lookup, 'system' | 'facts' | 'built'>,
	program: string,
): Promise<Update> => {
	const [there, current] = [folder, linkFolderOf(installable, facts)].map((one) =>
		built.find(({path}) => path === one),
	);
	const [from, to] = await Promise.all([
		nameOfVira(system, program, current && outOf(current)),
		nameOfVira(system, viraIn(folder), there && outOf(there)),
	]);
	return {installable, isVira: true, from, to};
};

/** A program that was replaced where it is. */
export const updateInPlace = async (
	{program, running = program}: ProgramInPlace,
	system: System,
): Promise<Update> => {
	const [from, to] = await Promise.all([running, program].map((one) => nameOfVira(system, one, undefined)));
	return {
		installable: program,
		isVira: true,
		isInPlace: true,
		from: from ?? {storePath: undefined},
		to: to ?? {storePath: undefined},
	};
};

/** What is replaced by what. `program`: the current Vira; `isBuilt`: whether the newer builds are there already. */
export const updatesIn = (
	newer: readonly Newer[],
	{system, facts, settings, built}: Lookup,
	{program, isBuilt}: {readonly program: string; readonly isBuilt: boolean},
): Promise<readonly Update[]> =>
	Promise.all(
		newer.map(async (one): Promise<Update> => {
			const {installable, from, to} = one;
			const isVira = installable === settings.package;
			const folder = folderFor(one, facts);
			const there = built.find(({path}) => path === folder);
			const after = (there && isBuilt ? outOf(there) : undefined) ?? to;
			if (!isVira) return {installable, isVira, from: {storePath: from}, to: {storePath: after}};
			const [old, next] = await Promise.all([
				nameOfVira(system, program, from),
				isBuilt ? nameOfVira(system, viraIn(folder), after) : {storePath: after},
			]);
			return {installable, isVira, from: old, to: next};
		}),
	);
