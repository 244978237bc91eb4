import type {Facts} from '../../platform/facts.ts';
import type {Progress} from '../../platform/actions/progress.ts';
import type {Accepted} from '../../steps/plan/propose.ts';
import {linesAtSudo} from '../words/sudo-prompt.ts';
import {conclusion} from '../words/conclusion.ts';
import type {Question, Ui} from '../ui.ts';
import {checking, stopping} from '../words/plan.ts';
import type {Answers} from './answers.ts';
import {askPreview} from './ask-preview.ts';
import {askPlainRemoval} from './ask-removal.ts';
import {askAgain, askSettings, tellSettings} from './ask-settings.ts';
import {goThroughFindings, offerSimulation} from './findings.ts';
import type {Person} from './person.ts';
import {personAt, type PlainTerminal} from './terminal-person.ts';
import {lineOutput} from '../line-output.ts';
import type {Menu} from '../menu.ts';
import type {Output} from '../output.ts';
import {printable} from '../printable.ts';
import {choose} from './choose.ts';
import {describeAction, checkTexts} from '../words/describe.ts';
import {thinned, isSaidAgain, progressLine} from '../words/progress-line.ts';

export interface PlainUiOptions extends PlainTerminal {
	readonly version: string;
	/** Whether the machine is a simulated one. */
	readonly simulation: boolean;
}

const greet = (person: Person, {version, simulation, raw}: PlainUiOptions): void => {
	person.tell(
		`Vira setup ${version}${simulation ? ' on a simulated machine' : ''}, one question at a time.`,
		'Enter accepts the answer in parentheses, ? shows help, Ctrl-C quits. Nothing changes until you confirm.',
		raw
			? 'Tab copies the answer in parentheses to the line for editing.'
			: 'This terminal shows what you type: put secrets in a file and use --config.',
	);
	person.show('');
};

/** Settings, then the planned changes, until a proposal is accepted. */
const untilAccepted = async (question: Question, start: Answers, person: Person): Promise<Accepted> => {
	tellSettings(start, person);
	let answers = await askSettings(start, person);
	for (;;) {
		person.tell(checking);
		const proposed = await question.propose(answers.settings);
		if (!proposed.good) answers = await askAgain(answers, proposed.problems, person);
		else {
			const next = await askPreview(proposed.proposal, question, person);
			if (next === 'accept') return proposed.proposal;
			if (next === 'write') return {...proposed.proposal, toFile: true};
			tellSettings(answers, person);
		}
		answers = await askSettings(answers, person);
	}
};

interface Telling {
	readonly person: Person;
	readonly signal: AbortSignal;
	readonly tell: (progress: Progress) => void;
}

const tellAll = async <T>(
	stream: AsyncGenerator<Progress, T>,
	{person, signal, tell}: Telling,
): Promise<T> => {
	const onAbort = (): void => person.tell(`! ${stopping}`);
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		for (;;) {
			const next = await stream.next();
			if (next.done) return next.value;
			tell(next.value);
		}
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
};

/** One question at a time, as lines: for people who do not want a redrawn screen, and terminals that cannot redraw. */
export const plainUi = (options: PlainUiOptions): Ui => {
	const {signal, simulation} = options;
	const person = personAt(options);
	// Before the machine is checked, which may take a while.
	greet(person, options);
	let facts: Facts | undefined;
	let mask = (text: string): string => text;
	return {
		refuse: (refusals) => offerSimulation(refusals, person),
		ask: async (question) => {
			({facts} = question);
			if (question.again) person.tell(`Vira is set up here. Its service is ${facts.service.active}.`);
			const settings = await goThroughFindings(question.advice, question.start, person);
			const proposal = await untilAccepted(question, {facts, settings, told: []}, person);
			({mask} = proposal);
			return proposal;
		},
		askRemoval: async (question) => {
			({facts} = question);
			const removal = await askPlainRemoval(question, person);
			({mask} = removal);
			return removal;
		},
		follow: (stream) => {
			const tellOf = progressTeller({home: facts?.user.home ?? '', mask});
			return tellAll(stream, {person, signal, tell: (progress) => person.show(...tellOf(progress))});
		},
		choose: (menu) => chooseMenu(menu, person),
		watch: (what, use) => tellWhile(what, use, person),
		lend: (command, use) =>
			person.lend(() => {
				person.show(...linesAtSudo(command, simulation));
				return use();
			}),
		conclude: async (outcome) => person.show('', ...conclusion(outcome, facts, {simulation})),
		close: person.close,
	};
};
/** Shows the lines of a menu, and asks for the number of a choice. */

export const chooseMenu = <T extends string>(
	{lines, choices, leave}: Menu<T>,
	person: Person,
): Promise<T> => {
	person.show('', ...lines, '');
	const among = choices.map(({value, label, note}) => ({
		value,
		label: note === undefined ? label : `${label}: ${note}`,
	}));
	return choose(person, {what: 'What now', among, first: choices[0]?.value ?? leave});
};
/** Shows lines as they arrive; none remains to be shown afterwards. */

export const tellWhile = async (
	what: string,
	use: (output: Output) => Promise<void>,
	person: Person,
): Promise<readonly string[]> => {
	person.tell(`${what}…`);
	await use(lineOutput((line) => person.show(printable(line))));
	return [];
};
interface Place {
	readonly home: string;
	readonly mask: (text: string) => string;
}
/** A line for a wait that has just begun. */
const waitLine = (progress: Progress, {home}: Place): string | undefined => {
	if (progress.at === 'working')
		return `  ${describeAction(progress.action, home)}: this can take a few minutes.`;
	if (progress.at !== 'checking') return undefined;
	return `  ${checkTexts[progress.what]}: up to ${Math.round(progress.withinMs / 1000)} s.`;
};
const failureLines = (progress: Progress, {mask}: Place): readonly string[] =>
	progress.at === 'failed' || progress.at === 'not-undone' ? [`    ${mask(progress.failure.message)}`] : [];
/** Progress as lines that never change: each wait and its result are shown once. */

export const progressTeller = (place: Place): ((progress: Progress) => readonly string[]) => {
	const workLine = thinned();
	let told = '';
	return (progress) => {
		if (progress.at === 'checked' && isSaidAgain(progress.finding)) return [];
		const wait = waitLine(progress, place);
		if (wait !== undefined && wait !== told) {
			told = wait;
			return [wait];
		}
		const work = workLine(progress);
		const line = work === undefined ? progressLine(progress, place) : place.mask(work);
		return [...(line === undefined ? [] : [line]), ...failureLines(progress, place)];
	};
};
