import type {Fix} from '../../notice.ts';
import type {Facts} from '../../platform/facts.ts';
import {builtVira} from '../../platform/vira/nix.ts';
import {isInstallable} from '../../settings/nix.ts';
import {askVira} from '../../platform/vira/check-vira.ts';
import {expandHome} from '../../settings/value.ts';
import {stateFolderOf} from '../../platform/service.ts';
import type {System} from '../../platform/system.ts';
import {exportByHand} from '../../platform/vira/vira-state.ts';
import type {Warning} from '../../settings/warning.ts';
import {compactTime} from '../plan/plan-state.ts';
import {managerOf} from '../../platform/service-manager/registry.ts';
import {
	look,
	namesIn,
	skim,
	findExisting,
	isWithin,
	realPathOf,
	type ExistingPath,
} from '../../platform/paths.ts';
import type {OldState} from '../../platform/installed/situation.ts';
import {type Remarks, type Subject, nothing, type Check} from '../../platform/service-manager/check.ts';
import {posix} from 'node:path';
import {commandText} from '../../platform/command-text.ts';
import {defaultSettings, withGiven} from '../../settings/options.ts';

/** What Vira deletes from a state that it cannot read, or treats as a part of it. What identifies the state moves last. */
export const partsOfState = ['workspace', 'ViraState', 'schema-version'] as const;

/** Every profile of nix-env(1) keeps its earlier generations as `NAME-N-link`, until they are collected. */
const earlierGenerations = async ({system, facts}: Subject): Promise<readonly string[]> => {
	const folder = `${facts.user.home}/.local/state/nix/profiles`;
	const found = await namesIn(system, folder);
	const names = found === 'hidden' ? [] : found;
	const numberOf = (name: string): number => Number(/-(\d+)-link$/u.exec(name)?.[1] ?? 0);
	return names
		.filter((name) => numberOf(name) > 0)
		.toSorted((one, other) => numberOf(other) - numberOf(one))
		.slice(0, 10)
		.map((name) => `${folder}/${name}/bin/vira`);
};

const pathOfPackage = (value: string, facts: Facts): string =>
	isInstallable(value) ? builtVira(value, facts) : expandHome(value, facts.user.home);

const programsBefore = async (subject: Subject): Promise<readonly string[]> => {
	const {facts, existing} = subject;
	const running = facts.service.mainPid === undefined ? [] : [`/proc/${facts.service.mainPid}/exe`];
	const saved = existing.saved?.given.get('package');
	const path = typeof saved === 'string' ? pathOfPackage(saved, facts) : undefined;
	return [...running, ...(path ? [path, `${path}/bin/vira`] : []), ...(await earlierGenerations(subject))];
};

/** A program that can read states of this schema, by its real path: a link can change later. */
const findReader = async (subject: Subject, schema: string): Promise<string | undefined> => {
	const {system} = subject;
	const asked = new Set<string>();
	for (const program of await programsBefore(subject)) {
		const found = await look(system, program);
		if (!found?.executable || found.realPath === undefined || asked.has(found.realPath)) continue;
		asked.add(found.realPath);
		if (String((await askVira(system, found.realPath)).schema) === schema) return found.realPath;
	}
	return undefined;
};

const partsThere = async (system: System, folder: string): Promise<readonly string[]> => {
	const found = await Promise.all(partsOfState.map((name) => system.inspect(`${folder}/${name}`)));
	return partsOfState.filter((_, index) => found[index] !== undefined);
};

/** What an earlier upgrade has moved aside is not overwritten. */
const freeName = async (system: System, path: string, number = 1): Promise<string> => {
	const name = number === 1 ? path : `${path}-${number}`;
	return (await system.inspect(name)) ? freeName(system, path, number + 1) : name;
};

/** If the program was replaced in place, restarting the old service during an undo would delete the state. */
const isServable = async ({system, facts, existing}: Subject, schema: string): Promise<boolean> => {
	const program = await managerOf(facts).byHand.program(system, existing);
	const found = program === undefined ? undefined : await look(system, program);
	return found?.executable === true && String((await askVira(system, program ?? '')).schema) === schema;
};

/** A run that was interrupted while it moved the state continues in the same place. */
const placeFor = async (
	{system, facts, existing: {receipt}}: Subject,
	folder: string,
	parts: readonly string[],
): Promise<string> => {
	const begun = receipt?.state === 'pending' ? receipt.former?.state : undefined;
	const moved = begun?.folder === folder ? await partsThere(system, begun.keptIn) : parts;
	if (begun && !moved.some((name) => parts.includes(name))) return begun.keptIn;
	return freeName(system, `${folder}/before-reset-${compactTime(facts.now)}`);
};

