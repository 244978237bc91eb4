import {cannotRead, findExisting, look, namesIn, type ExistingPath} from '../../platform/paths.ts';
import {builtVira, installablesIn, linksFolder, viraIn} from '../../platform/vira/nix.ts';
import {expandHome} from '../../settings/value.ts';
import {stateFolderOf} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import {isInstallable} from '../../settings/nix.ts';
import {checkAddress} from '../checks/address.ts';
import {
	nothing,
	problem,
	together,
	type Check,
	type Remarks,
	type Subject,
} from '../../platform/service-manager/check.ts';
import {findOldState, partsOfState, withOldState, checkStateMove} from '../checks/old-state.ts';
import {checkExtraPackages, checkStorePaths} from '../checks/packages.ts';
import {checkRepositories} from '../../platform/vira/check-repositories.ts';
import {checkStateFolder} from '../checks/state-folder.ts';
import {checkVira} from '../../platform/vira/check-vira.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {unbuilt} from './plan-builds.ts';
import {resolveProgram} from '../../platform/vira/programs.ts';
import type {Exchange, LinkFolder, Site} from '../../platform/installed/situation.ts';
import {interruptedExchange, replacementsIn} from './plan-replacements.ts';
import {versionsFolder} from '../load/our-folders.ts';
import type {Facts} from '../../platform/facts.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import type {Settings} from '../../settings/options.ts';
import {isLoopback, type Warning} from '../../settings/warning.ts';
import {canonicalAddress} from '../../platform/network/address.ts';
import {findTheirs, remarkOnTheirs} from './plan-state.ts';

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
const checkBuilds = (settings: Settings, facts: Facts, built: Site['built']): Remarks => {
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

/** Loaded only when needed: most setups have no certificate of their own. */
export const checkGivenCertificate: Check = async (subject) => {
	const {https, tlsCert, tlsKey} = subject.settings;
	if (!https || (tlsCert === undefined && tlsKey === undefined)) return nothing;
	return (await import('../checks/certificate.ts')).checkCertificate(subject);
};

/** The checks that need only the settings, on every platform; they run in parallel. */
const checks: readonly Check[] = [
	checkAddress,
	checkGivenCertificate,
	checkStateFolder,
	checkStateMove,
	checkStorePaths,
	checkExtraPackages,
];

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

/** Stands for a program that Nix still has to build: it will be in the store. */
const anyStorePath = '/nix/store/';

/** Stands for a Vira that is still to be built: systemd checks that the program exists. */
const anyProgram = '/bin/sh';

type BuiltSite = Pick<Site, 'built' | 'replacements' | 'formerState'>;

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

const realProgramOf = async (system: System, program: string): Promise<string> =>
	program === '' ? '' : ((await look(system, program))?.realPath ?? anyStorePath);

/** A folder without read permission is a problem even if no check reports it. */
const withHidden = (remarks: Remarks, places: readonly ExistingPath[]): Remarks => {
	const hidden = places.find((place) => place.hidden);
	if (!hidden || remarks.problems.length > 0) return remarks;
	return together([remarks, problem('stateDir', cannotRead(hidden.nearest))]);
};

/** Whether every address of the host name is a loopback address. */
const findLocalHost = async ({system, settings: {hostname}}: Subject): Promise<boolean> => {
	if (isLoopback(hostname)) return true;
	const addresses = await system.addressesOf(hostname);
	return addresses.length > 0 && addresses.map(canonicalAddress).every(isLoopback);
};

/** What Nix has built, and what of it is exchanged. */
const examineBuilt = async ({system, facts}: Subject, exchange: Exchange): Promise<BuiltSite> => {
	const built = await readBuilt(system, facts);
	const replacements = replacementsIn(exchange, built, facts);
	const {state} = exchange;
	const names = state ? await namesIn(system, state.keptIn) : [];
	const parts = names === 'hidden' ? [] : partsOfState.filter((name) => names.includes(name));
	return {
		built,
		...(replacements.length > 0 && {replacements}),
		...(state && parts.length > 0 && {formerState: {...state, parts}}),
	};
};

/** The folders that a setup needs. */
const foldersFor = (settings: Settings, facts: Facts): readonly string[] => [
	facts.folders.state,
	versionsFolder(facts),
	...(installablesIn(settings).length > 0 ? [linksFolder(facts)] : []),
	facts.folders.config,
	stateFolderOf(settings, facts),
	...managerOf(facts).folders(settings),
];

/** Inspects the paths that the settings name, and what is exchanged while they stay. Reads only. */
export const examine = async (
	subject: Subject,
	exchange: Exchange = interruptedExchange(subject.existing.receipt),
): Promise<Site> => {
	const {system, settings, facts} = subject;
	const [[ofNix, vira], places, remarks, database, theirs, isLocalHost] = await Promise.all([
		examineBuilt(subject, exchange).then(
			async (found) => [found, await examinePackage(subject, found)] as const,
		),
		Promise.all(foldersFor(settings, facts).map((folder) => findExisting(system, folder))),
		Promise.all([...checks, ...managerOf(facts).checks].map((check) => check(subject))),
		look(system, `${stateFolderOf(settings, facts)}/ViraState`),
		findTheirs(subject),
		findLocalHost(subject),
	]);
	const builds = checkBuilds(settings, facts, ofNix.built);
	const told = together([vira.remarks, builds, ...remarks, remarkOnTheirs(theirs, subject)]);
	const {problems, warnings} = withHidden(told, places);
	return {
		program: vira.program,
		realProgram: await realProgramOf(system, vira.program),
		missingFolders: [...new Set(places.flatMap(({missing}) => missing))],
		hasDatabase: database !== undefined,
		theirs,
		oldState: vira.oldState,
		...ofNix,
		isLocalHost,
		problems,
		warnings,
	};
};
