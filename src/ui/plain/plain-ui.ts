import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Facts} from '../../platform/facts.ts';
import {lineOutput} from '../output.ts';
import type {Menu, Ui} from '../ui.ts';
import {conclusion} from '../words/conclusion.ts';
import {
	linesAtSudo,
	stopping,
	cannotSetUp,
	doManually,
	quitLabel,
	trySimulation,
	whatToDo,
} from '../words/phrases.ts';
import {followInLines, type ProgressReader} from '../words/progress-lines.ts';
import {askPlainRemoval, askUntilAccepted} from './ask-preview.ts';
import {choose, type Person, advise, personAt, type PlainTerminal} from './terminal-person.ts';
import type {Advice, Choice} from '../../platform/service-manager/advice.ts';
import type {Fix, Notice} from '../../notice.ts';
import {optionOf, withGiven, type Settings} from '../../settings/options.ts';

const noticeMarks = {ok: '✔', note: '!', warning: '!', error: '✖'} as const;

const tellNotice = ({level, message, detail = ''}: Notice, person: Person): void => {
	person.tell(`${noticeMarks[level]} ${message}`);
	if (detail !== '') person.tell(`  ${detail}`);
};

const tellFixes = (heading: string, fixes: readonly Fix[] | undefined, person: Person): void => {
	if (!fixes || fixes.length === 0) return;
	person.tell(`  ${heading}`);
	advise(person, fixes, '    ');
};

const explain = ({option, fixes}: Choice, person: Person): void => {
	const {why} = optionOf(option);
	if (why !== undefined) person.tell(why);
	tellFixes(doManually, fixes, person);
};

/** The answer that matches the settings; otherwise the first, which most people want. */
const agreeing = ({answers, option}: Choice, settings: Settings): boolean | string | undefined =>
	answers.find(({value}) => value === settings[option])?.value ?? answers[0]?.value;

const decide = async (choice: Choice, settings: Settings, person: Person): Promise<Settings> => {
	const value = await choose(person, {
		what: optionOf(choice.option).label,
		among: choice.answers.map(({value, label, detail}) => ({value, label: `${label}: ${detail}`})),
		first: agreeing(choice, settings),
		explain: () => explain(choice, person),
	});
	return withGiven(settings, new Map([[choice.option, value]]));
};

/** Shows what was found on the machine, and asks for each choice. */
const goThroughFindings = async (
	advice: readonly Advice[],
	start: Settings,
	person: Person,
): Promise<Settings> => {
	let settings = start;
	for (const one of advice) {
		tellNotice(one, person);
		if (one.level === 'note') settings = await decide(one, settings, person);
		else if (one.level !== 'ok') tellFixes(whatToDo, one.fixes, person);
	}
	return settings;
};

/** Says why Vira cannot be set up here. True: the person wants to try it on a simulated machine. */
const offerSimulation = async (refusals: readonly Notice[], person: Person): Promise<boolean> => {
	person.tell(cannotSetUp);
	for (const one of refusals) {
		person.show('');
		tellNotice(one, person);
		tellFixes(whatToDo, one.fixes, person);
	}
	person.show('');
	return choose(person, {
		what: 'What now',
		among: [
			{value: true, label: trySimulation},
			{value: false, label: quitLabel},
		],
		first: true,
	});
};

export interface PlainUiOptions extends PlainTerminal {
	readonly version: string;
	/** Whether the machine is a simulated one. */
	readonly simulation: boolean;
}

const greet = (person: Person, {version, simulation, draws}: PlainUiOptions): void => {
	person.tell(
		`Vira setup ${version}${simulation ? ' on a simulated machine' : ''}, one question at a time.`,
		'Enter accepts the answer in parentheses, ? shows help, Ctrl-C quits. Nothing changes until you confirm.',
		draws
			? 'Tab copies the answer in parentheses to the line for editing.'
			: 'This terminal shows what you type: put secrets in a file and use --config.',
	);
	person.show('');
};

/** Shows the lines of a menu, and asks for the number of a choice. */
const chooseFrom = <T extends string>(
	{lines, details = [], choices, leave}: Menu<T>,
	person: Person,
): Promise<T> => {
	person.show('', ...lines, '', ...(details.length > 0 ? [...details, ''] : []));
	const among = choices.map(({value, label, note}) => ({
		value,
		label: note === undefined ? label : `${label}: ${note}`,
	}));
	return choose(person, {what: 'What now', among, first: choices[0]?.value ?? leave});
};

/** Says, when the run is ended meanwhile, that the current step is still finished. */
const sayingStop = async <T>(person: Person, signal: AbortSignal, work: () => Promise<T>): Promise<T> => {
	const onAbort = (): void => person.tell(`! ${stopping}`);
	signal.addEventListener('abort', onAbort, {once: true});
	try {
		return await work();
	} finally {
		signal.removeEventListener('abort', onAbort);
	}
};

/** Shows lines as they arrive; all of them stay visible. */
const watchWith =
	(person: Person): NonNullable<Ui['watch']> =>
	async ({what, run}) => {
		person.tell(`${what}…`);
		await run(lineOutput(person.show));
		return undefined;
	};

/** One question at a time, as lines: for people who do not want a redrawn screen, and terminals that cannot redraw. */
export const plainUi = (options: PlainUiOptions): Ui => {
	const {signal, simulation} = options;
	const person = personAt(options);
	// Before the machine is checked, which may take a while.
	greet(person, options);
	let facts: Facts | undefined;
	let reader: Omit<ProgressReader, 'report' | 'home'> = {mask: maskLooks};
	return {
		refuse: (refusals) => offerSimulation(refusals, person),
		ask: async (question) => {
			({facts} = question);
			if (question.again) person.tell(`Vira is set up here. Its service is ${facts.service.active}.`);
			const settings = await goThroughFindings(question.advice, question.start, person);
			const proposal = await askUntilAccepted(question, {facts, settings, told: []}, {person, signal});
			reader = {mask: proposal.mask, steps: proposal.preview.steps};
			return proposal;
		},
		askRemoval: async (question) => {
			({facts} = question);
			const removal = await askPlainRemoval(question, person);
			reader = {mask: removal.mask};
			return removal;
		},
		follow: (stream) => {
			const waiting = {...reader, report: person.show, home: facts?.user.home ?? '', waits: true};
			return sayingStop(person, signal, () => followInLines(stream, waiting));
		},
		choose: (menu) => chooseFrom(menu, person),
		watch: watchWith(person),
		lend: (command, use) =>
			person.lend(() => {
				person.show(...linesAtSudo(command, simulation));
				return use();
			}),
		conclude: async (outcome) => person.show('', ...conclusion(outcome, facts, {simulation})),
		close: person.close,
	};
};
