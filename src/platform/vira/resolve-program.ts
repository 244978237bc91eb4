import { doesNotExist } from '../place.ts';
import type {System} from '../system.ts';
import {whyNotExecutable} from './why-not-run.ts';
import {look} from '../place.ts';

/** The executable of `package`: the file itself, or `bin/vira` of a folder. */
export const resolveProgram = async (
	system: System,
	path: string,
): Promise<{readonly program: string} | {readonly message: string}> => {
	const given = await look(system, path);
	const isFolder = given?.leadsTo === 'folder';
	const program = isFolder ? `${path.replace(/\/+$/u, '')}/bin/vira` : path;
	const found = isFolder ? await look(system, program) : given;
	if (!found?.leadsTo) return {message: doesNotExist(program)};
	const why = await whyNotExecutable(system, program, found);
	return why === undefined ? {program} : {message: `${why}.`};
};
