import {exitCode} from '../../errors.ts';
import type {Action} from '../../platform/actions/action.ts';
import {newFolder} from '../../platform/actions/change-path.ts';
import type {Facts} from '../../platform/facts.ts';
import type {FormerBuild, Receipt} from '../../platform/installed/receipt.ts';
import type {Exchange, LinkFolder, Replacement, Situation} from '../../platform/installed/situation.ts';
import {formerFolderOf, keepCommand, linkFolderOf, linkIn} from '../../platform/vira/nix.ts';
import {isInstallable} from '../../settings/nix.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';

/** Where the output `out` of a build is; undefined: it is not there. */
export const outOf = ({path, links}: LinkFolder): string | undefined =>
	links.find((link) => link.path === linkIn(path))?.storePath;

/** The exchanged builds that are there and differ; those of an interrupted run are finished. */
export const replacementsIn = (
	{builds}: Exchange,
	built: readonly LinkFolder[],
	facts: Facts,
): readonly Replacement[] =>
	Object.entries(builds).flatMap(([installable, folder]) => {
		const [current, next] = [linkFolderOf(installable, facts), folder].map((path) =>
			built.find((one) => one.path === path),
		);
		if (!current || !next || outOf(current) === undefined || outOf(next) === undefined) return [];
		return outOf(current) === outOf(next) ? [] : [{installable, current, next}];
	});

/** What an interrupted run was about to exchange. */
export const interruptedExchange = (receipt: Receipt | undefined): Exchange => ({
	builds: (receipt?.state === 'pending' ? receipt.replacing : undefined) ?? {},
});

const ofVira = (settings: Settings, {site}: Situation): Replacement | undefined =>
	site.replacements?.find(({installable}) => installable === settings.package);

/** The folder in which the replaced Vira is kept. */
const keptFolder = ({installable, current}: Replacement, facts: Facts): string =>
	formerFolderOf(installable, outOf(current) ?? '', facts);

/** Keeps the current Vira from garbage collection, before another takes its place. */
export const keepReplaced = (settings: Settings, situation: Situation): readonly Action[] => {
	const {facts, site} = situation;
	const replaced = ofVira(settings, situation);
	const storePath = replaced && outOf(replaced.current);
	if (!replaced || storePath === undefined) return [];
	const folder = keptFolder(replaced, facts);
	const there = site.built.find(({path}) => path === folder);
	if (there && outOf(there) === storePath) return [];
	return [
		newFolder(folder, 'keep the current Vira, in case the new one is not wanted', true),
		{
			does: 'run',
			command: keepCommand(linkIn(folder), storePath, facts),
			title: 'Keep the current Vira from garbage collection',
			why: 'keep it for vira-setup rollback',
			onFailure: {message: `Could not keep ${storePath}.`, exit: exitCode.refused},
		},
	];
};

const exchangeOf = ({installable, current, next}: Replacement, settings: Settings, facts: Facts) =>
	next.links.map(({path, storePath}): Action => {
		const link = `${current.path}${path.slice(next.path.length)}`;
		const before = current.links.find((one) => one.path === link)?.storePath;
		const what = installable === settings.package ? 'Vira' : installable;
		return {
			does: 'run',
			command: keepCommand(link, storePath, facts),
			step: 'Switch to what was built',
			title: `Switch to ${storePath}`,
			why: `let the service use another ${what}`,
			...(before !== undefined && {
				undo: keepCommand(link, before, facts),
				undoTitle: `Switch back to ${before}`,
			}),
			onFailure: {message: `Could not switch to ${storePath}.`, exit: exitCode.refused},
		};
	});

/** The parts of a state that was moved aside go back to their places. */
const formerStateActions = ({site: {formerState}}: Pick<Situation, 'site'>): readonly Action[] =>
	(formerState?.parts ?? []).map((name) => ({
		does: 'move',
		from: `${formerState?.keptIn}/${name}`,
		to: `${formerState?.folder}/${name}`,
		why: 'use the state that this Vira has used before',
		way: 'there',
	}));

/** While the service is stopped: its links lead to the other builds, and its state is the one of that Vira. */
export const exchangeActions = (settings: Settings, {facts, site}: Situation): readonly Action[] => [
	...(site.replacements ?? []).flatMap((one) => exchangeOf(one, settings, facts)),
	...formerStateActions({site}),
];

/** The Vira that the settings named before, if Nix built it and another takes its place. */
const namedBefore = (settings: Settings, {facts, existing, site}: Situation): string | undefined => {
	if (!existing.saved) return undefined;
	const {package: before} = withGiven(defaultSettings({vira: undefined}), existing.saved.given);
	const folder =
		isInstallable(before) && before !== settings.package ? linkFolderOf(before, facts) : undefined;
	return site.built.some(({path, links}) => path === folder && links.length > 0) ? before : undefined;
};

/** The Vira before the current one, after the plan. */
export const formerAfter = (settings: Settings, situation: Situation): FormerBuild | undefined => {
	const {facts, existing, site} = situation;
	const {oldState} = site;
	const replaced = ofVira(settings, situation);
	const named = namedBefore(settings, situation);
	const recorded = existing.receipt?.former;
	const state = oldState && {state: {folder: oldState.folder, keptIn: oldState.keptIn}};
	if (replaced)
		return {
			installable: replaced.installable,
			folder: keptFolder(replaced, facts),
			until: facts.now,
			...state,
		};
	if (named !== undefined)
		return {installable: named, folder: linkFolderOf(named, facts), until: facts.now, ...state};
	const isThere = site.built.some(({path, links}) => path === recorded?.folder && links.length > 0);
	const isCurrent = recorded?.folder === linkFolderOf(settings.package, facts);
	return isThere && !isCurrent ? recorded : undefined;
};
