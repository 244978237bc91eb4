import type {Facts} from '../platform/facts.ts';
import {isNewerFormat, parseSettingsFile} from '../settings/settings-file.ts';
import {filesOf} from './load.ts';
import type {Left, Saved} from './situation.ts';
import {keptNow} from './versions.ts';

/** Settings that were replaced. */
export interface KeptSettings {
	readonly saved: Saved;
	/** When they were replaced, ISO 8601. */
	readonly until: string;
}

/** What can be gone back to, the newest first: other settings than those of now, which this version can read. */
export const keptSettings = (existing: Left, facts: Facts): readonly KeptSettings[] => {
	const {settings} = filesOf(facts);
	const now = existing.files.get(settings)?.content;
	return keptNow(existing).flatMap(({of, copy, until}) => {
		const text = existing.files.get(copy)?.content;
		if (of !== settings || text === undefined || text === now || isNewerFormat(text)) return [];
		const {given, unknown, problems} = parseSettingsFile(text);
		return problems.length > 0 ? [] : [{saved: {given, unknown}, until}];
	});
};
