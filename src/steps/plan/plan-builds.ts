import {exitCode, type Failure} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import {commandText} from '../../platform/command-text.ts';
import {
	buildByHand,
	buildCommand,
	builtVira,
	installablesIn,
	keepCommand,
	linkFolderOf,
	linksFolder,
} from '../../platform/vira/nix.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action} from '../../platform/actions/action.ts';
import {newFolder} from '../../platform/actions/change-path.ts';
import {questionFor} from '../../platform/vira/check-vira.ts';
import type {LinkFolder, Situation} from '../../platform/installed/situation.ts';
import {formerAfter} from './plan-replacements.ts';

/** Enough to build Vira and its dependencies on a slow machine; usually it is a download of a minute. */
export const buildLimitMs = 60 * 60_000;

interface Where {
	readonly facts: Facts;
	readonly site: Pick<Situation['site'], 'built'>;
}

/** What has to be built: what exists already is kept by its link. */
export const unbuilt = (settings: Settings, {facts, site}: Where): readonly string[] => {
	const whole = new Set(site.built.filter(({links}) => links.length > 0).map(({path}) => path));
	return installablesIn(settings).filter((one) => !whole.has(linkFolderOf(one, facts)));
};

/** A new folder for the links to what is built. */
export const folderOfLinks = (path: string, what: string): Action =>
	newFolder(path, `hold the link that protects ${what} from garbage collection`, true);

/** The folder that holds all of them. */
export const folderOfAllLinks = (facts: Facts): Action =>
	newFolder(linksFolder(facts), 'hold the links to what Nix builds');

/** The failure of a build. */
export const notBuilt = (shown: string): Failure => ({
	message: `Nix could not build ${shown}.`,
	exit: exitCode.refused,
});

const build = (installable: string, settings: Settings, {facts, site}: Where): readonly Action[] => {
	const path = linkFolderOf(installable, facts);
	// An interrupted run has left it without a link in it.
	const left = site.built.find((one) => one.path === path);
	const shown = maskLooks(installable);
	const what = installable === settings.package ? 'Vira' : shown;
	const fix = {say: 'Fix the error in its last lines, or use another package: --package, --extra-package.'};
	const clear: Action | undefined = left && {
		does: 'delete-folder',
		withContents: true,
		why: 'remove an incomplete build',
		path,
		mode: left.mode,
	};
	return [
		...(clear ? [clear] : []),
		folderOfLinks(path, what),
		{
			does: 'run',
			command: buildCommand(installable, facts),
			title: `Build or download ${what}`,
			why: `build or download ${what}; this can take several minutes`,
			withinMs: buildLimitMs,
			onFailure: {...notBuilt(shown), fixes: [fix]},
		},
	];
};

/** Before the running service is touched: a build takes time and can fail. */
export const buildActions = (settings: Settings, situation: Situation): readonly Action[] => {
	const {facts, site} = situation;
	const wanted = unbuilt(settings, situation);
	const question: Action = {
		does: 'ask-vira',
		...questionFor(builtVira(settings.package, facts), {facts, settings}),
		toKeepState: [
			{say: '', command: commandText(buildByHand(settings.package, `${facts.user.home}/vira-new`))},
			{say: 'shows what becomes of the old state', command: 'vira-setup --package ~/vira-new'},
		],
		why: 'check that the new Vira supports the settings before it replaces the running one',
	};
	const path = linksFolder(facts);
	return [
		...(site.missingFolders.includes(path) ? [folderOfAllLinks(facts)] : []),
		...wanted.flatMap((one) => build(one, settings, situation)),
		...(wanted.includes(settings.package) ? [question] : []),
	];
};

/** Deletes the links to what Nix built, one by one, so that an undo makes each a garbage collector root again. */
export const letGo = ({path, mode, links}: LinkFolder, {facts}: Pick<Where, 'facts'>): readonly Action[] => {
	const why = 'let Nix delete a build that is no longer used';
	return [
		...links.map((link): Action => ({
			does: 'delete-link',
			path: link.path,
			restore: keepCommand(link.path, link.storePath, facts),
			why,
		})),
		{does: 'delete-folder', path, withContents: true, mode, why},
	];
};

/** The link folders that the settings need. */
export const linksAfter = (settings: Settings, facts: Facts): readonly string[] =>
	installablesIn(settings).map((one) => linkFolderOf(one, facts));

/** Last: until then, the previous Vira can be restored. */
export const removalActions = (settings: Settings, situation: Situation): readonly Action[] => {
	const former = formerAfter(settings, situation);
	const wanted = [...linksAfter(settings, situation.facts), ...(former ? [former.folder] : [])];
	return situation.site.built
		.filter(({path}) => !wanted.includes(path))
		.flatMap((folder) => letGo(folder, situation));
};
