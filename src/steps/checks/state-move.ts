import type {Fix} from '../../notice.ts';
import {posix} from 'node:path';
import {commandText} from '../../platform/command-text.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {defaultSettings, withGiven} from '../../settings/options.ts';
import {
	findExisting,
	isWithin,
	look,
	namesIn,
	realPathOf,
	skim,
	type ExistingPath,
} from '../../platform/paths.ts';
import type {System} from '../../platform/system.ts';
import {nothing, type Check, type Remarks} from '../../platform/service-manager/check.ts';

interface Move {
	/** The previous folder and the new one. */
	readonly from: string;
	readonly to: string;
	/** What exists of `to`. */
	readonly place: ExistingPath;
}

/** An existing folder is filled with cp: mv(1) would put the old one into it. */
const takeAlong = ({from, to, place}: Move): readonly string[] => {
	const parent = posix.dirname(to);
	if (place.missing.length === 0) return [commandText(['cp', '-a', `${from}/.`, `${to}/`])];
	const above = place.missing.length > 1 ? [commandText(['mkdir', '-p', parent])] : [];
	return [...above, commandText(['mv', from, to])];
};

const fixesOf = (move: Move): readonly Fix[] => {
	if (isWithin(move.to, move.from))
		return [{say: `To move it, use a folder that is not inside ${move.from}.`}];
	return [
		{say: 'To move it, run these commands, then run vira-setup again:'},
		{say: '', command: 'vira-setup stop'},
		...takeAlong(move).map((command) => ({say: '', command})),
	];
};

const moved = (move: Move, isTaken: boolean): Remarks => {
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
	return moved({from, to, place}, isTaken);
};
