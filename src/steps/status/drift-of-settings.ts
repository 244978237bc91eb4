import type {Facts} from '../../platform/facts.ts';
import {fileName} from '../../settings/settings-file.ts';
import {isFileAction, type Action} from '../action.ts';
import type {FoundProblem} from '../checks/check.ts';
import {isEdited} from '../edited-settings.ts';
import {filesOf} from '../load.ts';
import {isOurs} from '../receipt.ts';
import {anotherVira} from '../another-vira.ts';
import type {Existing} from '../situation.ts';
import {outOfOldState} from '../ways-out.ts';
import type {Drift, Known} from './drift.ts';

/** What a run with the saved settings would do to files that nobody has touched. */
const ofPlan = (actions: readonly Action[], facts: Facts, existing: Existing): readonly Drift[] => {
	const {receipt} = existing;
	// Of a run that was ended early, it is said already.
	if (receipt?.state !== 'complete') return [];
	const {settings, receipt: own} = filesOf(facts);
	const ours: readonly string[] = [settings, own];
	const isMore = actions.some((action) => !('path' in action) || !ours.includes(action.path));
	if (isEdited(facts, existing) && isMore)
		return [
			{
				code: 'not-applied',
				message: `What is saved in ${settings} is not applied yet.`,
				fixes: 'vira-setup   applies it',
			},
		];
	const reloading = actions
		.filter(isFileAction)
		.filter(({path, before}) => !ours.includes(path) && before && isOurs(receipt, path, before.content))
		// One that differs in its mode alone is told by that.
		.filter((action) => action.does === 'delete-file' || action.before?.content !== action.content);
	return reloading.map(({path}) => ({
		code: 'older-text',
		message: `${path} is not what this vira-setup would write.`,
		fixes: 'vira-setup   writes it anew',
	}));
};

const ofProblem = (facts: Facts, known: Known, {option, message, reason}: FoundProblem): Drift => {
	if (option === 'package')
		return {code: 'vira-gone', message: `Vira: ${message}`, fixes: anotherVira(facts, known.settings)};
	const told = `${fileName(option)}: ${message}`;
	const isRead = (option === 'tlsCert' || option === 'tlsKey') && !isEdited(facts, known.existing);
	return isRead
		? {
				code: 'certificate-unusable',
				message: told,
				fixes: 'Put the right file there, or give others: vira-setup --tls-cert FILE --tls-key FILE',
			}
		: {
				code: 'not-applicable',
				message: told,
				...(reason === 'schema-mismatch' && {fixes: outOfOldState(known.settings)[0]}),
			};
};

/** What keeps the saved settings from being applied, or has not been applied of them. */
export const ofSettings = (facts: Facts, known: Known): readonly Drift[] => {
	const {existing, proposed} = known;
	if (proposed.good) return ofPlan(proposed.proposal.actions, facts, existing);
	// That nobody is logged in is no mistake of the settings; a Vira that is not known to run has its own port.
	const isKnown = facts.service.active !== 'unknown';
	return proposed.problems
		.filter(({option}) => (isKnown ? option !== 'linger' : option === 'package'))
		.map((one) => ofProblem(facts, known, one));
};
