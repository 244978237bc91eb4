import {builtVira, installablesIn, linksFolder} from '../platform/nix.ts';
import {expandHome, stateFolderOf} from '../platform/service.ts';
import type {System} from '../platform/system.ts';
import {isInstallable} from '../settings/installable.ts';
import {checkAddress} from './checks/address.ts';
import {nothing, problem, together, type Check, type Remarks, type Subject} from './checks/check.ts';
import {findOldState, withOldState} from './checks/old-state.ts';
import {checkExtraPackages} from './checks/extra-packages.ts';
import {checkRepositories} from './checks/repositories.ts';
import {findTheirs, remarkOnTheirs} from './checks/shared-state.ts';
import {checkStateFolder} from './checks/state-folder.ts';
import {checkStateMove} from './checks/state-move.ts';
import {checkStorePaths} from './checks/store-path.ts';
import {checkVira} from './checks/vira.ts';
import {checkBuilds, readBuilt} from './examine-builds.ts';
import {managerOf} from './managers.ts';
import {findPlace, look, type Place} from './place.ts';
import {unbuilt} from './plan-builds.ts';
import {resolveProgram} from './resolve-program.ts';
import type {Site} from './situation.ts';
import {versionsFolder} from './our-folders.ts';

/** Loaded where there is one to check: few have a certificate of their own. */
export const checkCertificate: Check = async (subject) => {
	const {https, tlsCert, tlsKey} = subject.settings;
	if (!https || (tlsCert === undefined && tlsKey === undefined)) return nothing;
	return (await import('./checks/certificate.ts')).checkCertificate(subject);
};

/** Every check that needs no more than the settings, whatever the platform; they run side by side. */
const checks: readonly Check[] = [
	checkAddress,
	checkCertificate,
	checkStateFolder,
	checkStateMove,
	checkStorePaths,
	checkExtraPackages,
];

type Examined = Pick<Site, 'oldState' | 'program'> & {readonly remarks: Remarks};

/** What needs the executable: what the Vira that is to run, and the service manager, make of the settings. */
const examineProgram = async (program: string, subject: Subject): Promise<Examined> => {
	const [vira, unit] = await Promise.all([
		checkVira(program, subject),
		managerOf(subject.facts).checkService(program, subject),
	]);
	const resets = vira.warnings.some(({code}) => code === 'state-reset');
	const oldState = resets ? await findOldState(subject) : undefined;
	// A Vira that cannot read the state says nothing of it.
	const isUnread = oldState !== undefined || vira.problems.some(({option}) => option === 'stateDir');
	const repositories = isUnread ? nothing : await checkRepositories(program, subject);
	const told = oldState ? withOldState(vira, oldState) : vira;
	return {program, oldState, remarks: together([told, repositories, unit])};
};

/** Nix builds into the store: that is enough to know of a program that is not there yet. */
const anyStorePath = '/nix/store/';

/** Stands for a Vira that is still to be built, for systemd looks whether the program is there. */
const anyProgram = '/bin/sh';

/** The program, and what is to be said of it; one that is still to be built is asked once it is (plan-builds.ts). */
const examinePackage = async (subject: Subject, built: Site['built']): Promise<Examined> => {
	const {system, settings, facts} = subject;
	// That none is given is told with the settings themselves.
	if (settings.package === '') return {program: '', oldState: undefined, remarks: nothing};
	if (!isInstallable(settings.package)) {
		const found = await resolveProgram(system, expandHome(settings.package, facts.user.home));
		if ('program' in found) return examineProgram(found.program, subject);
		return {program: '', oldState: undefined, remarks: problem('package', found.message)};
	}
	const program = builtVira(settings.package, facts);
	if (!unbuilt(settings, {facts, site: {built}}).includes(settings.package))
		return examineProgram(program, subject);
	return {program, oldState: undefined, remarks: await managerOf(facts).checkService(anyProgram, subject)};
};

const realProgramOf = async (system: System, program: string): Promise<string> =>
	program === '' ? '' : ((await look(system, program))?.realPath ?? anyStorePath);

/** What one may not look into can be neither made nor used, even where no check says so. */
const withHidden = (remarks: Remarks, places: readonly Place[]): Remarks => {
	const hidden = places.find((place) => place.hidden);
	if (!hidden || remarks.problems.length > 0) return remarks;
	return together([remarks, problem('stateDir', `You may not look into ${hidden.nearest}.`)]);
};

/** Looks at the places that the settings name. Reads only. */
export const examine = async (subject: Subject): Promise<Site> => {
	const {system, settings, facts} = subject;
	const {config, state} = facts.folders;
	const forLinks = installablesIn(settings).length > 0 ? [linksFolder(facts)] : [];
	const folders = [
		state,
		versionsFolder(facts),
		...forLinks,
		config,
		stateFolderOf(settings, facts),
		...managerOf(facts).folders(settings),
	];
	const [[built, vira], places, remarks, database, theirs] = await Promise.all([
		readBuilt(system, facts).then(async (found) => [found, await examinePackage(subject, found)] as const),
		Promise.all(folders.map((folder) => findPlace(system, folder))),
		Promise.all([...checks, ...managerOf(facts).checks].map((check) => check(subject))),
		look(system, `${stateFolderOf(settings, facts)}/ViraState`),
		findTheirs(subject),
	]);
	const builds = checkBuilds(settings, facts, built);
	const told = together([vira.remarks, builds, ...remarks, remarkOnTheirs(theirs, subject)]);
	const {problems, warnings} = withHidden(told, places);
	return {
		program: vira.program,
		realProgram: await realProgramOf(system, vira.program),
		missingFolders: [...new Set(places.flatMap(({missing}) => missing))],
		hasDatabase: database !== undefined,
		theirs,
		oldState: vira.oldState,
		built,
		problems,
		warnings,
	};
};
