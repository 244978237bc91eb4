import {exitCode} from '../errors.ts';
import {stateFolderOf} from '../platform/service.ts';
import {exportCommand} from '../platform/vira-export.ts';
import {defaultSettings, withGiven, type Settings} from '../settings/options.ts';
import type {Action} from './action.ts';
import {compactTime} from './compact-time.ts';
import type {Situation} from './situation.ts';

/** The state that is about to get another program, or to be left behind; undefined: none is. */
const stateInQuestion = (settings: Settings, {facts, existing, site}: Situation): string | undefined => {
	// A state that the new program cannot read is moved aside, and exported by one that can.
	if (!existing.saved || site.oldState !== undefined) return undefined;
	const before = withGiven(defaultSettings({vira: undefined}), existing.saved.given);
	if (site.warnings.some(({code}) => code === 'state-moved')) return stateFolderOf(before, facts);
	return site.hasDatabase && before.package !== settings.package ? stateFolderOf(settings, facts) : undefined;
};

/**
 * Keeps Vira's repositories as a file before another program has its state, or another state its place. A Vira that
 * cannot export them has no say in whether the update goes on.
 */
export const exportActions = (settings: Settings, situation: Situation): readonly Action[] => {
	const folder = stateInQuestion(settings, situation);
	if (folder === undefined) return [];
	return [
		{
			does: 'save-export',
			command: exportCommand(situation.site.program, folder),
			path: `${folder}/before-update-${compactTime(situation.facts.now)}.json`,
			mode: 0o600,
			why: 'the repositories as Vira has them, in case something goes wrong with its state',
			mayFail: true,
			onFailure: {what: 'The repositories could not be exported.', code: exitCode.unexpected},
		},
	];
};
