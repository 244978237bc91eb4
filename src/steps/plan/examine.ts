import type {Facts} from '../../platform/facts.ts';
import type {Exchange, Site} from '../../platform/installed/situation.ts';
import {canonicalAddress} from '../../platform/network/address.ts';
import {cannotRead, findExisting, look, type ExistingPath} from '../../platform/paths.ts';
import {
	nothing,
	problem,
	together,
	type Check,
	type Remarks,
	type Subject,
} from '../../platform/service-manager/check.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {stateFolderOf} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import {installablesIn, linksFolder} from '../../platform/vira/nix.ts';
import type {Settings} from '../../settings/options.ts';
import {isLoopback} from '../../settings/warning.ts';
import {checkAddress} from '../checks/address.ts';
import {checkStateMove} from '../checks/old-state.ts';
import {checkExtraPackages, checkStorePaths} from '../checks/packages.ts';
import {checkStateFolder} from '../checks/state-folder.ts';
import {versionsFolder} from '../load/our-folders.ts';
import {checkBuilds, examineVira} from './examine-program.ts';
import {findTheirs, remarkOnTheirs} from './plan-state.ts';
import {interruptedExchange} from './plan-replacements.ts';

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

/** Stands for a program that Nix still has to build: it will be in the store. */
const anyStorePath = '/nix/store/';

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
	exchange: Exchange = interruptedExchange(subject.existing.receipt, subject.settings, subject.facts),
): Promise<Site> => {
	const {system, settings, facts} = subject;
	const [[ofNix, vira], places, remarks, database, theirs, isLocalHost] = await Promise.all([
		examineVira(subject, exchange),
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
