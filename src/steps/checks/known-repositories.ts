import {urlOf} from '../../platform/address.ts';
import {answerOf} from '../../platform/answer-of.ts';
import {askRepositoryPage, type OnPage} from '../../platform/repository-page.ts';
import {stateFolderOf} from '../../platform/service.ts';
import type {Command, System} from '../../platform/system.ts';
import {exportBytes, exportCommand, findExport, type Repositories} from '../../platform/vira-export.ts';
import {defaultSettings, withGiven, type Settings} from '../../settings/options.ts';
import type {Subject} from './check.ts';

/**
 * Where it was seen what Vira has of a name: in the state of a Vira that is stopped, on the page of one that runs, or,
 * where neither answers, in the settings that were applied the last time.
 */
export type Seen = 'state' | 'page' | 'settings';

export interface Known {
	readonly repositories: Repositories;
	readonly seenIn: (name: string) => Seen;
	/** Whether it was stopped, and did not answer. One that runs is asked again once it is stopped. */
	readonly isSilent: boolean;
}

/** What a stopped Vira says of its repositories; undefined where it does not. */
export const askState = async (system: System, command: Command): Promise<Repositories | undefined> => {
	const answer = answerOf(await system.run(command, {timeoutMs: 20_000, mostBytes: exportBytes}));
	return answer === undefined ? undefined : findExport(answer)?.repositories;
};

const settingsBefore = ({saved}: Subject['existing']): Settings | undefined =>
	saved && withGiven(defaultSettings({vira: undefined}), saved.given);

/** Whether the state is to be another one than with the settings before. */
const isOtherState = ({settings, facts, existing}: Subject): boolean => {
	const before = settingsBefore(existing);
	return before !== undefined && stateFolderOf(before, facts) !== stateFolderOf(settings, facts);
};

/** The repositories that vira-setup has given to this state. */
export const appliedLast = (subject: Subject): Repositories =>
	isOtherState(subject) ? {} : (settingsBefore(subject.existing)?.repositories ?? {});

/** The service that runs holds its own state, and no other; between two tries of a service that ends, nobody holds it. */
const isHeld = (subject: Subject): boolean => {
	const {active, awaitsRestart} = subject.facts.service;
	const runs = ['active', 'activating', 'reloading', 'deactivating'].includes(active) && !awaitsRestart;
	return runs && !isOtherState(subject);
};

/** As many pages are asked for at a time, and as many at most: of the others nothing is known until Vira is stopped. */
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
			// The others would be silent as well, each for as long.
			if (page.is === 'silent') return;
		}
	};
	await Promise.all(Array.from({length: Math.min(atATime, names.length)}, worker));
	return found;
};

/** What the page says; what was applied the last time, where it says nothing. */
const fromPages = (pages: ReadonlyMap<string, OnPage>, applied: Repositories): Known => {
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

/** What Vira has of these names, as well as that can be known without stopping it. */
export const findKnown = async (
	program: string,
	names: readonly string[],
	subject: Subject,
): Promise<Known> => {
	const {system, settings, facts, existing} = subject;
	const applied = appliedLast(subject);
	if (isHeld(subject)) {
		const url = urlOf(settingsBefore(existing) ?? settings);
		return fromPages(await askPages(system, url, names), applied);
	}
	const said = await askState(system, exportCommand(program, stateFolderOf(settings, facts)));
	if (said) return {repositories: said, seenIn: () => 'state', isSilent: false};
	// One that may run holds its state, and answers nobody else.
	return {repositories: applied, seenIn: () => 'settings', isSilent: facts.service.active !== 'unknown'};
};
