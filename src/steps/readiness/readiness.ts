import {setMaxListeners} from 'node:events';
import {untilAborted} from '../../errors.ts';
import type {Facts} from '../../platform/facts.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import type {AsService} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import type {Settings} from '../../settings/options.ts';
import {buildGroups, type BuildCheck, type BuildGroup, type BuildSubject} from './build-check.ts';
import {checkForges} from './forges.ts';
import {checkNix} from './nix.ts';
import {checkReadable, type HostAnswers} from './repositories.ts';
import {checkBuildMachine, checkEnvironment} from './surroundings.ts';

/** Part of the results, as soon as it is known: a group, or one repository. */
export interface BuildPart {
	readonly group: BuildGroup;
	/** The name of the repository; absent: the whole group. */
	readonly item?: string;
	readonly checks: readonly BuildCheck[];
}

/** What is checked: all groups, unless some are named. Aborting the signal ends every command. */
export interface BuildQuestion {
	readonly settings: Settings;
	readonly signal: AbortSignal;
	readonly groups?: readonly BuildGroup[];
	/** Whether everything is asked again: the person may have changed the machine. */
	readonly again?: boolean;
}

/** Checks whether builds can succeed with these settings; ends when all is known. Throws Cancelled once aborted. */
export type CheckReadiness = (question: BuildQuestion) => AsyncGenerator<BuildPart, void>;

/** Passes on what is added, in the order in which it comes, until the end. */
const passingOn = () => {
	const ready: BuildPart[] = [];
	let isOver = false;
	let wake = (): void => undefined;
	return {
		add: (part: BuildPart): void => {
			ready.push(part);
			wake();
		},
		end: (): void => {
			isOver = true;
			wake();
		},
		async *parts(signal: AbortSignal): AsyncGenerator<BuildPart, void> {
			while (!isOver || ready.length > 0) {
				const news = new Promise<void>((resolve) => {
					wake = resolve;
				});
				if (ready.length === 0) await untilAborted(news, signal);
				yield* ready.splice(0);
			}
		},
	};
};

/** What an answer depends on: with the same, the same question need not be asked again. */
const dependsOn = ({service, settings}: BuildSubject): string =>
	JSON.stringify([service.variables, settings.serviceConfig, settings.domain]);

type GroupCheck = (subject: BuildSubject) => Promise<readonly BuildCheck[]>;

/** The groups that are asked as a whole, each with what it depends on besides the environment. */
const wholes: Readonly<
	Record<Exclude<BuildGroup, 'repositories'>, readonly [GroupCheck, (settings: Settings) => unknown]>
> = {
	nix: [checkNix, () => ''],
	environment: [async (subject) => checkEnvironment(subject), ({environment}) => environment],
	forges: [checkForges, ({repositories}) => repositories],
	machine: [checkBuildMachine, ({maxConcurrentBuilds}) => maxConcurrentBuilds],
};

const isWhole = (group: BuildGroup): group is keyof typeof wholes => group !== 'repositories';

/** What was asked already. */
interface Known {
	readonly checks: Map<string, readonly BuildCheck[]>;
	/** By the environment. */
	readonly hosts: Map<string, HostAnswers>;
}

const askGroup = async (
	group: keyof typeof wholes,
	subject: BuildSubject,
	{checks: answers}: Known,
): Promise<BuildPart> => {
	const [check, needs] = wholes[group];
	const key = JSON.stringify([group, dependsOn(subject), needs(subject.settings)]);
	const checks = answers.get(key) ?? (await check(subject));
	if (!subject.signal.aborted) answers.set(key, checks);
	return {group, checks};
};

const askRepositories = async (
	subject: BuildSubject,
	{checks: answers, hosts}: Known,
	onPart: (part: BuildPart) => void,
): Promise<void> => {
	const within = dependsOn(subject);
	const {repositories} = subject.settings;
	const keyOf = (item: string): string => JSON.stringify([item, repositories[item], within]);
	const tell = (item: string, checks: readonly BuildCheck[]): void =>
		onPart({group: 'repositories', item, checks});
	const isNew = ([item]: readonly [string, string]): boolean => {
		const checks = answers.get(keyOf(item));
		if (checks) tell(item, checks);
		return !checks;
	};
	const wanted = Object.fromEntries(Object.entries(repositories).filter(isNew));
	const known = hosts.get(within) ?? (new Map() as HostAnswers);
	hosts.set(within, known);
	const onCheck = (item: string, check: BuildCheck): void => {
		// There may be time for it later.
		if (check.code !== 'repository-not-checked') answers.set(keyOf(item), [check]);
		tell(item, [check]);
	};
	await checkReadable(subject, wanted, {known, onCheck});
};

/** How long commands have to end once the signal is aborted. */
const endingMs = 500;

/**
 * Checks of one machine. `isRunning`: with the variables of the running service, if there is one, and not with those of its
 * next start. What was asked once, of a repository or a group, is not asked again for the same settings, unless the question
 * says so.
 */
export const readinessOn = (system: System, facts: Facts, {isRunning = false} = {}): CheckReadiness => {
	const known: Known = {checks: new Map(), hosts: new Map()};
	const services = new Map<string, Promise<AsService>>();
	const serviceOf = (settings: Settings): Promise<AsService> => {
		const {environment, extraPackages, serviceConfig, domain} = settings;
		const key = JSON.stringify([environment, extraPackages, serviceConfig, domain]);
		const known = services.get(key) ?? managerOf(facts).asService(system, {settings, isRunning});
		services.set(key, known);
		return known;
	};
	return async function* ({settings, signal, groups = buildGroups, again = false}) {
		// Every command that runs listens to it, and Node warns of more than ten.
		setMaxListeners(0, signal);
		if (again) {
			known.checks.clear();
			known.hosts.clear();
			services.clear();
		}
		const service = await untilAborted(serviceOf(settings), signal);
		const subject: BuildSubject = {system, facts, settings, service, signal};
		const {add, end, parts} = passingOn();
		const ask = async (group: BuildGroup): Promise<void> =>
			isWhole(group) ? add(await askGroup(group, subject, known)) : askRepositories(subject, known, add);
		const all = Promise.all(groups.map(ask)).finally(end);
		// It is awaited only once every part is passed on.
		all.catch(() => undefined);
		try {
			yield* parts(signal);
		} finally {
			// What runs is ended first: it would outlive this process.
			if (signal.aborted) await Promise.race([all.catch(() => undefined), system.sleep(endingMs)]);
		}
		await all;
	};
};

/** All results, in the order of the groups and of the repositories. */
export const allChecks = async (
	check: CheckReadiness,
	question: BuildQuestion,
): Promise<readonly BuildCheck[]> => {
	const parts: BuildPart[] = [];
	for await (const part of check(question)) parts.push(part);
	const names = Object.keys(question.settings.repositories);
	const rank = ({group, item}: BuildPart): number =>
		buildGroups.indexOf(group) * (names.length + 1) + (item === undefined ? 0 : names.indexOf(item));
	return parts.toSorted((one, other) => rank(one) - rank(other)).flatMap(({checks}) => checks);
};
