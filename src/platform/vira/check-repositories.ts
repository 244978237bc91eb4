import {urlOf} from '../network/address.ts';
import {answerOf} from '../run-result.ts';
import {stateFolderOf} from '../service.ts';
import type {Command, System} from '../system.ts';
import {exportBytes, exportCommand, findExport, type Repositories} from './vira-state.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';
import {type Subject, nothing, type Remarks} from '../service-manager/check.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Warning} from '../../settings/warning.ts';
import {look} from '../paths.ts';

/**
 * The source of what is known about a repository: the state of a stopped Vira, the page of a running one or, if neither
 * responds, the settings that were applied last.
 */
type Seen = 'state' | 'page' | 'settings';

interface KnownRepositories {
	readonly repositories: Repositories;
	readonly seenIn: (name: string) => Seen;
	/** Whether it was stopped and did not respond. A running one is asked again once it is stopped. */
	readonly isSilent: boolean;
}

/** The repositories of a stopped Vira; undefined if it does not respond. */
export const askState = async (system: System, command: Command): Promise<Repositories | undefined> => {
	const answer = answerOf(await system.run(command, {timeoutMs: 20_000, mostBytes: exportBytes}));
	return answer === undefined ? undefined : findExport(answer)?.repositories;
};

const settingsBefore = ({saved}: Subject['existing']): Settings | undefined =>
	saved && withGiven(defaultSettings({vira: undefined}), saved.given);

/** Whether the state folder differs from that of the previous settings. */
const isOtherState = ({settings, facts, existing}: Subject): boolean => {
	const before = settingsBefore(existing);
	return before !== undefined && stateFolderOf(before, facts) !== stateFolderOf(settings, facts);
};

/** The repositories that vira-setup has added to this state. */
const appliedLast = (subject: Subject): Repositories =>
	isOtherState(subject) ? {} : (settingsBefore(subject.existing)?.repositories ?? {});

/** The running service locks its own state only; between two starts of a crashing service, the state is not locked. */
const isHeld = (subject: Subject): boolean => {
	const {active, awaitsRestart} = subject.facts.service;
	const runs = ['active', 'activating', 'reloading', 'deactivating'].includes(active) && !awaitsRestart;
	return runs && !isOtherState(subject);
};

/** What a running Vira reports about a repository; `unknown`: nothing reliable; `silent`: it did not respond. */
type OnPage = {readonly is: 'there'; readonly url: string} | {readonly is: 'absent' | 'unknown' | 'silent'};

