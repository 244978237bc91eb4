import {verbNames, verbs} from './command-line.ts';
import {exitStatuses} from './exit-statuses.ts';
import {flagsOfVerb, type ToldFlag} from './flags-of-verb.ts';
import {flags, variableOf} from './settings/flags.ts';
import {groups} from './settings/option.ts';
import {optionOf} from './settings/options.ts';
import {wrap} from './wrap.ts';

/** Text as groff_char(7) wants it: these characters would come out as others, to be copied in vain. */
const special: Readonly<Record<string, string>> = {
	'\\': '\\e',
	'-': '\\-',
	"'": '\\(aq',
	'"': '\\(dq',
	'`': '\\(ga',
	'^': '\\(ha',
	'~': '\\(ti',
	'…': '\\[u2026]',
};

const roff = (text: string): string => text.replaceAll(/[\\\-'"`^~…]/gu, (one) => special[one] ?? one);

/** Sentences, on lines that mandoc(1) finds short enough; a full stop at the beginning of one would be a request. */
const prose = (text: string): readonly string[] =>
	wrap(roff(text), 78).map((line) => line.replace(/^\./u, String.raw`\&.`));

/** A term and what is to be said of it (man(7), .TP). */
const item = (term: string, ...messages: readonly string[]): readonly string[] => [
	'.TP',
	term,
	...messages.flatMap(prose),
];

const bold = (text: string): string => String.raw`\fB${roff(text)}\fR`;
const italic = (text: string): string => String.raw`\fI${roff(text)}\fR`;

/** `--simulate [MACHINE]`, as manual pages write it. */
const flagTerm = ({name, short, value, negation}: ToldFlag): string => {
	const negated = negation === undefined ? '' : `, ${bold(`--no-${name}`)}`;
	const word = `${short === undefined ? '' : `${bold(`-${short}`)}, `}${bold(`--${name}`)}`;
	if (!value) return `${word}${negated}`;
	const placeholder = italic(value.placeholder);
	return `${word} ${value.isOptional ? `[${placeholder}]` : placeholder}${negated}`;
};

const flagItem = (flag: ToldFlag): readonly string[] => {
	const option = flags.find(({name}) => name === flag.name);
	const {why} = option ? optionOf(option.option) : {};
	return item(flagTerm(flag), flag.help, ...(why === undefined ? [] : [why]), ...flag.notes);
};

/** Every flag, once; those of one verb alone say so. */
const allFlags = (): readonly ToldFlag[] => {
	const found = new Map<string, ToldFlag>();
	for (const verb of verbNames) for (const flag of flagsOfVerb(verb)) found.set(flag.name, flag);
	return [...found.values()];
};

const flagSections = (): readonly string[] => {
	const headings = ['This run', ...Object.values(groups), 'Help'];
	return headings.flatMap((heading) => [
		`.SS ${heading}`,
		...allFlags()
			.filter((flag) => flag.heading === heading)
			.flatMap(flagItem),
	]);
};

const verbItems = verbNames.flatMap((name) => {
	const {does, argument} = verbs[name];
	const term = argument ? `${bold(name)} ${italic(argument.placeholder)}` : bold(name);
	return item(term, does, ...(argument ? [`One of ${argument.choices.join(', ')}.`] : []));
});

const variableItems = [
	...flags.flatMap((flag) =>
		item(bold(variableOf(flag)), `As --${flag.name}${flag.repeated ? ', one a line' : ''}.`),
	),
	...item(bold('XDG_CONFIG_HOME'), 'Where the settings are kept, in the folder vira-setup; else ~/.config.'),
	...item(
		bold('XDG_STATE_HOME'),
		'Where the receipt is kept, in the folder vira-setup; else ~/.local/state.',
	),
	...item(bold('NO_COLOR'), 'Without colours, whatever its value.'),
	...item(bold('TMPDIR'), 'Where a simulated machine is kept that no folder is given for.'),
];

const files: readonly (readonly [path: string, what: string])[] = [
	['~/.config/systemd/user/vira.service', 'The service, on Linux.'],
	['~/Library/LaunchAgents/org.vira.service.plist', 'The service, on a Mac.'],
	['~/.config/vira-setup/settings.json', "The settings, named and nested as in Vira's Home Manager module."],
	[
		'~/.config/vira-setup/initial-state.json',
		'The repositories that Vira reads when it starts, if there are any.',
	],
	['~/.local/state/vira-setup/receipt.json', 'What was created, so that a later run knows what is ours.'],
];

/** Commands as they are typed, each with what it does. */
const examples: readonly (readonly [what: string, command: string])[] = [
	['Ask, show what would be done, and set Vira up:', 'vira-setup'],
	[
		'Set it up without a question:',
		'vira-setup --non-interactive --port 8443 --repository vira=https://github.com/juspay/vira',
	],
	['See whether the machine is as a file says:', 'vira-setup --non-interactive --config vira.json --check'],
	['Try it on a simulated machine:', 'vira-setup --simulate'],
	['Take the settings to another machine:', 'vira-setup export --format json > vira.json'],
];

const section = (heading: string, lines: readonly string[]): readonly string[] => [
	`.SH ${heading}`,
	...lines,
];

const description = [
	...prose('Looks at the machine, asks for the options, and shows every file and every command.'),
	...prose('Then it sets Vira up as a systemd user service, or on a Mac as a launchd agent.'),
	...prose('When the service does not come up healthy, what was there before is put back.'),
	'.PP',
	...prose('A setting is taken from, in this order: its flag, its variable, the file of'),
	`${bold('--config')},`,
	...prose('the saved settings, the default.'),
];

const example = ([what, command]: (typeof examples)[number]): readonly string[] => [
	'.PP',
	...prose(what),
	'.PP',
	'.RS 4',
	'.EX',
	roff(command),
	'.EE',
	'.RE',
];

/** The manual page, for man(1): roff with the macros of man(7). `date` is that of the version, where it has one. */
export const manualPage = (version: string, date: string): string =>
	[
		String.raw`.\" Made from the lists of verbs, flags and options by: npm run docs`,
		`.TH ${roff('VIRA-SETUP')} 1 "${date}" "${roff(`vira-setup ${version}`)}" "User Commands"`,
		...section('NAME', [
			String.raw`vira\-setup \- set up Vira, the CI server for Nix projects, as a service`,
		]),
		...section('SYNOPSIS', [`${bold('vira-setup')} [${italic('VERB')}] [${italic('FLAG')} ...]`]),
		...section('DESCRIPTION', description),
		...section('VERBS', verbItems),
		...section('OPTIONS', flagSections()),
		...section('ENVIRONMENT', variableItems),
		...section(
			'FILES',
			files.flatMap(([path, what]) => item(italic(path), what)),
		),
		...section(
			'EXIT STATUS',
			exitStatuses.flatMap(([status, meaning]) => item(bold(String(status)), meaning)),
		),
		...section('EXAMPLES', examples.flatMap(example).slice(1)),
		...section('SEE ALSO', ['.BR systemctl (1),', '.BR loginctl (1),', '.BR systemd.service (5)']),
		'',
	].join('\n');
