import type {Preview} from '../../steps/plan/preview.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import {bootLines, changesOf, nothingWouldChange, planText} from '../words/planned-changes.ts';
import type {Question, RemovalQuestion} from '../ui.ts';
import {plannedChanges, quitLabel} from '../words/phrases.ts';
import {advise, choose, type NumberedChoice, type Person} from './person.ts';
import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import {removalDecisions, removalPlan} from '../words/removal-words.ts';

type Next = 'accept' | 'files' | 'change' | 'write' | 'leave';

const tellPreview = (preview: Preview, home: string, person: Person): void => {
	person.show('');
	if (preview.changes) {
		person.tell(plannedChanges);
		person.show(...changesOf(preview, home).map((line) => `  ${line}`));
	} else person.tell(nothingWouldChange);
	for (const {message, fixes = []} of preview.warnings) {
		person.tell(`! ${message}`);
		advise(person, fixes, '  ');
	}
	person.tell(...bootLines(preview), `Reachable from: ${preview.reachableFrom}`, '');
};

const waysOn = ({changes, files}: Preview, {dryRun, again}: Question): readonly NumberedChoice<Next>[] => [
	{value: 'accept', label: !changes || dryRun ? 'Done' : again ? 'Apply' : 'Install'},
	...(files.length > 0 ? [{value: 'files', label: 'Show details: every line of these files'} as const] : []),
	{value: 'change', label: 'Change a setting'},
	{value: 'write', label: 'Save the settings to a file instead'},
	{value: 'leave', label: quitLabel},
];

/** Shows the planned changes, then asks whether to make them. */
export const askPreview = async (
	{preview}: Proposal,
	question: Question,
	person: Person,
): Promise<'accept' | 'change' | 'write'> => {
	tellPreview(preview, question.facts.user.home, person);
	for (;;) {
		const next = await choose(person, {what: 'What now', among: waysOn(preview, question), first: 'accept'});
		if (next === 'leave') person.leave();
		if (next === 'accept' || next === 'change' || next === 'write') return next;
		person.show('', ...planText(preview));
	}
};

/** One question for each decision, with the changed files that it is about. */
const decideRemoval = async (
	{facts, propose}: RemovalQuestion,
	before: RemovalProposal,
	person: Person,
): Promise<RemovalProposal> => {
	let proposal = before;
	for (const name of before.preview.decisions) {
		const {label, yes, no, why} = removalDecisions[name];
		if (name === 'overwrite')
			for (const {path, lines} of before.preview.changed)
				person.show('', `${path} was changed by hand:`, ...lines.map((line) => `  ${line}`));
		person.show('');
		person.tell(why);
		const answer = await choose(person, {
			what: label,
			among: [
				{value: false, label: no},
				{value: true, label: yes},
			],
			first: proposal.choices[name],
		});
		proposal = propose({...proposal.choices, [name]: answer});
	}
	person.show('');
	person.tell(plannedChanges);
	person.show(...removalPlan(proposal.preview, facts.user.home));
	return proposal;
};

/** Asks for each decision, shows the planned changes, then asks whether to make them. */
export const askPlainRemoval = async (
	question: RemovalQuestion,
	person: Person,
): Promise<RemovalProposal> => {
	let proposal = question.propose(question.start);
	for (;;) {
		proposal = await decideRemoval(question, proposal, person);
		person.show('');
		const next = await choose(person, {
			what: 'What now',
			among: [
				{value: 'accept', label: question.dryRun ? 'Done' : 'Remove'},
				...(proposal.preview.decisions.length > 0
					? [{value: 'change', label: 'Change these decisions'} as const]
					: []),
				{value: 'leave', label: quitLabel},
			] as const,
			first: 'accept',
		});
		if (next === 'leave') person.leave();
		if (next === 'accept') return proposal;
	}
};
