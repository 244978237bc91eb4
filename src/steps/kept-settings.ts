import type {Facts} from '../platform/facts.ts';
import {foundOn} from '../platform/find-installed.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import {isNewerFormat, parseSavedSettings} from '../settings/settings-file.ts';
import {filesOf} from './load.ts';
import {writtenByNewer} from './newer-format.ts';
import type {Left, Saved} from './situation.ts';
import {versionsIn, type Version} from './versions.ts';

/** Settings that were replaced. */
export interface KeptSettings {
	/** Where they are kept. */
	readonly copy: string;
	/** When they were replaced, ISO 8601; undefined: that is not known any more. */
	readonly until: string | undefined;
	/** undefined: they cannot be used. */
	readonly saved: Saved | undefined;
	/** Why they cannot, and what can be done: sentences. */
	readonly trouble: readonly string[];
}

export interface UsableSettings extends KeptSettings {
	readonly saved: Saved;
}

export const isUsable = (kept: KeptSettings): kept is UsableSettings => kept.saved !== undefined;

const unusable = (...trouble: readonly string[]) => ({saved: undefined, trouble});

const readSaved = ({copy, content, whole}: Version): Pick<KeptSettings, 'saved' | 'trouble'> => {
	if (content === undefined) return unusable(`${copy} is gone, or you may not read it.`);
	if (!whole)
		return unusable(
			`${copy} is not as vira-setup left it.`,
			`vira-setup --config ${copy}   sets Vira up with what is in it now.`,
		);
	if (isNewerFormat(content)) return unusable(writtenByNewer(copy));
	const {given, unknown, problems} = parseSavedSettings(content);
	return problems.length > 0 ? unusable(`${copy} cannot be used.`) : {saved: {given, unknown}, trouble: []};
};

/** Two texts can say the same. */
const meaningOf = ({given, unknown}: Saved, facts: Facts): string =>
	JSON.stringify([withGiven(defaultSettings(foundOn(facts)), given), unknown]);

/** What can be gone back to, the newest first: other settings than those of now. */
export const keptSettings = (left: Left, facts: Facts): readonly KeptSettings[] => {
	const {settings} = filesOf(facts);
	const now = parseSavedSettings(left.files.get(settings)?.content ?? '');
	const meaningNow = now.problems.length > 0 ? undefined : meaningOf(now, facts);
	return versionsIn(left, facts)
		.filter(({of}) => of === settings)
		.map((version) => ({copy: version.copy, until: version.until, ...readSaved(version)}))
		.filter((kept) => !isUsable(kept) || meaningOf(kept.saved, facts) !== meaningNow);
};

/** Whatever settings a text tells of: for the secrets in it. */
export const settingsIn = (text: string): Settings =>
	withGiven(defaultSettings({vira: undefined}), parseSavedSettings(text).given);
