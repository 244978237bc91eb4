import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import {removalDecisions} from '../words/removal-decisions.ts';
import {removalPlan} from '../words/removal-words.ts';
import type {RemovalQuestion} from '../ui.ts';
import {plannedChanges} from '../words/plan.ts';
import {quit} from '../words/refusal.ts';
import {choose} from './choose.ts';
import type {Person} from './person.ts';

/** One question for each decision, with the changed files that it is about. */
const decide = async (
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
		proposal = await decide(question, proposal, person);
		person.show('');
		const next = await choose(person, {
			what: 'What now',
			among: [
				{value: 'accept', label: question.dryRun ? 'Done' : 'Remove'},
				...(proposal.preview.decisions.length > 0
					? [{value: 'change', label: 'Change these decisions'} as const]
					: []),
				{value: 'leave', label: quit},
			] as const,
			first: 'accept',
		});
		if (next === 'leave') person.leave();
		if (next === 'accept') return proposal;
	}
};
