import {commandText} from '../platform/command-text.ts';
import type {RemovalOutcome} from '../steps/outcome.ts';
import type {RemovalPreview, Removed} from '../steps/propose-removal.ts';
import type {Left} from '../steps/remover.ts';
import {complaintLines, headed, indented} from './complaint-lines.ts';
import {shortPath} from './describe.ts';
import {printable} from './printable.ts';
import {whatToDo} from './words/endings.ts';

type Lines = readonly string[];

interface Where {
	/** The person's home folder, which is shown as `~`. */
	readonly home: string;
	/** Whether the machine was a simulated one: its commands would not work here. */
	readonly simulation: boolean;
}

/** What goes, as a sentence without its subject. */
export const removedText = ({path, kind}: Removed, home: string): string => {
	const name = printable(shortPath(path, home));
	switch (kind) {
		case 'file':
			return `Remove ${name}`;
		case 'folder':
			return `Remove the folder ${name}`;
		case 'link':
			return `Remove the link ${name}`;
		case 'state':
			return `Delete ${name} for good`;
	}
};

/** What stays, as the path and then what it is; the path alone can be copied. */
export const leftText = ({path, what}: Left, home: string): Lines =>
	path === undefined ? [printable(what)] : [printable(shortPath(path, home)), `  ${printable(what)}`];

const leftLines = (heading: string, left: readonly Left[], home: string): Lines =>
	headed(
		heading,
		left.flatMap((one) => leftText(one, home)),
	);

const byHandLines = (left: readonly Left[], {simulation}: Where): Lines =>
	simulation
		? []
		: headed(
				'To remove that as well:',
				left.flatMap(({byHand}) => (byHand ? [commandText(byHand)] : [])),
			);

const noteLines = ({notes}: RemovalPreview): Lines =>
	notes.flatMap(({message, fixes}) => [`! ${printable(message)}`, ...indented(fixes)]);

/** What would be done, what would be left, and what is to be known before. */
export const removalPlan = (preview: RemovalPreview, home: string): Lines => [
	...indented(preview.removed.map((one) => removedText(one, home))),
	...indented(preview.commands.map(({command}) => `Run ${printable(commandText(command))}`)),
	...preview.changed.flatMap(({path, goes, lines}) => [
		`! ${printable(shortPath(path, home))} was changed by hand and ${goes ? 'would go as well' : 'would be kept, unless with --overwrite'}:`,
		...indented(lines.map(printable)),
	]),
	...noteLines(preview),
	...leftLines('It would leave:', preview.left, home),
];

/** The final words of an uninstall, in plain text, by the rules of conclusion.ts. */
export const removalWords = (outcome: RemovalOutcome, where: Where): Lines => {
	switch (outcome.outcome) {
		case 'nothing-to-remove':
			return [
				'✔ There is nothing to remove: vira-setup has set nothing up here.',
				...leftLines('Left alone, for nothing tells that it is from vira-setup:', outcome.left, where.home),
			];
		case 'removal-planned':
			return [
				'Nothing was changed. An uninstall would:',
				...removalPlan(outcome.removal.preview, where.home),
			];
		case 'removed':
			return [
				'✔ Vira is removed.',
				...leftLines('Left where it is:', outcome.left, where.home),
				...byHandLines(outcome.left, where),
				...(where.simulation ? [] : ['', 'To set it up again:', '  vira-setup']),
			];
		case 'removed-in-part':
			return [
				...complaintLines(outcome.complaint),
				outcome.removal.plan.forGood.length === 0
					? '! The service and its files are removed.'
					: '! The service and its files are removed; what was to be deleted for good is not all gone.',
				...(where.simulation ? [] : headed(whatToDo, outcome.complaint.next ?? [])),
				...leftLines('Left where it is:', outcome.left, where.home),
			];
	}
};
