import {allCommands, examples, type Argument} from '../../src/command-line/commands.ts';
import {
	everyFlag,
	helpHeading,
	runHeading,
	type DescribedFlag,
} from '../../src/command-line/flags-of-command.ts';
import {flags, variableOf} from '../../src/settings/flags.ts';
import {groups} from '../../src/settings/option.ts';
import {optionOf} from '../../src/settings/options.ts';
import {wrap} from '../../src/command-line/help.ts';
import {exitCode} from '../../src/errors.ts';

/** Text for groff_char(7): otherwise these characters would be printed as others, and copied commands would fail. */
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

/** Sentences on lines short enough for mandoc(1). A period at the start of a line would be a request. */
const prose = (text: string): readonly string[] =>
	wrap(roff(text), 78).map((line) => line.replace(/^\./u, String.raw`\&.`));

/** A term and its description (man(7), .TP). */
const item = (term: string, ...messages: readonly string[]): readonly string[] => [
	'.TP',
	term,
	...messages.flatMap(prose),
];

const bold = (text: string): string => String.raw`\fB${roff(text)}\fR`;
const italic = (text: string): string => String.raw`\fI${roff(text)}\fR`;

/** `--simulate [MACHINE]`, in the style of manual pages. */
const flagTerm = ({name, short, value, negation}: DescribedFlag): string => {
	const negated = negation === undefined ? '' : `, ${bold(`--no-${name}`)}`;
	const word = `${short === undefined ? '' : `${bold(`-${short}`)}, `}${bold(`--${name}`)}`;
	if (!value) return `${word}${negated}`;
	const placeholder = italic(value.placeholder);
	return `${word} ${value.isOptional ? `[${placeholder}]` : placeholder}${negated}`;
};

const flagItem = (flag: DescribedFlag): readonly string[] => {
	const option = flags.find(({name}) => name === flag.name);
	const {why} = option ? optionOf(option.option) : {};
	return item(flagTerm(flag), flag.help, ...(why === undefined ? [] : [why]), ...flag.notes);
};

const flagSections = (): readonly string[] => {
	const headings = [runHeading, ...Object.values(groups), helpHeading];
	return headings.flatMap((heading) => [
		`.SS ${heading}`,
		...everyFlag.filter((flag) => flag.heading === heading).flatMap(flagItem),
	]);
};

const argumentTerm = ({placeholder, isOptional, isRepeated}: Argument): string =>
	isOptional ? ` [${italic(placeholder)}]` : ` ${italic(placeholder)}${isRepeated ? ' ...' : ''}`;

const commandItems = Object.entries(allCommands).flatMap(([name, {does, more = [], argument, alias}]) => {
	const names = alias === undefined ? bold(name) : `${bold(name)}, ${bold(alias)}`;
	const term = names + (argument ? argumentTerm(argument) : '');
	return item(
		term,
		does,
		...more,
		...(argument && argument.choices.length > 0 ? [`One of ${argument.choices.join(', ')}.`] : []),
	);
});

const variableItems = [
	...flags.flatMap((flag) =>
		item(bold(variableOf(flag)), `Same as --${flag.name}${flag.repeated ? ', one item per line' : ''}.`),
	),
	...item(
		bold('XDG_CONFIG_HOME'),
		'The folder whose subfolder vira-setup contains the settings. Default: ~/.config.',
	),
	...item(
		bold('XDG_STATE_HOME'),
		'The folder whose subfolder vira-setup contains the receipt. Default: ~/.local/state.',
	),
	...item(bold('NO_COLOR'), 'Turns colors off, whatever its value.'),
	...item(bold('TMPDIR'), 'The folder for simulated machines without --simulation-folder.'),
];

const files: readonly (readonly [path: string, what: string])[] = [
	['~/.config/systemd/user/vira.service', 'The service, on Linux.'],
	['~/Library/LaunchAgents/org.vira.service.plist', 'The service, on a Mac.'],
	[
		'~/.config/vira-setup/settings.json',
		"The settings, with the names and nesting of Vira's Home Manager module.",
	],
	['~/.config/vira-setup/initial-state.json', 'The repositories to add when Vira starts, if any.'],
	['~/.local/state/vira-setup/receipt.json', 'What vira-setup has created, for later runs.'],
];

/** What each exit status means, for authors of scripts. */
export const exitStatuses: readonly (readonly [status: number, meaning: string])[] = [
	[exitCode.done, 'success, or nothing to do'],
	[
		exitCode.unexpected,
		'status, doctor or check-repository found a problem, a file could not be changed, or an unexpected error (a bug in vira-setup)',
	],
	[exitCode.usage, 'usage error: an unknown option, an invalid value, or no terminal to ask in'],
	[
		exitCode.unsuitable,
		'unsuitable machine: Node older than 20.17, no systemd, no Vira, run as root, a service not created by vira-setup, or builds that would fail with --require-ready',
	],
	[
		exitCode.privilege,
		'insufficient privileges: lingering could not be turned on, or the log cannot be read',
	],
	[exitCode.refused, 'the service manager refused a change, Nix could not build, or Vira would not start'],
	[exitCode.unhealthy, 'the service did not become healthy; changes of a setup are undone'],
	[exitCode.wouldChange, '--check: something would change'],
	[exitCode.cancelled, 'cancelled'],
];

/** More commands with what they do. */
const moreExamples: readonly (readonly [what: string, command: string])[] = [
	['Set up Vira, with questions and a preview:', 'vira-setup'],
	['Try it on a simulated machine:', 'vira-setup --simulate'],
	['Export the settings for another machine:', 'vira-setup export --format json > vira.json'],
];

const section = (heading: string, lines: readonly string[]): readonly string[] => [
	`.SH ${heading}`,
	...lines,
];

const description = [
	...prose('Checks the machine, asks for the settings, and shows every file and every command.'),
	...prose('Then it sets up Vira as a systemd user service, or on a Mac as a launchd agent.'),
	...prose('If the service does not become healthy, all changes are undone.'),
	'.PP',
	...prose('A setting comes from the first of these that has it: its option, its variable, the file of'),
	`${bold('--config')},`,
	...prose('the saved settings, the default.'),
];

const example = ([what, command]: (typeof moreExamples)[number]): readonly string[] => [
	'.PP',
	...prose(what),
	'.PP',
	'.RS 4',
	'.EX',
	roff(command),
	'.EE',
	'.RE',
];

/** The manual page for man(1), in roff with the macros of man(7). `date` is the date of the version, if it has one; `bugs` the URL. */
export const manualPage = (version: string, date: string, bugs?: string): string =>
	[
		String.raw`.\" Generated from the lists of commands and options by: npm run docs`,
		`.TH ${roff('VIRA-SETUP')} 1 "${date}" "${roff(`vira-setup ${version}`)}" "User Commands"`,
		...section('NAME', [
			String.raw`vira\-setup \- set up Vira, the CI server for Nix projects, as a service`,
		]),
		...section('SYNOPSIS', [`${bold('vira-setup')} [${italic('COMMAND')}] [${italic('OPTION')} ...]`]),
		...section('DESCRIPTION', description),
		...section('COMMANDS', commandItems),
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
		...section(
			'EXAMPLES',
			[...examples.map(({does, command}) => [does.replace(/\.$/u, ':'), command] as const), ...moreExamples]
				.flatMap(example)
				.slice(1),
		),
		...(bugs === undefined ? [] : section('REPORTING BUGS', [roff(bugs)])),
		...section('SEE ALSO', ['.BR systemctl (1),', '.BR loginctl (1),', '.BR systemd.service (5)']),
		'',
	].join('\n');
