import type {Advice, Choice} from '../../platform/service-manager/advice.ts';
import type {Fix, Notice} from '../../notice.ts';
import {optionOf, withGiven, type Settings} from '../../settings/options.ts';
import {cannotSetUp, doManually, quitLabel, trySimulation, whatToDo} from '../words/phrases.ts';
import {advise, choose, type Person} from './person.ts';

const marks = {ok: '✔', note: '!', warning: '!', error: '✖'} as const;

const tell = ({level, message, detail = ''}: Notice, person: Person): void => {
	person.tell(`${marks[level]} ${message}`);
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
export const goThroughFindings = async (
	advice: readonly Advice[],
	start: Settings,
	person: Person,
): Promise<Settings> => {
	let settings = start;
	for (const one of advice) {
		tell(one, person);
		if (one.level === 'note') settings = await decide(one, settings, person);
		else if (one.level !== 'ok') tellFixes(whatToDo, one.fixes, person);
	}
	return settings;
};

/** Says why Vira cannot be set up here. True: the person wants to try it on a simulated machine. */
export const offerSimulation = async (refusals: readonly Notice[], person: Person): Promise<boolean> => {
	person.tell(cannotSetUp);
	for (const one of refusals) {
		person.show('');
		tell(one, person);
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
