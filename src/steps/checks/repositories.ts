import {stateFolderOf} from '../../platform/service.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Command, System} from '../../platform/system.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';
import {maskLooks} from '../../settings/secret-looks.ts';
import type {Warning} from '../../settings/warning.ts';
import {exportCommand, findExport, type Repositories} from '../../platform/vira-export.ts';
import {look} from '../place.ts';
import {managerOf} from '../managers.ts';
import {nothing, type Remarks, type Subject} from './check.ts';

interface Known {
	readonly repositories: Repositories;
	/** Whether Vira itself said so just now; else it is what was applied the last time. */
	readonly certain: boolean;
}

/** What a stopped Vira says of its repositories; undefined where it does not. */
export const askState = async (system: System, command: Command): Promise<Repositories | undefined> => {
	const {exitCode, stdout} = await system.run(command, {timeoutMs: 20_000});
	return exitCode === 0 ? findExport(stdout)?.repositories : undefined;
};

const settingsBefore = ({saved}: Subject['existing']): Settings | undefined =>
	saved && withGiven(defaultSettings({vira: undefined}), saved.given);

/** Whether the state is to be another one than with the settings before. */
export const isOtherState = (
	settings: Settings,
	{facts, existing}: Pick<Subject, 'facts' | 'existing'>,
): boolean => {
	const before = settingsBefore(existing);
	return before !== undefined && stateFolderOf(before, facts) !== stateFolderOf(settings, facts);
};

const appliedLast = (subject: Subject): Repositories =>
	isOtherState(subject.settings, subject) ? {} : (settingsBefore(subject.existing)?.repositories ?? {});

const isRunning = ({facts: {service}}: Subject): boolean =>
	['active', 'activating', 'reloading', 'deactivating'].includes(service.active);

const findKnown = async (program: string, subject: Subject): Promise<Known> => {
	const {system, settings, facts} = subject;
	// The service that runs holds its own state, and no other.
	const isHeld = isRunning(subject) && !isOtherState(settings, subject);
	const said = isHeld
		? undefined
		: await askState(system, exportCommand(program, stateFolderOf(settings, facts)));
	return said ? {repositories: said, certain: true} : {repositories: appliedLast(subject), certain: false};
};

/** The names that Vira has with another URL than the wanted one, and that URL. */
export const conflictsIn = (
	known: Repositories,
	wanted: Repositories,
): readonly (readonly [string, string])[] =>
	Object.entries(wanted).flatMap(([name, url]) => {
		const has = Object.hasOwn(known, name) ? known[name] : undefined;
		return has === undefined || has === url ? [] : [[name, has] as const];
	});

export const conflictSentence = (name: string, url: string, remove: string): string =>
	`Vira has a repository ${name} with another URL, ${maskLooks(url)}, and would refuse to start. Keep that URL, use another name, or ${remove}.`;

const conflictProblems = (
	{repositories, certain}: Known,
	{settings, facts}: Subject,
): Remarks['problems'] => {
	const stop = commandText(managerOf(facts).commands.stop);
	const remove = certain
		? "remove it on Vira's page first"
		: `remove it on Vira's page, stop the service (${stop}) and start vira-setup again, which then asks Vira itself`;
	return conflictsIn(repositories, settings.repositories).map(([name, url]) => ({
		option: 'repositories' as const,
		item: name,
		sentence: conflictSentence(name, url, remove),
	}));
};

/** What was taken out of the settings is not taken out of Vira, which may surprise. */
const leftIn = ({repositories}: Known, subject: Subject): readonly Warning[] =>
	Object.keys(appliedLast(subject))
		.filter(
			(name) => Object.hasOwn(repositories, name) && !Object.hasOwn(subject.settings.repositories, name),
		)
		.map((name) => ({
			code: 'repository-stays',
			option: 'repositories',
			sentence: `The repository ${name} stays in Vira: settings only add repositories.`,
			mend: ["Remove it on Vira's page."],
		}));

/** Vira refuses to start when it has a repository of a wanted name with another URL: that can be foreseen. */
export const checkRepositories = async (program: string, subject: Subject): Promise<Remarks> => {
	const {system, settings, facts} = subject;
	const wanted = settings.repositories;
	const before = appliedLast(subject);
	if (Object.keys(wanted).length === 0 && Object.keys(before).length === 0) return nothing;
	const database = await look(system, `${stateFolderOf(settings, facts)}/ViraState`);
	if (!database) return nothing;
	const known = await findKnown(program, subject);
	return {problems: conflictProblems(known, subject), warnings: leftIn(known, subject)};
};
