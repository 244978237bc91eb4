import {commandText} from '../../platform/command-text.ts';
import type {Inspected, System} from '../../platform/system.ts';
import {findPlace, reasonAgainst, type Place} from '../place.ts';

/** No chain of certificates is as long; what is was named by mistake. */
const mostBytes = 2 ** 20;

export type Opened =
	| {readonly good: true; readonly text: string; readonly found: Inspected}
	| {readonly good: false; readonly message: string};

const giveAnother = 'Give the path of a PEM file; with neither of the two, Vira makes a pair of its own.';

const absent = ({nearest, found}: Place, path: string): string =>
	nearest === path && found.linksTo !== undefined
		? `${path} is a link to ${found.linksTo}, which is not there. ${giveAnother}`
		: `There is no file ${path}. ${giveAnother}`;

const wrongKind = (path: string, {leadsTo, size}: Inspected): string | undefined => {
	if (leadsTo === 'folder') return `${path} is a folder: give the file in it.`;
	if (leadsTo !== 'file') return `${path} is no ordinary file. ${giveAnother}`;
	if (size === 0) return `${path} is empty. ${giveAnother}`;
	return size > mostBytes
		? `${path} is too large for a PEM file (${Math.ceil(size / mostBytes)} MiB). ${giveAnother}`
		: undefined;
};

/** Vira runs as this person: what they may not read, it may not. */
const copyOf = (path: string, {user}: System): string => {
	const copy = `${user.home}/${path.slice(path.lastIndexOf('/') + 1)}`;
	const install = ['sudo', 'install', '-o', user.name, '-m', '0600', path, copy] as const;
	return `Vira runs as you. Give it a copy: ${commandText(install)}`;
};

/** The text of a PEM file, or why it cannot be had. A pipe is not opened: nothing may ever be written to it. */
export const openPem = async (system: System, path: string): Promise<Opened> => {
	const place = await findPlace(system, path);
	const {nearest, found, hidden, missing} = place;
	if (hidden) {
		const why = await reasonAgainst(system, found, 0o100);
		return {good: false, message: `You may not look into ${nearest}: ${why}. ${copyOf(path, system)}`};
	}
	if (missing.length > 0 || found.leadsTo === undefined) return {good: false, message: absent(place, path)};
	const wrong = wrongKind(path, found);
	if (wrong !== undefined) return {good: false, message: wrong};
	if (!found.readable) {
		const why = await reasonAgainst(system, found, 0o400);
		return {good: false, message: `You may not read ${path}: ${why}. ${copyOf(path, system)}`};
	}
	return {good: true, text: (await system.readFile(path, {lossy: true, mostBytes})) ?? '', found};
};
