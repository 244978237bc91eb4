import {doesNotExist} from '../path-errors.ts';
import type {System} from '../system.ts';
import {whyNotExecutable} from './why-not-run.ts';
import {look} from '../place.ts';

/** The executable of `package`: the file itself, or `bin/vira` of a folder. */
export const resolveProgram = async (
	system: System,
	path: string,
): Promise<{readonly program: string} | {readonly message: string}> => {
	const found = await look(system, path);
	if (!found?.leadsTo) return {message: doesNotExist(path)};
	if (found.leadsTo !== 'folder') {
		const why = await whyNotExecutable(system, path, found);
		return why === undefined ? {program: path} : {message: `${why}.`};
	}
	const inside = `${path.replace(/\/+$/u, '')}/bin/vira`;
	const program = await look(system, inside);
	if (!program?.leadsTo) return {message: doesNotExist(inside)};
	const why = await whyNotExecutable(system, inside, program);
	return why === undefined ? {program: inside} : {message: `${why}.`};
};
