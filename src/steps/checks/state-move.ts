import {posix} from 'node:path';
import {commandText} from '../../platform/command-text.ts';
import {stateFolderOf} from '../../platform/service.ts';
import {defaultSettings, withGiven} from '../../settings/options.ts';
import {skim} from '../../platform/look.ts';
import type {System} from '../../platform/system.ts';
import {findPlace, isWithin, look, namesIn, realPathOf, type Place} from '../place.ts';
import {nothing, type Check, type Remarks} from './check.ts';

interface Move {
	/** The folder before, and the one that is to be. */
	readonly from: string;
	readonly to: string;
	/** As `to` is now. */
	readonly place: Place;
}

/** A folder that is there already is filled: mv(1) would put the old one into it. */
const takeAlong = ({from, to, place}: Move): readonly string[] => {
	const parent = posix.dirname(to);
	if (place.missing.length === 0) return [commandText(['cp', '-a', `${from}/.`, `${to}/`])];
	const above = place.missing.length > 1 ? [commandText(['mkdir', '-p', parent])] : [];
	return [...above, commandText(['mv', from, to])];
};

const fixesOf = (move: Move): readonly string[] => {
	if (isWithin(move.to, move.from))
		return [`To take it along, use a folder that is not inside ${move.from}.`];
	return ['To take it along, run these, then vira-setup again:', 'vira-setup stop', ...takeAlong(move)];
};

const moved = (move: Move, isTaken: boolean): Remarks => {
	const {from, to} = move;
	const stays = `The repositories and jobs so far stay behind in ${from}:`;
	const message = isTaken
		? `${stays} Vira would go on with the other state that is in ${to}.`
		: `${stays} Vira would start with an empty state in ${to}.`;
	const fixes = isTaken ? [`To go on with the state so far, keep the state folder ${from}.`] : fixesOf(move);
	return {problems: [], warnings: [{code: 'state-moved', option: 'stateDir', message, fixes}]};
};

/** The files of a database: sizes, and what is in those that are not large. */
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

/** Whoever has taken it along as they were told has it in both folders. */
const isCopy = async (system: System, from: string, to: string): Promise<boolean> =>
	(await filesIn(system, from)) === (await filesIn(system, to));

/** Another state folder than before: the old one is not moved, and that is easily taken for a loss. */
export const checkStateMove: Check = async ({system, settings, facts, existing}) => {
	if (!existing.saved) return nothing;
	const before = withGiven(defaultSettings({vira: undefined}), existing.saved.given);
	const [from, to] = [stateFolderOf(before, facts), stateFolderOf(settings, facts)];
	const [old, place] = await Promise.all([findPlace(system, from), findPlace(system, to)]);
	const [oldState, newState] = await Promise.all(
		[from, to].map((folder) => findPlace(system, `${folder}/ViraState`)),
	);
	const wasThere = oldState?.missing.length === 0;
	if (!wasThere || realPathOf(old) === realPathOf(place)) return nothing;
	const isTaken = newState?.missing.length === 0;
	if (isTaken && (await isCopy(system, from, to))) return nothing;
	return moved({from, to, place}, isTaken);
};
