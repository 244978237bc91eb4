import type {Advice, Choice, Refusal} from '../../steps/advice.ts';
import {optionOf, withGiven, type Settings} from '../../settings/options.ts';
import {choose} from './choose.ts';
import {advise, type Person} from './person.ts';

const marks = {fine: '✔', choice: '!', warning: '!', refusal: '✖'} as const;

const tell = (one: Advice, person: Person): void => {
	person.tell(`${marks[one.level]} ${one.title}`);
	if (one.level !== 'fine' && one.detail !== '') person.tell(`  ${one.detail}`);
};

const fixText = (heading: string, fixes: readonly string[], person: Person): void => {
	if (fixes.length === 0) return;
	person.tell(`  ${heading}`);
	advise(person, fixes, '    ');
};

const explain = ({option, fixes}: Choice, person: Person): void => {
	const {why} = optionOf(option);
	if (why !== undefined) person.tell(why);
	fixText('To do it by hand:', fixes, person);
};

/** The answer that agrees with the settings; else the first, which most people want. */
const agreeing = ({answers, option}: Choice, settings: Settings): boolean | string | undefined =>
	answers.find(({value}) => value === settings[option])?.value ?? answers[0]?.value;

const decide = async (choice: Choice, settings: Settings, person: Person): Promise<Settings> => {
	const value = await choose(person, {
		what: optionOf(choice.option).label,
		among: choice.answers.map(({value, label, detail}) => ({value, label: `${label} (${detail})`})),
		first: agreeing(choice, settings),
		explain: () => explain(choice, person),
	});
	return withGiven(settings, new Map([[choice.option, value]]));
};

/** Tells what was found about the machine, and asks where there is something to decide. */
export const goThroughFindings = async (
	advice: readonly Advice[],
	start: Settings,
	person: Person,
): Promise<Settings> => {
	let settings = start;
	for (const one of advice) {
		tell(one, person);
		if (one.level === 'choice') settings = await decide(one, settings, person);
		else if (one.level !== 'fine') fixText('What to do:', one.fixes, person);
	}
	return settings;
};

/** Says why it cannot be done here. True: the person would like to try it on a simulated machine. */
export const offerSimulation = async (refusals: readonly Refusal[], person: Person): Promise<boolean> => {
	person.tell('Vira cannot be set up here:');
	for (const one of refusals) {
		person.show('');
		tell(one, person);
		fixText('What to do:', one.fixes, person);
	}
	person.show('');
	return choose(person, {
		what: 'What now',
		among: [
			{value: true, label: 'Try it on a simulated machine (changes nothing here)'},
			{value: false, label: 'Leave'},
		],
		first: true,
	});
};
