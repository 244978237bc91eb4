import type {Facts} from '../../platform/facts.ts';
import type {Exchange, LinkFolder, Replacement, Site} from '../../platform/installed/situation.ts';
import {namesIn} from '../../platform/paths.ts';
import {
	nothing,
	problem,
	together,
	type Remarks,
	type Subject,
} from '../../platform/service-manager/check.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {stateFolderOf} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import {checkRepositories} from '../../platform/vira/check-repositories.ts';
import {checkVira} from '../../platform/vira/check-vira.ts';
import {builtVira, installablesIn, linksFolder, viraIn} from '../../platform/vira/nix.ts';
import {resolveProgram} from '../../platform/vira/programs.ts';
import {isInstallable} from '../../settings/nix.ts';
import type {Settings} from '../../settings/options.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {expandHome} from '../../settings/value.ts';
import type {Warning} from '../../settings/warning.ts';
import {findOldState, partsOfState, withOldState} from '../checks/old-state.ts';
import {unbuilt} from './plan-builds.ts';
import {replacementsIn} from './plan-replacements.ts';

const readLink = async (system: System, path: string): Promise<LinkFolder['links']> => {
	const found = await system.inspect(path);
	const storePath = found?.linksTo;
	return storePath?.startsWith('/nix/store/') && found?.leadsTo !== undefined ? [{path, storePath}] : [];
};

const readFolder = async (system: System, path: string): Promise<readonly LinkFolder[]> => {
	const [found, names] = await Promise.all([system.inspect(path), system.list(path)]);
	if (found?.kind !== 'folder' || !names) return [];
	const links = await Promise.all(names.toSorted().map((name) => readLink(system, `${path}/${name}`)));
	return [{path, mode: found.mode, links: links.flat()}];
};

/** What Nix has built for us. Reads only. */
export const readBuilt = async (system: System, facts: Facts): Promise<Site['built']> => {
	const folder = linksFolder(facts);
	const names = (await system.list(folder)) ?? [];
	return (await Promise.all(names.toSorted().map((name) => readFolder(system, `${folder}/${name}`)))).flat();
};

/** Whether Nix exists for what is still to be built. */
export const checkBuilds = (settings: Settings, facts: Facts, built: Site['built']): Remarks => {
	if (facts.nix) return together([]);
	return together(
		unbuilt(settings, {facts, site: {built}}).map((one) =>
			problem(
				one === settings.package ? 'package' : 'extraPackages',
				`Nix is needed to build ${maskLooks(one)}, but it was not found. Install Nix, or give the path of an installed package.`,
			),
		),
	);
};

type Examined = Pick<Site, 'oldState' | 'program'> & {readonly remarks: Remarks};

/** The checks that need the executable: by the new Vira and by the service manager. */
const examineProgram = async (program: string, subject: Subject): Promise<Examined> => {
	const [vira, unit] = await Promise.all([
		checkVira(program, subject),
		managerOf(subject.facts).checkService(program, subject),
	]);
	const resets = vira.warnings.some(({code}) => code === 'state-reset');
	const oldState = resets ? await findOldState(subject) : undefined;
	// A Vira that cannot read the state cannot list its repositories.
	const isUnread = oldState !== undefined || vira.problems.some(({option}) => option === 'stateDir');
	const repositories = isUnread ? nothing : await checkRepositories(program, subject);
	const told = oldState ? withOldState(vira, oldState) : vira;
	return {program, oldState, remarks: together([told, repositories, unit])};
};

/** Stands for a Vira that is still to be built: systemd checks that the program exists. */
const anyProgram = '/bin/sh';

type BuiltSite = Pick<Site, 'built' | 'replacements' | 'formerState' | 'isOutdated'>;

/** With the state that this Vira has used before, it loses nothing, whatever the settings say of a reset. */
const examineWithFormerState = async (program: string, subject: Subject): Promise<Examined> => {
	const settings = {...subject.settings, autoResetState: true};
	const {remarks, ...examined} = await examineProgram(program, {...subject, settings});
	const warnings = remarks.warnings.map((warning): Warning =>
		warning.code === 'state-reset'
			? {
					code: 'state-exchanged',
					message: `The current state is moved to ${examined.oldState?.keptIn}, and the one from before the update is used again.`,
				}
			: warning,
	);
	return {...examined, remarks: {...remarks, warnings}};
};

const examineWith = (
	formerState: Site['formerState'],
	program: string,
	subject: Subject,
): Promise<Examined> =>
	formerState ? examineWithFormerState(program, subject) : examineProgram(program, subject);

/** The Vira that takes the place of the current one. The service has the same path for both. */
const examineReplacement = async (
	next: LinkFolder,
	subject: Subject,
	formerState: Site['formerState'],
): Promise<Examined> => {
	const examined = await examineWith(formerState, viraIn(next.path), subject);
	return {...examined, program: builtVira(subject.settings.package, subject.facts)};
};

/** The program and the remarks on it; one that is still to be built is checked after the build (plan-builds.ts). */
const examinePackage = async (
	subject: Subject,
	{built, replacements = [], formerState}: BuiltSite,
): Promise<Examined> => {
	const {system, settings, facts} = subject;
	// The settings themselves report that it is missing.
	if (settings.package === '') return {program: '', oldState: undefined, remarks: nothing};
	if (!isInstallable(settings.package)) {
		const found = await resolveProgram(system, expandHome(settings.package, facts.user.home));
		if ('program' in found) return examineWith(formerState, found.program, subject);
		return {program: '', oldState: undefined, remarks: problem('package', found.message)};
	}
	const program = builtVira(settings.package, facts);
	const replacement = replacements.find(({installable}) => installable === settings.package);
	if (replacement) return examineReplacement(replacement.next, subject, formerState);
	if (!unbuilt(settings, {facts, site: {built}}).includes(settings.package))
		return examineWith(formerState, program, subject);
	return {program, oldState: undefined, remarks: await managerOf(facts).checkService(anyProgram, subject)};
};

/** The state of the exchange, if the Vira and the folder of the settings are those that it belongs to. */
const stateFor = (
	{settings, facts}: Subject,
	{builds, state}: Exchange,
	replacements: readonly Replacement[],
): Exchange['state'] => {
	const isItsVira = state?.installable === settings.package;
	const isItsFolder = state?.folder === stateFolderOf(settings, facts);
	const isInUse =
		!(settings.package in builds) || replacements.some((one) => one.installable === settings.package);
	return isItsVira && isItsFolder && isInUse ? state : undefined;
};

const examineBuilt = async (subject: Subject, exchange: Exchange): Promise<BuiltSite> => {
	const {system, settings, facts} = subject;
	const built = await readBuilt(system, facts);
	const wanted = installablesIn(settings);
	const replacements = replacementsIn(exchange, built, facts).filter(({installable}) =>
		wanted.includes(installable),
	);
	const state = stateFor(subject, exchange, replacements);
	const names = state ? await namesIn(system, state.keptIn) : [];
	const parts = names === 'hidden' ? [] : partsOfState.filter((name) => names.includes(name));
	return {
		built,
		...(replacements.length > 0 && {replacements}),
		...(exchange.restarts && {isOutdated: true}),
		...(state && parts.length > 0 && {formerState: {state, parts}}),
	};
};

/** What Nix has built, what of it is exchanged, and the Vira that would run. Reads only. */
export const examineVira = async (
	subject: Subject,
	exchange: Exchange,
): Promise<readonly [BuiltSite, Examined]> => {
	const built = await examineBuilt(subject, exchange);
	return [built, await examinePackage(subject, built)];
};
