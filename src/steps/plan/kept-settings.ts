import type {Fix, Notice} from '../../notice.ts';
import type {Facts} from '../../platform/facts.ts';
import {foundOn} from '../../platform/vira/programs.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';
import {isNewerFormat, parseSavedSettings} from '../../settings/settings-file.ts';
import {isOfNewerVersion} from '../../platform/paths.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {hashOf, type FormerBuild} from '../../platform/installed/receipt.ts';
import type {ExistingFiles, Saved} from '../../platform/installed/situation.ts';
import {versionsIn, type Version} from './history.ts';

/** Settings that were replaced. */
export interface KeptSettings {
	/** Where they are kept. */
	readonly copy: string;
	/** When they were replaced, ISO 8601; undefined: unknown. */
	readonly until: string | undefined;
	/** undefined: they cannot be used. */
	readonly saved: Saved | undefined;
	/** The Vira that ran with them, if it is kept and is another one now. */
	readonly build?: FormerBuild;
	/** Why they cannot be used, if so. */
	readonly trouble: Pick<Notice, 'message' | 'fixes'> | undefined;
}

export interface UsableSettings extends KeptSettings {
	readonly saved: Saved;
}

export const isUsable = (kept: KeptSettings): kept is UsableSettings => kept.saved !== undefined;

const unusable = (message: string, ...fixes: readonly Fix[]) => ({
	saved: undefined,
	trouble: {message, fixes},
});

const readSaved = ({copy, content, whole}: Version): Pick<KeptSettings, 'saved' | 'trouble'> => {
	if (content === undefined) return unusable(`${copy} does not exist or cannot be read.`);
	if (!whole)
		return unusable(`${copy} was changed after vira-setup wrote it.`, {
			say: 'sets up Vira with its current content',
			command: `vira-setup --config ${copy}`,
		});
	if (isNewerFormat(content)) return unusable(isOfNewerVersion(copy));
	const {given, unknown, problems} = parseSavedSettings(content);
	return problems.length > 0
		? unusable(`The settings in ${copy} are not valid.`)
		: {saved: {given, unknown}, trouble: undefined};
};

/** Two different texts can have the same meaning. */
const meaningOf = ({given, unknown}: Saved, facts: Facts): string =>
	JSON.stringify([withGiven(defaultSettings(foundOn(facts)), given), unknown]);

/** Settings that can be restored, the newest first: only those that differ from the current ones. */
export const keptSettings = (left: ExistingFiles, facts: Facts): readonly KeptSettings[] => {
	const {settings} = filesOf(facts);
	const now = parseSavedSettings(left.files.get(settings)?.content ?? '');
	const meaningNow = now.problems.length > 0 ? undefined : meaningOf(now, facts);
	return versionsIn(left, facts)
		.filter(({of}) => of === settings)
		.map((version) => ({copy: version.copy, until: version.until, ...readSaved(version)}))
		.filter((kept) => !isUsable(kept) || meaningOf(kept.saved, facts) !== meaningNow);
};

type SomeSettings = Pick<KeptSettings, 'copy' | 'saved' | 'trouble'>;

/** The settings in effect right before a moment: those that were replaced next, or the current ones. */
const settingsAt = (moment: string, kept: readonly KeptSettings[], now: SomeSettings): SomeSettings =>
	kept.findLast(({until}) => until !== undefined && until >= moment) ?? now;

/** The settings that a former Vira was used with. */
const settingsWith = (
	{settings, until}: FormerBuild,
	{left, kept, current}: {left: ExistingFiles; kept: readonly KeptSettings[]; current: SomeSettings},
): SomeSettings =>
	[current, ...kept].find(({copy}) => hashOf(left.files.get(copy)?.content ?? '') === settings) ??
	settingsAt(until, kept, current);

const withPackage = (found: SomeSettings, build: FormerBuild): SomeSettings & Pick<KeptSettings, 'build'> => {
	const {saved} = found;
	const given = saved && new Map(saved.given).set('package', build.installable);
	return {...found, build, saved: saved && given && {...saved, given}};
};

/**
 * What can be restored, the newest first: earlier settings with the Vira that ran with them, and the Vira before an
 * update with the settings that it had.
 */
export const keptVersions = (left: ExistingFiles, facts: Facts): readonly KeptSettings[] => {
	const kept = keptSettings(left, facts);
	const {former} = left.receipt ?? {};
	if (!former) return kept;
	const withBuild = kept.map((one) =>
		(one.until ?? '') <= former.until && one.saved?.given.get('package') === former.installable
			? {...one, build: former}
			: one,
	);
	if (kept.some(({until}) => until === former.until)) return withBuild;
	const copy = filesOf(facts).settings;
	const now = parseSavedSettings(left.files.get(copy)?.content ?? '');
	const current = {copy, saved: now.problems.length > 0 ? undefined : now, trouble: undefined};
	const replaced = {...withPackage(settingsWith(former, {left, kept, current}), former), until: former.until};
	const newer = withBuild.filter(({until}) => (until ?? '') > former.until);
	return [...newer, replaced, ...withBuild.slice(newer.length)];
};

/** The settings in a text, as far as it can be read: for masking their secrets. */
export const settingsIn = (text: string): Settings =>
	withGiven(defaultSettings({vira: undefined}), parseSavedSettings(text).given);
