import type {Facts} from '../../platform/facts.ts';
import {type Action} from '../../platform/actions/action.ts';
import {deletedBy, withRootAsked} from '../../platform/actions/kinds.ts';
import type {Footprint, OwnFolder} from './installed-files.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {letGo} from '../plan/plan-builds.ts';
import {formatReceipt} from '../../platform/installed/receipt.ts';

/** The choices of the user. */
export interface RemovalChoices {
	/** Also delete our files that were changed by hand. */
	readonly overwrite: boolean;
	/** Also delete Vira's state and log, permanently. */
	readonly purge: boolean;
	/** Turn off lingering, if vira-setup turned it on. */
	readonly disableLinger: boolean;
}

export interface RemovalPlan {
	/** What can be undone, performed first. */
	readonly actions: readonly Action[];
	/** What cannot be undone, and what follows it; empty without `purge`. */
	readonly forGood: readonly Action[];
	/** Absolute paths of everything that is deleted. */
	readonly gone: ReadonlySet<string>;
}

/** Whether vira-setup turned lingering on, and nothing else of the user needs it. */
export const mayDisableLinger = (facts: Facts, {receipt, ties}: Footprint): boolean =>
	managerOf(facts).remover.mayDisableLinger(receipt?.lingerEnabled === true, ties);

/** Whether another program manages the service itself, not only one with the same name elsewhere. */
const isElsewhere = ({managedBy, service}: Facts): boolean =>
	managedBy !== undefined && !service.masked && !['system-unit', 'system-agent'].includes(managedBy.by);

/** The service files that make the service ours to stop: also one that was deleted or masked. */
export const ownServiceFiles = (facts: Facts, {files}: Footprint): readonly string[] =>
	facts.managedBy?.by === 'other-unit'
		? []
		: files
				.filter(({path}) => facts.serviceFiles.includes(path))
				.filter(({is}) => {
					if (is === 'ours') return true;
					return is === 'replaced' ? facts.service.masked : !isElsewhere(facts);
				})
				.map(({path}) => path);

const fileActions = (facts: Facts, {files}: Footprint, {overwrite}: RemovalChoices): readonly Action[] => {
	const {remover, stagedFor} = managerOf(facts);
	const after = remover.afterDelete && {afterChange: remover.afterDelete};
	const doomed = files.flatMap((file) =>
		file.is === 'ours' || (file.is === 'changed' && overwrite) ? [file] : [],
	);
	const withStaged = (path: string): {readonly staged?: string} => {
		const staged = stagedFor(path);
		return staged === undefined ? {} : {staged};
	};
	const service = doomed.filter((file) => facts.serviceFiles.includes(file.path));
	const others = doomed.filter((file) => !facts.serviceFiles.includes(file.path));
	return [
		...service.map(({path, before}): Action => ({
			does: 'delete-file',
			path,
			before,
			why: 'remove the service',
			...after,
			...withStaged(path),
		})),
		...(service.length > 0 ? remover.forget : []),
		...others.map(({path, before}): Action => ({
			does: 'delete-file',
			path,
			before,
			why: 'remove a file of vira-setup',
		})),
	];
};

/** Deletes each part of a state: other files in its folder are not Vira's. */
const purgeActions = ({states, logFile}: Footprint): readonly Action[] => [
	...states.flatMap(({path, parts}) =>
		parts.map((name) => ({does: 'purge', path: `${path}/${name}`, why: "remove Vira's state"}) as const),
	),
	...(logFile === undefined ? [] : [{does: 'purge', path: logFile, why: "remove Vira's log"} as const]),
];

/** Our folders that are empty once these paths are deleted, the innermost first. */
const emptied = (folders: readonly OwnFolder[], gone: Iterable<string>): readonly OwnFolder[] => {
	const known = new Set(gone);
	return folders.toReversed().filter(({path, names}) => {
		const isEmpty = !known.has(path) && names.every((name) => known.has(`${path}/${name}`));
		if (isEmpty) known.add(path);
		return isEmpty;
	});
};

const deleteFolder = ({path, mode}: OwnFolder): Action => ({
	does: 'delete-folder',
	path,
	mode,
	withContents: false,
	why: 'remove an empty folder of vira-setup',
});

const goneBy = (actions: readonly Action[]): readonly string[] =>
	actions.flatMap((action) => deletedBy(action)?.path ?? []);

/** `disable` removes the link, and the folder that it leaves empty (systemctl(1)). */
const startLinkOf = ({ties: {startLink}}: Footprint): readonly string[] =>
	startLink ? [startLink.path, ...(startLink.folder ? [startLink.folder.path] : [])] : [];

/**
 * The receipt records a running removal from before its first change until after its last, so that an interrupted one is
 * recognized and can be finished.
 */
const recordActions = ({receipt, record}: Footprint, {now}: Facts): readonly [Action[], Action[]] => {
	if (!receipt || !record) return [[], []];
	const {path, before} = record;
	const why = 'record that a removal has started';
	const content = receipt.removing
		? before.content
		: formatReceipt({...receipt, state: 'pending', removing: true, at: now});
	return [
		receipt.removing ? [] : [{does: 'write-file', path, mode: before.mode, content, before, why}],
		[
			{
				does: 'delete-file',
				path,
				before: {content, mode: before.mode},
				why: 'everything that it lists was removed',
			},
		],
	];
};

/** The actions that remove everything that vira-setup created. Pure. */
export const planRemoval = (facts: Facts, footprint: Footprint, choices: RemovalChoices): RemovalPlan => {
	const {remover} = managerOf(facts);
	const {folders, built, record, ties} = footprint;
	const serviceFiles = ownServiceFiles(facts, footprint);
	const [begin, end] = recordActions(footprint, facts);
	const ending = remover.retire(serviceFiles, ties);
	const changes = [
		...ending,
		...fileActions(facts, footprint, choices),
		...built.flatMap((folder) => letGo(folder, {facts})),
	];
	const purges = choices.purge ? purgeActions(footprint) : [];
	const first = new Set([
		...goneBy([...changes, ...end]),
		...(ending.length > 0 ? startLinkOf(footprint) : []),
	]);
	const early = emptied(folders, first);
	const late = emptied(folders, [...first, ...early.map(({path}) => path), ...goneBy(purges)]);
	const holdsRecord = ({path}: OwnFolder): boolean => record?.path.startsWith(`${path}/`) ?? false;
	const lingerOff = choices.disableLinger && mayDisableLinger(facts, footprint) ? remover.lingerOff : [];
	const actions = [
		...begin,
		...changes,
		...early.filter((folder) => !holdsRecord(folder)).map(deleteFolder),
		...lingerOff,
	];
	const last = [
		...late.filter((folder) => !holdsRecord(folder)).map(deleteFolder),
		...end,
		...[...early, ...late].filter(holdsRecord).map(deleteFolder),
	];
	const gone = new Set([...first, ...goneBy([...actions, ...purges, ...last])]);
	return purges.length > 0
		? {actions: withRootAsked(actions), forGood: [...purges, ...last], gone}
		: {actions: withRootAsked([...actions, ...last]), forGood: [], gone};
};
