import type {RemovalOutcome} from '../../steps/execute/outcome.ts';
import {documentSchema} from './json-text.ts';
import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import type {Left} from '../../platform/service-manager/remover.ts';
import {commandText} from '../../platform/command-text.ts';
import {errorPart, planned, type Document} from './document.ts';
import {fixOf} from './fix.ts';
import {notice} from './notice.ts';

/** How a removal ended, in the one word that a script looks at. */
export const removalWord = ({outcome}: RemovalOutcome): string => {
	switch (outcome) {
		case 'nothing-to-remove':
			return 'unchanged';
		case 'removal-planned':
			return 'planned';
		case 'removed':
			return 'removed';
		case 'removed-in-part':
			return 'failed';
	}
};

const leftoverParts = (left: readonly Left[]): readonly Document[] =>
	left.map(({path, what, byHand}) => ({
		path: path ?? null,
		what,
		fixes: byHand ? [fixOf(commandText(byHand))] : [],
	}));

/** Settings can be exported only before they are deleted. */
const notesOf = ({preview}: RemovalProposal, isDone: boolean): RemovalProposal['preview']['notes'] =>
	preview.notes.filter(({code}) => !isDone || code !== 'settings-deleted');

const planPart = (removal: RemovalProposal, isDone: boolean): Document => ({
	plan: [...removal.plan.actions, ...removal.plan.forGood].map((action) => planned(action, removal.mask)),
	notes: notesOf(removal, isDone).map((one) => notice('note', one)),
});

/** The document of an uninstall that got as far as an outcome. */
export const removalDocument = (
	outcome: RemovalOutcome,
	{simulation}: {readonly simulation: boolean},
): Document => {
	const {removal} = {removal: undefined, ...outcome};
	return {
		schema: documentSchema,
		command: 'uninstall',
		outcome: removalWord(outcome),
		// What follows is said of the simulated machine.
		...(simulation && {simulation: true}),
		changed: outcome.outcome === 'removed' || outcome.outcome === 'removed-in-part',
		...(outcome.outcome === 'removal-planned' && {wouldChange: outcome.removal.preview.changes}),
		...(removal && planPart(removal, outcome.outcome !== 'removal-planned')),
		leftovers: leftoverParts('left' in outcome ? outcome.left : outcome.removal.preview.left),
		...(outcome.outcome === 'removed-in-part' && {
			error: errorPart(outcome.complaint, outcome.removal.mask),
		}),
	};
};
