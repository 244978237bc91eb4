import {fixText} from '../../notice.ts';
import {commandText} from '../../platform/command-text.ts';
import type {RemovalOutcome} from '../../steps/execute/outcome.ts';
import type {RemovalPreview, RemovalProposal} from '../../steps/removal/propose-removal.ts';
import type {Leftover} from '../../platform/service-manager/manager-parts.ts';
import {causeLines, headed, indented} from '../error-report.ts';
import {describeAction, shortPath} from './describe.ts';
import {printable} from '../text.ts';
import {leftInPlace, whatToDo} from './phrases.ts';
import {nothingChanged} from '../../errors.ts';
import type {RemovalChoices} from '../../steps/removal/plan-removal.ts';

interface Decision {
	readonly label: string;
	readonly yes: string;
	readonly no: string;
	/** What it means. */
	readonly why: string;
}

/** The text of each decision before a removal. */
export const removalDecisions: Readonly<Record<keyof RemovalChoices, Decision>> = {
	disableLinger: {
		label: 'Lingering',
		yes: 'turn it off',
		no: 'leave it on',
		why: 'vira-setup turned it on. With lingering off, your other services stop when you log out.',
	},
	overwrite: {
		label: 'Changed by hand',
		yes: 'remove',
		no: 'keep',
		why: 'These files were changed after vira-setup wrote them. They are shown above.',
	},
	purge: {
		label: "Vira's state",
		yes: 'delete permanently',
		no: 'keep',
		why: 'Repositories, jobs, keys and log. A later install reuses what you keep.',
	},
};

type Lines = readonly string[];

interface Where {
	/** The person's home folder, which is shown as `~`. */
	readonly home: string;
	/** Whether the machine was a simulated one: its commands would not work here. */
	readonly simulation: boolean;
}

/** Each path stands on a line of its own, to be copied, then what it is. */
const leftLines = (heading: string, left: readonly Leftover[], home: string): Lines =>
	headed(
		heading,
		left.flatMap(({path, what}) =>
			path === undefined ? [printable(what)] : [printable(shortPath(path, home)), `  ${printable(what)}`],
		),
	);

const byHandLines = (left: readonly Leftover[], {simulation}: Where): Lines =>
	simulation
		? []
		: headed(
				'To remove the rest:',
				left.flatMap(({byHand}) => (byHand ? [commandText(byHand)] : [])),
			);

const noteLines = ({notes}: RemovalPreview): Lines =>
	notes.flatMap(({message, fixes = []}) => [`! ${printable(message)}`, ...indented(fixes.map(fixText))]);

/** Each step in words, in order. What the run records in its receipt is not one for people. */
const stepLines = ({plan}: RemovalProposal, home: string): Lines =>
	[...plan.actions, ...plan.forGood]
		.filter(({does}) => does !== 'write-file')
		.map((action) => describeAction(action, home));

/** What would be done, what would be left in place, and the warnings. */
export const removalPlan = (proposal: RemovalProposal, home: string): Lines => {
	const {preview} = proposal;
	return [
		...indented(stepLines(proposal, home)),
		...preview.changed.flatMap(({path, goes, lines}) => [
			`! ${printable(shortPath(path, home))} was changed by hand and would be ${goes ? 'removed' : 'kept (--overwrite removes it)'}:`,
			...indented(lines.map(printable)),
		]),
		...noteLines(preview),
		...leftLines(`${leftInPlace}:`, preview.left, home),
	];
};

/** The conclusion of an uninstall, in plain text, by the rules of conclusion.ts. */
export const removalWords = (outcome: RemovalOutcome, where: Where): Lines => {
	switch (outcome.outcome) {
		case 'nothing-to-remove':
			return [
				'✔ Nothing to remove: vira-setup has not installed anything here.',
				...leftLines(
					`${leftInPlace}, because nothing shows that vira-setup created it:`,
					outcome.left,
					where.home,
				),
			];
		case 'removal-planned':
			return [`${nothingChanged} An uninstall would:`, ...removalPlan(outcome.removal, where.home)];
		case 'removed':
			return [
				'✔ Vira was removed.',
				...leftLines(`${leftInPlace}:`, outcome.left, where.home),
				...byHandLines(outcome.left, where),
				...(where.simulation ? [] : ['', 'To set up Vira again:', '  vira-setup']),
			];
		case 'removed-in-part':
			return [
				...causeLines(outcome.failure),
				outcome.removal.plan.forGood.length === 0
					? '! The service and its files were removed.'
					: '! The service and its files were removed, but the permanent deletion is incomplete.',
				...(where.simulation ? [] : headed(whatToDo, (outcome.failure.fixes ?? []).map(fixText))),
				...leftLines(`${leftInPlace}:`, outcome.left, where.home),
			];
	}
};
