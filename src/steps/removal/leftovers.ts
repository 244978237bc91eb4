import {commandText} from '../../platform/command-text.ts';
import type {Facts} from '../../platform/facts.ts';
import type {Footprint, OwnFile, StateFolder} from './installed-files.ts';
import type {Command} from '../../platform/system.ts';
import {notOurs} from '../health/installation.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {ownServiceFiles, type RemovalChoices} from './plan-removal.ts';
import {versionsFolder} from '../load/our-folders.ts';
import {shortList, type Leftover} from '../../platform/service-manager/manager-parts.ts';
import {isByHand} from '../plan/history.ts';

type Gone = ReadonlySet<string>;

interface Scene {
	readonly facts: Facts;
	readonly footprint: Footprint;
	/** Absolute paths of everything that is deleted. */
	readonly gone: Gone;
}

const notRecorded = 'not listed in its receipt';

const owners: Readonly<Record<NonNullable<Facts['managedBy']>['by'], string>> = {
	'nix-darwin': 'the service managed by nix-darwin',
	'system-agent': `an agent of every user of the Mac, ${notOurs}`,
	unseen: 'probably the service of Home Manager or nix-darwin: the Nix store is not mounted',
	'home-manager': 'the service managed by Home Manager',
	link: `a link ${notOurs}`,
	'system-unit': `a system service, ${notOurs}`,
	'other-unit': `a service with the same name, ${notOurs}`,
};

const ownText = 'a backup of your own text, which vira-setup replaced';

const strangerText = (path: string, {serviceFiles}: Facts, {unrecorded}: Footprint): string => {
	if (isByHand(path)) return ownText;
	if (unrecorded.includes(path)) return `created by vira-setup, but ${notRecorded}`;
	return serviceFiles.includes(path)
		? owners['other-unit']
		: `has a name that vira-setup uses, but is ${notRecorded}`;
};

const ofOthers = (facts: Facts, footprint: Footprint): readonly Leftover[] => {
	const {managedBy, service} = facts;
	const {files, strangers} = footprint;
	const owned = managedBy
		? [{path: managedBy.path, what: service.masked ? 'a link that masks the service' : owners[managedBy.by]}]
		: [];
	return [
		...owned,
		...managerOf(facts).remover.strangers(ownServiceFiles(facts, footprint)),
		...files
			.filter(({is}) => is === 'replaced')
			.map(({path}) => ({path, what: `${notOurs}, in place of one of its files`})),
		...strangers.map((path) => ({path, what: strangerText(path, facts, footprint)})),
	];
};

const unread = {
	unreadable: 'created by vira-setup; kept, because it cannot be read and may have been changed',
	'no-text': 'changed by hand and kept: it is not UTF-8 text, or too large',
} as const;

const unreadable = ({files}: Footprint): readonly Leftover[] =>
	files.flatMap(({path, is}) =>
		is === 'unreadable' || is === 'no-text' ? [{path, what: unread[is], byHand: ['rm', path]}] : [],
	);

const movedFolders = ({links}: Footprint): readonly Leftover[] =>
	links.map(({path, to}) => ({path, what: `a link ${notOurs}; both it and ${to} are kept`}));

/** What happens to a service file that is kept, and which files it needs that no longer exist. */
const fateOf = (
	{path, before}: Extract<OwnFile, {is: 'ours' | 'changed'}>,
	{facts, footprint, gone}: Scene,
): string => {
	if (!ownServiceFiles(facts, footprint).includes(path)) return '';
	const {files, built} = footprint;
	const missing = [...files, ...built.flatMap(({links}) => links)]
		.map((one) => one.path)
		.filter((one) => gone.has(one) && before.content.includes(one));
	const needs = missing.length > 0 ? `; it needs deleted files: ${shortList(missing)}` : '';
	return `: ${managerOf(facts).remover.keptService(path)}${needs}`;
};

