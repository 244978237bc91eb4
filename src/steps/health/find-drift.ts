import type {Facts} from '../../platform/facts.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {System} from '../../platform/system.ts';
import type {Existing} from '../../platform/installed/situation.ts';
import {ofFiles, ofMemory, ofModes, type Drift, type DriftSubject} from './drift-of-files.ts';
import type {Action} from '../../platform/actions/action.ts';
import {changesContent, isFileAction} from '../../platform/actions/change-file.ts';
import {filesOf} from '../../platform/installed/our-files.ts';
import {isOurs} from '../../platform/installed/receipt.ts';
import {anotherVira, outOfOldState} from '../../platform/service-manager/service-words.ts';
import type {FoundProblem} from '../../platform/service-manager/check.ts';
import {nameInFile} from '../../settings/settings-file.ts';
import {isEdited} from '../load/load.ts';

/** What a run with the saved settings would do to files that were not changed by hand. */
const ofPlan = (actions: readonly Action[], facts: Facts, existing: Existing): readonly Drift[] => {
	const {receipt} = existing;
	// An interrupted run is reported already.
	if (receipt?.state !== 'complete') return [];
	const {settings, receipt: own} = filesOf(facts);
	const ours: readonly string[] = [settings, own];
	const isMore = actions.some((action) => !('path' in action) || !ours.includes(action.path));
	if (isEdited(facts, existing) && isMore) {
		const message = `The settings in ${settings} are not applied yet.`;
		return [{code: 'not-applied', message, fixes: [{say: 'applies them', command: 'vira-setup'}]}];
	}
	const reloading = actions
		.filter(isFileAction)
		.filter(({path, before}) => !ours.includes(path) && before && isOurs(receipt, path, before.content))
		// If only its mode differs, the mode is reported.
		.filter(changesContent);
	return reloading.map(({path}) => ({
		code: 'older-text',
		message: `${path} differs from what this vira-setup would write.`,
		fixes: [{say: 'rewrites it', command: 'vira-setup'}],
	}));
};

const ofProblem = (facts: Facts, known: DriftSubject, {option, message, reason}: FoundProblem): Drift => {
	if (option === 'package')
		return {code: 'vira-gone', message: `Vira: ${message}`, fixes: [anotherVira(facts, known.settings)]};
	const told = `${nameInFile(option)}: ${message}`;
	if ((option === 'tlsCert' || option === 'tlsKey') && !isEdited(facts, known.existing)) {
		const command = 'vira-setup --tls-cert FILE --tls-key FILE';
		const fixes = [{say: 'Replace the file, or use other files:', command}];
		return {code: 'certificate-unusable', message: told, fixes};
	}
	const fixes = reason === 'schema-mismatch' && {fixes: [outOfOldState(known.settings)[0]]};
	return {code: 'not-applicable', message: told, ...fixes};
};

/** Saved settings that cannot be applied, or are not applied yet. */
const ofSettings = (facts: Facts, known: DriftSubject): readonly Drift[] => {
	const {existing, proposed} = known;
	if (proposed.good) return ofPlan(proposed.proposal.actions, facts, existing);
	// A missing login is not a mistake in the settings; and the port may belong to a Vira whose state is unknown.
	const isKnown = facts.service.active !== 'unknown';
	return proposed.problems
		.filter(({option}) => (isKnown ? option !== 'linger' : option === 'package'))
		.map((one) => ofProblem(facts, known, one));
};

/** Everything that changed since setup. Only reads. */
export const findDrift = async (
	system: System,
	facts: Facts,
	known: DriftSubject,
): Promise<readonly Drift[]> => {
	const {existing} = known;
	const ofFormat = ofMemory(facts, existing);
	// Files of a newer version cannot be checked any further.
	if (ofFormat.some(({code}) => code === 'newer-format')) return ofFormat;
	return [
		...ofFormat,
		...ofFiles(facts, existing),
		...ofModes(facts, known),
		...(await managerOf(facts).drift(system, known.settings, existing)),
		...ofSettings(facts, known),
	];
};
