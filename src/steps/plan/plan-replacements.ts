import {exitCode} from '../../errors.ts';
import type {Action} from '../../platform/actions/action.ts';
import {newFolder} from '../../platform/actions/change-path.ts';
import type {Facts} from '../../platform/facts.ts';
import {hashOf, type FormerBuild, type FormerState, type Receipt} from '../../platform/installed/receipt.ts';
import type {Exchange, LinkFolder, Replacement, Situation} from '../../platform/installed/situation.ts';
import {formerFolderOf, keepCommand, linkFolderOf, linkIn} from '../../platform/vira/nix.ts';
import {isInstallable} from '../../settings/nix.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {filesOf} from '../../platform/installed/our-files.ts';

/** Where a build is: its output `out`, or the first of those that it has; undefined: it is not there. */
export const outOf = ({path, links}: LinkFolder): string | undefined =>
	(links.find((link) => link.path === linkIn(path)) ?? links[0])?.storePath;

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

/** What an interrupted run was about to exchange, or has to give back because its settings were not saved. */
export const interruptedExchange = (
	receipt: Receipt | undefined,
	{package: wanted}: Settings,
	facts: Facts,
): Exchange => {
	if (receipt?.state !== 'pending') return {builds: {}};
	const {former, replacing = {}, replacingState} = receipt;
	const stays = former?.installable === wanted && former.folder === linkFolderOf(wanted, facts);
	const state = stays ? former.state : replacingState;
	return {builds: replacing, ...(state && {state})};
};

const ofVira = (settings: Settings, {site}: Situation): Replacement | undefined =>
	site.replacements?.find(({installable}) => installable === settings.package);

/** The folder in which the replaced Vira is kept. */
const keptFolder = ({installable, current}: Replacement, facts: Facts): string =>
	formerFolderOf(installable, outOf(current) ?? '', facts);

/** The Vira that the settings named before, if Nix built it and another takes its place. */
const namedBefore = (settings: Settings, {facts, existing, site}: Situation): string | undefined => {
	if (!existing.saved) return undefined;
	const {package: before} = withGiven(defaultSettings({vira: undefined}), existing.saved.given);
	const folder =
		isInstallable(before) && before !== settings.package ? linkFolderOf(before, facts) : undefined;
	return site.built.some(({path, links}) => path === folder && links.length > 0) ? before : undefined;
};

/** Keeps the current Vira from garbage collection, before another takes its place. */
export const keepReplaced = (settings: Settings, situation: Situation): readonly Action[] => {
	const {facts, site} = situation;
	const replaced = ofVira(settings, situation);
	// The one that the settings named before is kept where it is.
	const isNamed = namedBefore(settings, situation) !== undefined;
	const storePath = replaced && !isNamed ? outOf(replaced.current) : undefined;
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
		const what = installable === settings.package ? 'Vira' : maskLooks(installable);
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
	formerState === undefined
		? []
		: formerState.parts.toReversed().map((name) => ({
				does: 'move',
				from: `${formerState.state.keptIn}/${name}`,
				to: `${formerState.state.folder}/${name}`,
				why: 'use the state that this Vira has used before',
				way: 'there',
			}));

/** While the service is stopped: its links lead to the other builds, and its state is the one of that Vira. */
export const exchangeActions = (settings: Settings, {facts, site}: Situation): readonly Action[] => [
	...(site.replacements ?? []).flatMap((one) => exchangeOf(one, settings, facts)),
	...formerStateActions({site}),
];

/** The Vira before the current one, by what Nix made it from and where its links are. */
const replacedVira = (
	settings: Settings,
	situation: Situation,
): Pick<FormerBuild, 'installable' | 'folder'> | undefined => {
	const {facts} = situation;
	const named = namedBefore(settings, situation);
	if (named !== undefined) return {installable: named, folder: linkFolderOf(named, facts)};
	const replaced = ofVira(settings, situation);
	return replaced && {installable: replaced.installable, folder: keptFolder(replaced, facts)};
};

/** The state that only the replaced Vira can read: an interrupted run may have moved it aside already. */
const stateOfReplaced = (
	{installable, folder}: Pick<FormerBuild, 'installable' | 'folder'>,
	{existing: {receipt}, site: {oldState}}: Situation,
): FormerState | undefined => {
	const recorded =
		receipt?.state === 'pending' && receipt.former?.folder === folder ? receipt.former : undefined;
	return recorded?.state ?? (oldState && {installable, folder: oldState.folder, keptIn: oldState.keptIn});
};

/** The Vira before the current one, after the plan. */
export const formerAfter = (settings: Settings, situation: Situation): FormerBuild | undefined => {
	const {facts, existing, site} = situation;
	const replaced = replacedVira(settings, situation);
	const recorded = existing.receipt?.former;
	if (replaced) {
		const state = stateOfReplaced(replaced, situation);
		const file = existing.files.get(filesOf(facts).settings)?.content ?? '';
		return {...replaced, until: facts.now, settings: hashOf(file), ...(state && {state})};
	}
	const isThere = site.built.some(({path, links}) => path === recorded?.folder && links.length > 0);
	const isCurrent = recorded?.folder === linkFolderOf(settings.package, facts);
	return isThere && !isCurrent ? recorded : undefined;
};
