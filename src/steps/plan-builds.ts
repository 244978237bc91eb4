import {exitCode} from '../errors.ts';
import {commandText} from '../platform/command-text.ts';
import {
	buildByHand,
	buildCommand,
	builtVira,
	installablesIn,
	keepCommand,
	linkFolderOf,
	linksFolder,
} from '../platform/nix.ts';
import {maskLooks} from '../settings/secret-looks.ts';
import type {Settings} from '../settings/options.ts';
import type {Action} from './action.ts';
import {questionFor} from './checks/vira.ts';
import type {LinkFolder, Situation} from './situation.ts';

/** Vira and all that it is made of, from its sources on a slow machine; mostly it is a download of a minute. */
const buildLimitMs = 60 * 60_000;
/** Ours alone to read, as the folder that it lies in. */
const folderMode = 0o700;

interface Where {
	readonly facts: Situation['facts'];
	readonly site: Pick<Situation['site'], 'built'>;
}

/** What has to be built: not what is there already, for its link keeps it as it was. */
export const unbuilt = (settings: Settings, {facts, site}: Where): readonly string[] => {
	const whole = new Set(site.built.filter(({links}) => links.length > 0).map(({path}) => path));
	return installablesIn(settings).filter((one) => !whole.has(linkFolderOf(one, facts)));
};

const build = (installable: string, settings: Settings, {facts, site}: Where): readonly Action[] => {
	const path = linkFolderOf(installable, facts);
	// A run that was killed has left it without a link in it.
	const left = site.built.find((one) => one.path === path);
	const shown = maskLooks(installable);
	const what = installable === settings.package ? 'Vira' : shown;
	return [
		...(left
			? [{does: 'delete-folder', withContents: true, why: 'left half done', path, mode: left.mode} as const]
			: []),
		{
			does: 'make-folder',
			path,
			mode: folderMode,
			why: `for the link that keeps ${what} from garbage collection`,
			undoWithContents: true,
		},
		{
			does: 'run',
			command: buildCommand(installable, facts),
			why: `builds ${what}, or downloads it; that may take some minutes`,
			withinMs: buildLimitMs,
			onFailure: {
				what: `Nix could not build ${shown}.`,
				next: ['Mend what its last lines say, or give another package: --package, --extra-package.'],
				code: exitCode.refused,
			},
		},
	];
};

/** Before anything that runs is touched: a build takes its time, and can fail. */
export const buildActions = (settings: Settings, situation: Situation): readonly Action[] => {
	const {facts, site} = situation;
	const wanted = unbuilt(settings, situation);
	const question = {
		does: 'ask-vira',
		...questionFor(builtVira(settings.package, facts), {facts, settings}),
		toKeepState: [
			commandText(buildByHand(settings.package, `${facts.user.home}/vira-new`)),
			'vira-setup --package ~/vira-new   shows what becomes of the old state.',
		],
		why: 'a Vira that cannot do what is asked of it must not take the place of one that runs',
	} as const;
	return [
		...site.missingFolders
			.filter((path) => path === linksFolder(facts))
			.map(
				(path) =>
					({
						does: 'make-folder',
						path,
						mode: folderMode,
						why: 'a folder for it',
						undoWithContents: false,
					}) as const,
			),
		...wanted.flatMap((one) => build(one, settings, situation)),
		...(wanted.includes(settings.package) ? [question] : []),
	];
};

/** Lets go of what Nix built: its links one by one, so that each is a root of the garbage collector again on the way back. */
export const letGo = ({path, mode, links}: LinkFolder, {facts}: Pick<Where, 'facts'>): readonly Action[] => {
	const why = 'what Nix built there is not used any more';
	return [
		...links.map(
			(link) =>
				({
					does: 'delete-link',
					path: link.path,
					restore: keepCommand(link.path, link.storePath, facts),
					why,
				}) as const,
		),
		{does: 'delete-folder', path, withContents: true, mode, why},
	];
};

/** Last: until then, what ran before can be put back. */
export const removalActions = (settings: Settings, situation: Where): readonly Action[] => {
	const wanted = new Set(installablesIn(settings).map((one) => linkFolderOf(one, situation.facts)));
	return situation.site.built
		.filter(({path}) => !wanted.has(path))
		.flatMap((folder) => letGo(folder, situation));
};

/** The link folders that there are once the plan is done. */
export const linksAfter = (settings: Settings, {facts}: Where): readonly string[] =>
	installablesIn(settings).map((one) => linkFolderOf(one, facts));
