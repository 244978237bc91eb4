import {join} from 'node:path';
import {build} from 'esbuild';
import {moduleBundle} from '../bundle-options.ts';

const root = join(import.meta.dirname, '..', '..');

const source = `
import {createElement} from 'react';
import {render, Text} from 'ink';
render(createElement(Text, undefined, 'Hello'));
setInterval(() => undefined, 1000);
`;

/** Writes the smallest Ink program into a folder, bundled like ours, and returns its path. */
export const smallestInk = async (folder: string): Promise<string> => {
	await build({
		...moduleBundle,
		absWorkingDir: root,
		stdin: {contents: source, resolveDir: root, sourcefile: 'smallest.js'},
		outdir: folder,
		outExtension: {'.js': '.mjs'},
		entryNames: 'smallest',
	});
	return join(folder, 'smallest.mjs');
};
