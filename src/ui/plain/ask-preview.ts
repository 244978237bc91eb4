import {allChecks} from '../../steps/readiness/readiness.ts';
import {amissOf} from '../form/builds.ts';
import {buildsWords} from '../reports/readiness-report.ts';
import {decisionLines, bootLines, nothingWouldChange, planText} from '../words/planned-changes.ts';
import type {Preview} from '../../steps/plan/preview.ts';
import type {Proposal} from '../../steps/plan/propose.ts';
import type {Question, RemovalQuestion} from '../ui.ts';
import {plannedChanges, quitLabel, aboutSaving, savedLines, checking} from '../words/phrases.ts';
import {none, type Answers} from './answers.ts';
import {askAgain, askSettings, tellSettings} from './ask-settings.ts';
import {advise, choose, wantsToKnow, type NumberedChoice, type Person} from './terminal-person.ts';
import type {RemovalProposal} from '../../steps/removal/propose-removal.ts';
import {removalDecisions, removalPlan} from '../words/removal-words.ts';

type AfterPreview = 'accept' | 'files' | 'change' | 'save' | 'leave';

const tellPreview = (proposal: Proposal, person: Person): void => {
	const {preview} = proposal;
	person.show('');
	if (preview.changes) person.tell(...decisionLines(proposal), '');
	else person.tell(nothingWouldChange);
	for (const {message, fixes = []} of preview.warnings) {
		person.tell(`! ${message}`);
		advise(person, fixes, '  ');
	}
	person.tell(...bootLines(preview), `Reachable from: ${preview.reachableFrom}`, '');
};

const waysOn = (
	{changes, files}: Preview,
	{dryRun, again}: Question,
): readonly NumberedChoice<AfterPreview>[] => [
	{value: 'accept', label: !changes || dryRun ? 'Done' : again ? 'Apply' : 'Install'},
	...(files.length > 0 ? [{value: 'files', label: 'Show the files and commands'} as const] : []),
	{value: 'change', label: 'Change a setting'},
	{value: 'save', label: 'Save the settings to a file'},
	{value: 'leave', label: quitLabel},
];

/** Asks for the path until the settings are saved, or the person goes back. */
const saveToFile = async (
	{settings}: Proposal,
	{saver, facts, simulation}: Question,
	person: Person,
): Promise<void> => {
	const offer = await saver.freePath();
	for (;;) {
		const typed = await person.ask({message: 'Save to', offer});
		if (typed.trim() === none) return;
		if (wantsToKnow(typed)) person.tell(`${aboutSaving} ${none} goes back.`);
		else {
			const saved = await saver.save(settings, typed.trim() || offer);
			if ('problem' in saved) person.tell(`✖ ${saved.problem}`);
			else {
				person.show(...savedLines({settings, path: saved.path, simulation}, facts.user.home), '');
				return;
			}
		}
	}
};

/** Shows the planned changes, then asks whether to make them. */
const askPreview = async (
	proposal: Proposal,
	question: Question,
	person: Person,
): Promise<'accept' | 'change'> => {
	const {preview} = proposal;
	tellPreview(proposal, person);
	for (;;) {
		const next = await choose(person, {what: 'What now', among: waysOn(preview, question), first: 'accept'});
		if (next === 'leave') person.leave();
		if (next === 'accept' || next === 'change') return next;
		if (next === 'save') await saveToFile(proposal, question, person);
		else person.show('', ...planText(preview));
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
	person.show(...removalPlan(proposal, facts.user.home));
	return proposal;
};

/** Asks for each decision, shows the planned changes, then asks whether to make them. */
export const askPlainRemoval = async (
	question: RemovalQuestion,
	person: Person,
): Promise<RemovalProposal> => {
	let proposal = question.propose(question.requested);
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

/** Settings, then the planned changes, until a proposal is accepted. */
export const askUntilAccepted = async (
	question: Question,
	start: Answers,
	{person, signal}: {readonly person: Person; readonly signal: AbortSignal},
): Promise<Proposal> => {
	tellSettings(start, person);
	let answers = await askSettings(start, person);
	for (;;) {
		person.tell(checking);
		const {settings} = answers;
		const [proposed, builds] = await Promise.all([
			question.propose(settings),
			allChecks(question.checkReadiness, {settings, signal}),
		]);
		if (!proposed.good) answers = await askAgain(answers, proposed.problems, person);
		else {
			person.show(...buildsWords(amissOf(builds)));
			const next = await askPreview(proposed.proposal, question, person);
			if (next === 'accept') return proposed.proposal;
			tellSettings(answers, person);
		}
		answers = await askSettings(answers, person);
	}
};