const changedFiles = (scene: Scene, {overwrite}: RemovalChoices): readonly Leftover[] =>
	scene.footprint.files.flatMap((file) => {
		if (file.is !== 'changed' || overwrite) return [];
		const {path} = file;
		const isRoots = managerOf(scene.facts).stagedFor(path) !== undefined;
		const byHand: Command = isRoots ? ['sudo', 'rm', path] : ['rm', path];
		const what = isByHand(path) ? ownText : `changed by hand and kept${fateOf(file, scene)}`;
		return [{path, what, byHand}];
	});

const additions = ({ties: {dropIns}}: Footprint): readonly Leftover[] =>
	dropIns.map((path) => ({path, what: 'your own drop-in for the service', byHand: ['rm', path]}));

/** Other files in our own folders. */
const inOurFolders = (facts: Facts, {folders: own}: Footprint, gone: Gone): readonly Leftover[] =>
	own
		.filter(({path}) => [facts.folders.config, facts.folders.state, versionsFolder(facts)].includes(path))
		.flatMap(({path, names}) => names.map((name) => `${path}/${name}`))
		.filter((path) => !gone.has(path) && own.every((folder) => folder.path !== path))
		.map((path) => ({path, what: notOurs}));

const stateFolder = (
	{path, parts, others: found, untouchable}: StateFolder,
	{gone, purge}: {readonly gone: Gone; readonly purge: boolean},
): readonly Leftover[] => {
	if (gone.has(path)) return [];
	const state = "Vira's state: repositories, jobs and keys";
	const others = found.filter((name) => !gone.has(`${path}/${name}`));
	const isEmpty = others.length === 0 && (purge || parts.length === 0);
	if (untouchable !== undefined)
		return [{path, what: purge ? `${state}; not deleted: ${untouchable}` : state}];
	if (isEmpty)
		return [{path, what: 'an empty folder that existed before Vira was set up', byHand: ['rmdir', path]}];
	if (purge) return [{path, what: `contains files that are not Vira's: ${shortList(others)}`}];
	// A command that deletes the folder would delete these too.
	if (others.length > 0)
		return parts.length === 0 ? [] : [{path, what: `${state}; also other files: ${shortList(others)}`}];
	return [{path, what: state, byHand: ['rm', '-r', path]}];
};

const leftLogs = (
	facts: Facts,
	{logFile, logLink, receipt}: Footprint,
	{purge}: RemovalChoices,
): readonly Leftover[] => {
	if (!receipt) return [];
	const {log} = managerOf(facts).remover;
	if ('command' in log)
		return [{path: undefined, what: `Vira's log, ${log.where}: ${commandText(log.command)}`}];
	if (logLink) return [{path: logLink.path, what: `a link in place of Vira's log, to ${logLink.target}`}];
	return logFile === undefined || purge ? [] : [{path: logFile, what: "Vira's log", byHand: ['rm', logFile]}];
};

const lingering = (
	facts: Facts,
	{receipt, ties}: Footprint,
	{disableLinger}: RemovalChoices,
): readonly Leftover[] => {
	const wasEnabled = receipt?.lingerEnabled === true;
	return managerOf(facts).remover.lingering({wasEnabled, disable: disableLinger, ties});
};

/** What a removal keeps, and why. Pure. */
export const leftBehind = (scene: Scene, choices: RemovalChoices): readonly Leftover[] => {
	const {facts, footprint, gone} = scene;
	const all = [
		...changedFiles(scene, choices),
		...unreadable(footprint),
		...ofOthers(facts, footprint),
		...additions(footprint),
		...inOurFolders(facts, footprint, gone),
		...footprint.states.flatMap((one) => stateFolder(one, {gone, purge: choices.purge})),
		...movedFolders(footprint),
		...leftLogs(facts, footprint, choices),
		...lingering(facts, footprint, choices),
	];
	// Of each path, the first entry is the most specific.
	return all.filter(
		({path}, index) => path === undefined || all.findIndex((one) => one.path === path) === index,
	);
};
