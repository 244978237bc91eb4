import {commandText} from '../platform/command-text.ts';
import type {AgentOwner, Facts, OtherOwner} from '../platform/facts.ts';
import type {Footprint, StateFolder} from './footprint.ts';
import {managerOf} from './managers.ts';
import {mayDisableLinger, ownServiceFiles, type RemovalChoices} from './plan-removal.ts';
import {versionsFolder} from './our-folders.ts';
import type {Left} from './remover.ts';
import {isByHand} from './versions.ts';

type Gone = ReadonlySet<string>;

const owners: Readonly<Record<(OtherOwner | AgentOwner)['by'], string>> = {
	'nix-darwin': 'the service of nix-darwin',
	'system-agent': 'an agent of every user of the Mac, not set up by vira-setup',
	unseen: 'the service of Home Manager or nix-darwin, as it seems: the Nix store is not mounted',
	'home-manager': 'the service of Home Manager',
	link: 'a link that vira-setup did not make',
	'system-unit': 'a service of the whole system, not set up by vira-setup',
	'other-unit': 'a service of the same name that vira-setup did not write',
};

const ownText = 'what you had written yourself, before vira-setup replaced it';

const strangerText = (path: string, {serviceFiles}: Facts): string => {
	if (isByHand(path)) return ownText;
	return serviceFiles.includes(path)
		? owners['other-unit']
		: 'of a name that vira-setup uses, and not in its receipt';
};

const ofOthers = (facts: Facts, footprint: Footprint): readonly Left[] => {
	const {managedBy, service} = facts;
	const {files, strangers} = footprint;
	const owned = managedBy
		? [
				{
					path: managedBy.path,
					what: service.masked ? 'a link that masks the service' : owners[managedBy.by],
				},
			]
		: [];
	return [
		...owned,
		...managerOf(facts).remover.strangers(ownServiceFiles(facts, footprint)),
		...files
			.filter(({is}) => is === 'replaced')
			.map(({path}) => ({path, what: 'in the place of a file of ours, and not ours'})),
		...strangers.map((path) => ({path, what: strangerText(path, facts)})),
	];
};

const changedFiles = ({files}: Footprint, {overwrite}: RemovalChoices): readonly Left[] =>
	overwrite
		? []
		: files
				.filter(({is}) => is === 'changed')
				.map(({path}) => ({
					path,
					what: isByHand(path) ? ownText : 'changed by hand, and kept',
					byHand: ['rm', path],
				}));

const additions = ({ties: {dropIns}}: Footprint): readonly Left[] =>
	dropIns.map((path) => ({path, what: 'your own addition to the service', byHand: ['rm', path]}));

/** What somebody has put into the folders that bear our name. */
const inOurFolders = (facts: Facts, {folders: own}: Footprint, gone: Gone): readonly Left[] =>
	own
		.filter(({path}) => [facts.folders.config, facts.folders.state, versionsFolder(facts)].includes(path))
		.flatMap(({path, names}) => names.map((name) => `${path}/${name}`))
		.filter((path) => !gone.has(path) && own.every((folder) => folder.path !== path))
		.map((path) => ({path, what: 'not written by vira-setup'}));

const shownNames = 3;

const listed = (names: readonly string[]): string =>
	names.length <= shownNames + 1
		? names.join(', ')
		: `${names.slice(0, shownNames).join(', ')} and ${names.length - shownNames} more`;

const stateFolder = ({path, parts, others, untouchable}: StateFolder, purge: boolean): readonly Left[] => {
	const state = "Vira's state: its repositories, jobs and keys";
	if (untouchable !== undefined)
		return [{path, what: purge ? `${state}; not deleted: ${untouchable}` : state}];
	if (purge) return others.length === 0 ? [] : [{path, what: `holds what is not Vira's: ${listed(others)}`}];
	// Whatever else is in it would go with it.
	if (others.length > 0)
		return parts.length === 0 ? [] : [{path, what: `${state}; and besides: ${listed(others)}`}];
	return [{path, what: state, byHand: ['rm', '-r', path]}];
};

const logs = (facts: Facts, {logFile, receipt}: Footprint, {purge}: RemovalChoices): readonly Left[] => {
	if (!receipt) return [];
	const {log} = managerOf(facts).remover;
	if ('command' in log)
		return [{path: undefined, what: `Vira's log, in the journal: ${commandText(log.command)}`}];
	return logFile === undefined || purge ? [] : [{path: logFile, what: "Vira's log", byHand: ['rm', logFile]}];
};

const lingering = (facts: Facts, footprint: Footprint, {disableLinger}: RemovalChoices): readonly Left[] => {
	const {receipt, ties} = footprint;
	if (facts.platform !== 'linux' || !facts.linux.lingering || !receipt?.lingerEnabled) return [];
	const mayGo = mayDisableLinger(facts, footprint);
	if (mayGo && disableLinger) return [];
	return [
		{
			path: `/var/lib/systemd/linger/${facts.user.name}`,
			what: mayGo ? 'lingering stays on' : `lingering stays on, for ${listed(ties.lingeringFor)}`,
			...(mayGo && {byHand: ['loginctl', 'disable-linger']}),
		},
	];
};

/** What a removal leaves where it is, and why. Pure. */
export const leftBehind = (
	{facts, footprint, gone}: {readonly facts: Facts; readonly footprint: Footprint; readonly gone: Gone},
	choices: RemovalChoices,
): readonly Left[] => {
	const {state} = footprint;
	const all = [
		...changedFiles(footprint, choices),
		...ofOthers(facts, footprint),
		...additions(footprint),
		...inOurFolders(facts, footprint, gone),
		...(state && !gone.has(state.path) ? stateFolder(state, choices.purge) : []),
		...logs(facts, footprint, choices),
		...lingering(facts, footprint, choices),
	];
	// What is told first of a path says most.
	return all.filter(
		({path}, index) => path === undefined || all.findIndex((one) => one.path === path) === index,
	);
};
