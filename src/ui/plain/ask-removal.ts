import type {RemovalProposal} from '../../steps/propose-removal.ts';
import {removalDecisions} from '../removal-decisions.ts';
import {removalPlan} from '../removal-words.ts';
import type {RemovalQuestion} from '../ui.ts';
import {choose} from './choose.ts';
import type {Person} from './person.ts';

/** One question for each thing there is to decide; the file that it is about is shown with it. */
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
	person.tell('What would be done:');
	person.show(...removalPlan(proposal.preview, facts.user.home));
	return proposal;
};

/** Asks what is to be decided, shows what would be done, then asks whether to do it. */
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
				...(proposal.preview.decisions.length > 0 ? [{value: 'change', label: 'Decide again'} as const] : []),
				{value: 'leave', label: 'Leave'},
			] as const,
			first: 'accept',
		});
		if (next === 'leave') person.leave();
		if (next === 'accept') return proposal;
	}
};
