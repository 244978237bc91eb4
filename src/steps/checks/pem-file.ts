import {cannotRead, doesNotExist, isFolderNotFile} from '../../platform/path-errors.ts';
import {commandText} from '../../platform/command-text.ts';
import type {Inspected, System} from '../../platform/system.ts';
import {findPlace, reasonAgainst, type Place} from '../../platform/place.ts';

/** No certificate chain is that long: a larger file is the wrong one. */
const mostBytes = 2 ** 20;

export type Opened =
	| {readonly good: true; readonly text: string; readonly found: Inspected}
	| {readonly good: false; readonly message: string};

const giveAnother = 'Use a PEM file, or set neither certificate nor key: Vira then creates its own.';

const absent = ({nearest, found}: Place, path: string): string =>
	nearest === path && found.linksTo !== undefined
		? `${path} is a link to ${found.linksTo}, which does not exist. ${giveAnother}`
		: `${doesNotExist(path)} ${giveAnother}`;

const wrongKind = (path: string, {leadsTo, size}: Inspected): string | undefined => {
	if (leadsTo === 'folder') return isFolderNotFile(path);
	if (leadsTo !== 'file') return `${path} is not a regular file. ${giveAnother}`;
	if (size === 0) return `${path} is empty. ${giveAnother}`;
	return size > mostBytes
		? `${path} is too large for a PEM file (${Math.ceil(size / mostBytes)} MiB). ${giveAnother}`
		: undefined;
};

/** Vira runs as the user, with the same permissions. */
const copyOf = (path: string, {user}: System): string => {
	const copy = `${user.home}/${path.slice(path.lastIndexOf('/') + 1)}`;
	const install = ['sudo', 'install', '-o', user.name, '-m', '0600', path, copy] as const;
	return `Vira runs under your account. To create a copy that it can read: ${commandText(install)}`;
};

/** The text of a PEM file, or why it cannot be read. A pipe is not opened: reading could block forever. */
export const openPem = async (system: System, path: string): Promise<Opened> => {
	const place = await findPlace(system, path);
	const {nearest, found, hidden, missing} = place;
	if (hidden) {
		const why = await reasonAgainst(system, found, 0o100);
		return {good: false, message: `${cannotRead(nearest, why)} ${copyOf(path, system)}`};
	}
	if (missing.length > 0 || found.leadsTo === undefined) return {good: false, message: absent(place, path)};
	const wrong = wrongKind(path, found);
	if (wrong !== undefined) return {good: false, message: wrong};
	if (!found.readable) {
		const why = await reasonAgainst(system, found, 0o400);
		return {good: false, message: `${cannotRead(path, why)} ${copyOf(path, system)}`};
	}
	return {good: true, text: (await system.readFile(path, {lossy: true, mostBytes})) ?? '', found};
};
