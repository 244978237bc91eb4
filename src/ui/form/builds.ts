import {buildGroups, type BuildCheck, type BuildGroup} from '../../steps/readiness/build-check.ts';
import type {BuildPart} from '../../steps/readiness/readiness.ts';
import type {Settings} from '../../settings/options.ts';

/** What is known of whether builds can succeed. */
export interface BuildsState {
	/** The settings that were checked last, or are being checked. */
	readonly of: Settings | undefined;
	/** The results by group, and of each repository by its name. */
	readonly groups: Readonly<Partial<Record<BuildGroup, readonly BuildCheck[]>>>;
	readonly repositories: Readonly<Record<string, readonly BuildCheck[]>>;
	readonly isChecking: boolean;
	/** How often everything was to be checked again. */
	readonly round: number;
}

export const nothingChecked: BuildsState = {
	of: undefined,
	groups: {},
	repositories: {},
	isChecking: true,
	round: 0,
};

/** Those of the repositories in the order of the settings, whichever was known first. */
const resultsInOrder = ({of, repositories}: BuildsState): readonly BuildCheck[] => {
	const names = new Set([...Object.keys(of?.repositories ?? {}), ...Object.keys(repositories)]);
	return [...names].flatMap((name) => repositories[name] ?? []);
};

/** All results of a group, in the order of the screen. */
export const resultsOf = (builds: BuildsState, group: BuildGroup): readonly BuildCheck[] =>
	group === 'repositories' ? resultsInOrder(builds) : (builds.groups[group] ?? []);

/** What keeps builds from succeeding, or may do so; errors come first. */
export const amissOf = (checks: readonly BuildCheck[]): readonly BuildCheck[] => [
	...checks.filter(({level}) => level === 'error'),
	...checks.filter(({level}) => level === 'warning'),
];

/** The same, of all that is known. */
export const amissIn = (builds: BuildsState): readonly BuildCheck[] =>
	amissOf(buildGroups.flatMap((group) => resultsOf(builds, group)));

/** The results that one key can fix: the service gets variables of the shell. */
export const fixable = (builds: BuildsState): readonly BuildCheck[] =>
	buildGroups.flatMap((group) => resultsOf(builds, group)).filter(({variables}) => variables);

/** A result of the same repository stays until there is a new one. */
export const checkingBegun = (builds: BuildsState, settings: Settings): BuildsState => {
	const {of, repositories} = builds;
	const isSame = (name: string): boolean => of?.repositories[name] === settings.repositories[name];
	const left = Object.keys(settings.repositories).flatMap((name) => {
		const checks = isSame(name) ? repositories[name] : undefined;
		return checks ? [[name, checks] as const] : [];
	});
	return {...builds, of: settings, repositories: Object.fromEntries(left), isChecking: true};
};

export const withPart = (builds: BuildsState, {group, item, checks}: BuildPart): BuildsState =>
	item === undefined
		? {...builds, groups: {...builds.groups, [group]: checks}}
		: {...builds, repositories: {...builds.repositories, [item]: checks}};