/** Vira's pages (lucid) escape these five characters, and no others. */
const signs: Readonly<Record<string, string>> = {amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'"};
const unescaped = (html: string): string =>
	html.replaceAll(/&(amp|lt|gt|quot|#39);/gu, (_, name: string) => signs[name] ?? '');

/** The header of a repository's page has its clone URL in this paragraph (Web/Pages/RepoPage.hs). */
const cloneUrlIn = (html: string): string | undefined =>
	[...html.matchAll(/<p ([^<>]*)>([^<]+)<\/p>/gu)].find(([, attributes = '']) =>
		/\bfont-mono\b/u.test(attributes),
	)?.[2];

/** Far more than such a page has before the list of branches. */
const headBytes = 65536;

/**
 * Requests Vira's own page of a repository, `/r/NAME`: no other program can read the state while Vira is running. `url`
 * is Vira's own URL, with a trailing slash.
 */
export const askRepositoryPage = async (system: System, url: string, name: string): Promise<OnPage> => {
	const page = `${url}r/${encodeURIComponent(name)}`;
	const answer = await system.ask(page, {timeoutMs: 2000, bodyBytes: headBytes});
	if (!answer.answered) return {is: 'silent'};
	if (answer.status === 404) return {is: 'absent'};
	const shown = answer.status === 200 ? cloneUrlIn(answer.body ?? '') : undefined;
	return shown === undefined ? {is: 'unknown'} : {is: 'there', url: unescaped(shown)};
};

/** How many pages are requested at a time, and at most: the others are unknown until Vira is stopped. */
const atATime = 8;
const most = 200;

const askPages = async (
	system: System,
	url: string,
	names: readonly string[],
): Promise<ReadonlyMap<string, OnPage>> => {
	const found = new Map<string, OnPage>();
	const rest = names.slice(0, most)[Symbol.iterator]();
	const worker = async (): Promise<void> => {
		for (const name of rest) {
			const page = await askRepositoryPage(system, url, name);
			found.set(name, page);
			// The others would time out too.
			if (page.is === 'silent') return;
		}
	};
	await Promise.all(Array.from({length: Math.min(atATime, names.length)}, worker));
	return found;
};

/** What the page shows; what was applied last, if it does not respond. */
const fromPages = (pages: ReadonlyMap<string, OnPage>, applied: Repositories): KnownRepositories => {
	const answered = new Set(
		[...pages].flatMap(([name, {is}]) => (is === 'there' || is === 'absent' ? [name] : [])),
	);
	const shown = [...pages].flatMap(([name, page]) => (page.is === 'there' ? [[name, page.url]] : []));
	const assumed = Object.entries(applied).filter(([name]) => !answered.has(name));
	return {
		repositories: Object.fromEntries([...assumed, ...shown]) as Repositories,
		seenIn: (name) => (answered.has(name) ? 'page' : 'settings'),
		isSilent: false,
	};
};

/** What is known about these repositories without stopping Vira. */
const findKnown = async (
	program: string,
	names: readonly string[],
	subject: Subject,
): Promise<KnownRepositories> => {
	const {system, settings, facts, existing} = subject;
	const applied = appliedLast(subject);
	if (isHeld(subject)) {
		const url = urlOf(settingsBefore(existing) ?? settings);
		return fromPages(await askPages(system, url, names), applied);
	}
	const said = await askState(system, exportCommand(program, stateFolderOf(settings, facts)));
	if (said) return {repositories: said, seenIn: () => 'state', isSilent: false};
	// A Vira that may be running locks its state.
	return {repositories: applied, seenIn: () => 'settings', isSilent: facts.service.active !== 'unknown'};
};

/** The names that Vira already uses for another URL, and that URL. */
export const conflictsIn = (
	known: Repositories,
	wanted: Repositories,
): readonly (readonly [string, string])[] =>
	Object.entries(wanted).flatMap(([name, url]) => {
		const has = Object.hasOwn(known, name) ? known[name] : undefined;
		return has === undefined || has === url ? [] : [[name, has] as const];
	});

/** Vira was asked, but did not respond. */
export const notAsked =
	'Could not list the repositories in Vira. If Vira has one of yours with another URL, it refuses to start.';

const onItsPage = "Keep that URL, use another name, or first delete the repository on Vira's page.";

/** `way`: the fix. */
export const conflictMessage = (name: string, url: string, way = onItsPage): string =>
	`Vira already has the repository "${name}" with another URL (${maskLooks(url)}) and would refuse to start. ${way}`;

/** Repositories may have been deleted on a page that does not respond; a stopped Vira has no page. */
const waysOut: Readonly<Record<Seen, string>> = {
	page: onItsPage,
	state:
		"Keep that URL, or use another name. To change the URL: remove it from the settings, delete it on Vira's page, and add it again.",
	settings:
		"Keep that URL, use another name, or delete the repository on Vira's page, stop Vira (vira-setup stop) and run vira-setup again, which then asks Vira directly.",
};

const conflictProblems = (known: KnownRepositories, {settings}: Subject): Remarks['problems'] =>
	conflictsIn(known.repositories, settings.repositories).map(([name, url]) => ({
		option: 'repositories' as const,
		item: name,
		message: conflictMessage(name, url, waysOut[known.seenIn(name)]),
		reason: 'repository-conflict' as const,
	}));

/** Removing a repository from the settings does not remove it from Vira. */
const leftInVira = ({repositories}: KnownRepositories, subject: Subject): readonly Warning[] =>
	Object.keys(appliedLast(subject))
		.filter(
			(name) => Object.hasOwn(repositories, name) && !Object.hasOwn(subject.settings.repositories, name),
		)
		.map((name) => ({
			code: 'repository-stays',
			option: 'repositories',
			message: `The repository "${name}" stays in Vira: settings only add repositories.`,
			fixes: [{say: "Delete it on Vira's page."}],
		}));

/** Vira refuses to start if it has a wanted repository with another URL: this can be checked before. */
export const checkRepositories = async (program: string, subject: Subject): Promise<Remarks> => {
	const {system, settings, facts} = subject;
	const names = [...new Set([settings.repositories, appliedLast(subject)].flatMap(Object.keys))];
	if (names.length === 0) return nothing;
	const database = await look(system, `${stateFolderOf(settings, facts)}/ViraState`);
	if (!database) return nothing;
	const known = await findKnown(program, names, subject);
	const open: Warning = {code: 'repositories-not-asked', option: 'repositories', message: notAsked};
	return {
		problems: conflictProblems(known, subject),
		warnings: [...(known.isSilent ? [open] : []), ...leftInVira(known, subject)],
	};
};
