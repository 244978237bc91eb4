import {transform} from '@swc/core';
import {build, type Plugin} from 'esbuild';

const entryFile = 'entry.cjs';
const loadFile = 'load.cjs';

/** In the package, cli.ts is an ES module, which only a file of its own can load: no old Node may come across `import()`. */
const cliInFile: Plugin = {
	name: 'cli-in-file',
	setup: ({onResolve}) => {
		onResolve({filter: /^\.\/cli\.ts$/}, () => ({path: `./${loadFile}`, external: true}));
	},
};

/** What npm starts, by file name in dist: ECMAScript 5 alone, for Nodes that are too old to run more. */
export const entryFiles = async (root: string): Promise<ReadonlyMap<string, string>> => {
	const bundled = await build({
		absWorkingDir: root,
		entryPoints: ['src/entry.ts'],
		bundle: true,
		platform: 'node',
		format: 'cjs',
		// esbuild leaves the syntax to swc, which knows ECMAScript 5.
		target: 'esnext',
		write: false,
		plugins: [cliInFile],
	});
	const [{text} = {text: ''}] = bundled.outputFiles;
	const {code} = await transform(text, {
		isModule: false,
		minify: true,
		jsc: {target: 'es5', parser: {syntax: 'ecmascript'}},
	});
	return new Map([
		[entryFile, `#!/usr/bin/env node\n${code}`],
		[loadFile, "import('./cli.js');\n"],
	]);
};