/** Where a state is kept that the chosen Vira would delete, and which Vira can read its repositories. */
export const findOldState = async (subject: Subject): Promise<OldState> => {
	const {system, settings, facts} = subject;
	const folder = stateFolderOf(settings, facts);
	const schema = ((await system.readFile(`${folder}/schema-version`, {lossy: true})) ?? '').trim();
	const parts = await partsThere(system, folder);
	return {
		folder,
		keptIn: await placeFor(subject, folder, parts),
		parts,
		reader: schema === '' ? undefined : await findReader(subject, schema),
		isServable: schema !== '' && (await isServable(subject, schema)),
	};
};

const fixesFor = ({keptIn, reader}: OldState): readonly Fix[] =>
	reader === undefined
		? [
				{say: 'To export its repositories with the Vira that created it (replace OLD_VIRA with its path):'},
				{say: '', command: exportByHand('OLD_VIRA', keptIn, 'repositories.json')},
			]
		: [{say: `Its repositories are exported to ${keptIn}/repositories.json and can be added again.`}];

/** The remarks on the chosen Vira, with what happens to the old state. */
export const withOldState = (remarks: Remarks, old: OldState): Remarks => ({
	...remarks,
	warnings: remarks.warnings.map((warning): Warning =>
		warning.code === 'state-reset' ? {...warning, fixes: fixesFor(old)} : warning,
	),
});

interface MovedState {
	/** The previous folder and the new one. */
	readonly from: string;
	readonly to: string;
	/** What exists of `to`. */
	readonly place: ExistingPath;
}

/** An existing folder is filled with cp: mv(1) would put the old one into it. */
const takeAlong = ({from, to, place}: MovedState): readonly string[] => {
	const parent = posix.dirname(to);
	if (place.missing.length === 0) return [commandText(['cp', '-a', `${from}/.`, `${to}/`])];
	const above = place.missing.length > 1 ? [commandText(['mkdir', '-p', parent])] : [];
	return [...above, commandText(['mv', from, to])];
};

const fixesOf = (move: MovedState): readonly Fix[] => {
	if (isWithin(move.to, move.from))
		return [{say: `To move it, use a folder that is not inside ${move.from}.`}];
	return [
		{say: 'To move it, run these commands, then run vira-setup again:'},
		{say: '', command: 'vira-setup stop'},
		...takeAlong(move).map((command) => ({say: '', command})),
	];
};

const movedRemarks = (move: MovedState, isTaken: boolean): Remarks => {
	const {from, to} = move;
	const stays = `The existing repositories and jobs stay in ${from}.`;
	const message = isTaken
		? `${stays} Vira would use the other state in ${to}.`
		: `${stays} Vira would start with an empty state in ${to}.`;
	const fixes = isTaken
		? [{say: `To use the existing state, keep the state folder ${from}.`}]
		: fixesOf(move);
	return {problems: [], warnings: [{code: 'state-moved', option: 'stateDir', message, fixes}]};
};

/** The files of a database: their sizes, and the content of small ones. */
const filesIn = async (system: System, folder: string): Promise<string> => {
	const names = await namesIn(system, `${folder}/ViraState`);
	if (names === 'hidden') return folder;
	const files = names.toSorted().map(async (name) => {
		const path = `${folder}/ViraState/${name}`;
		const [found, text] = await Promise.all([look(system, path), skim(system, path)]);
		return `${name} ${found?.size ?? 0} ${text ?? ''}`;
	});
	return (await Promise.all(files)).join('\n');
};

/** After a copy as suggested, the state is in both folders. */
const isCopy = async (system: System, from: string, to: string): Promise<boolean> =>
	(await filesIn(system, from)) === (await filesIn(system, to));

/** A new state folder: the old state is not moved, which looks like data loss. */
export const checkStateMove: Check = async ({system, settings, facts, existing}) => {
	if (!existing.saved) return nothing;
	const before = withGiven(defaultSettings({vira: undefined}), existing.saved.given);
	const [from, to] = [stateFolderOf(before, facts), stateFolderOf(settings, facts)];
	const [old, place] = await Promise.all([findExisting(system, from), findExisting(system, to)]);
	const [oldState, newState] = await Promise.all(
		[from, to].map((folder) => findExisting(system, `${folder}/ViraState`)),
	);
	const wasThere = oldState?.missing.length === 0;
	if (!wasThere || realPathOf(old) === realPathOf(place)) return nothing;
	const isTaken = newState?.missing.length === 0;
	if (isTaken && (await isCopy(system, from, to))) return nothing;
	return movedRemarks({from, to, place}, isTaken);
};
