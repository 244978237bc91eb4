import type {System} from '../platform/system.ts';
import {look} from './place.ts';

/** The executable behind `package`: the file itself, or `bin/vira` of a folder. */
export const resolveProgram = async (
	system: System,
	path: string,
): Promise<{readonly program: string} | {readonly sentence: string}> => {
	const found = await look(system, path);
	if (!found?.leadsTo) return {sentence: `There is nothing at ${path}.`};
	if (found.leadsTo !== 'folder')
		return found.executable ? {program: path} : {sentence: `${path} is no executable file.`};
	const inside = `${path.replace(/\/+$/u, '')}/bin/vira`;
	const program = await look(system, inside);
	return program?.executable ? {program: inside} : {sentence: `There is no executable ${inside}.`};
};
