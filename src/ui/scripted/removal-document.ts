import type {Notice} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import type {Leftover} from '../../platform/service-manager/manager-parts.ts';
import {wouldChange, type RemovalOutcome} from '../../steps/execute/outcome.ts';
import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import {errorPart, type Document, type DocumentKind} from './document.ts';
import {documentSchema, fixJson, noticeJson} from './json-text.ts';
import {nothingPlanned, planPart} from './plan-json.ts';

/** How a removal ended, in the one word that a script looks at. */
export const removalEndings: Readonly<Record<RemovalOutcome['outcome'], string>> = {
	'nothing-to-remove': 'unchanged',
	'removal-planned': 'planned',
	removed: 'removed',
	'removed-in-part': 'failed',
};

const leftoverParts = (left: readonly Leftover[]): readonly Document[] =>
	left.map(({path, what, byHand}) => ({
		path: path ?? null,
		what,
		fixes: byHand ? [fixJson({say: '', command: commandText(byHand)})] : [],
	}));

/** Settings can be exported only before they are deleted. */
const notesOf = ({preview}: RemovalProposal, isDone: boolean): readonly Notice[] =>
	preview.notes.filter(({code}) => !isDone || code !== 'settings-deleted');

/** A plan that was carried out in part has deleted some of its files. */
const removalPart = (
	removal: RemovalProposal,
	facts: Facts,
	{outcome}: Pick<RemovalOutcome, 'outcome'>,
): Document => ({
	notes: notesOf(removal, outcome !== 'removal-planned').map((one) => noticeJson(one)),
	...planPart(
		{actions: [...removal.plan.actions, ...removal.plan.forGood], facts, mask: removal.mask},
		{givenUp: outcome === 'removed-in-part'},
	),
});

/** The document of an uninstall that got as far as an outcome. */
export const removalDocument = (
	outcome: RemovalOutcome,
	{simulation, facts}: Pick<DocumentKind, 'simulation' | 'facts'>,
): Document => {
	const {removal} = {removal: undefined, ...outcome};
	const isPlanned = outcome.outcome === 'removal-planned';
	return {
		schema: documentSchema,
		command: 'uninstall',
		outcome: removalEndings[outcome.outcome],
		// What follows is said of the simulated machine.
		...(simulation && {simulation: true}),
		changed: isPlanned ? wouldChange(outcome) : removal !== undefined,
		...(removal && facts ? removalPart(removal, facts, outcome) : nothingPlanned),
		leftovers: leftoverParts('left' in outcome ? outcome.left : outcome.removal.preview.left),
		...(outcome.outcome === 'removed-in-part' && {
			error: errorPart(outcome.failure, outcome.removal.mask),
		}),
	};
};
