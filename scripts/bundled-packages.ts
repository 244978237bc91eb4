import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import type {Metafile} from 'esbuild';

/** What package.json of a bundled package says. */
export interface BundledPackage {
	readonly name: string;
	readonly version: string;
	/** An SPDX expression. */
	readonly license?: string;
}

/** Folders, such as `node_modules/ink`, of the packages that have a byte in the bundles, in alphabetical order. */
export const bundledFolders = (metafiles: readonly Metafile[]): readonly string[] => {
	const inputs = metafiles
		.flatMap(({outputs}) => Object.values(outputs))
		.flatMap((output) =>
			Object.entries(output.inputs).flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 ? [path] : [])),
		);
	const folders = inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(path)?.[1] ?? []);
	return [...new Set(folders)].toSorted();
};

/** Reads package.json of the package in that folder below `root`. Throws if it cannot be read. */
export const readPackage = async (root: string, folder: string): Promise<BundledPackage> =>
	JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as BundledPackage;
