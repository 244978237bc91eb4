import {mkdir} from 'node:fs/promises';
import {join} from 'node:path';
import type {Cell} from './cell.ts';

/** Makes a copy-on-write copy of a base image in a cell, and gives the folder it has there. */
export async function cloneImage(cell: Cell, image: string): Promise<string> {
	const folder = join(image, '..', 'mounted');
	await mkdir(folder, {recursive: true});
	const [upper, work, root] = [join(folder, 'upper'), join(folder, 'work'), join(folder, 'root')];
	const layers = `lowerdir=${image},upperdir=${upper},workdir=${work}`;
	// On a tmpfs, because an overlay cannot have its upper layer on another overlay.
	await cell.demand(['mount', '-t', 'tmpfs', '-o', 'mode=0755', 'tmpfs', folder]);
	await cell.demand(['mkdir', upper, work, root]);
	await cell.demand(['mount', '-t', 'overlay', '-o', layers, 'overlay', root]);
	return root;
}
