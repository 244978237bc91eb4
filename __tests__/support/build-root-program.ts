import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

/** Bundles the program that needs root into one file, and returns its path. */
export const buildRootProgram = async (target: string): Promise<string> => {
	await build({
		entryPoints: [fileURLToPath(new URL('root-program.ts', import.meta.url))],
		outfile: target,
		bundle: true,
		platform: 'node',
		format: 'esm',
		target: 'node20',
		// React's developer tools are not installed, and Ink loads them only if DEV is true.
		alias: {'react-devtools-core': 'node:events'},
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		banner: {
			js: "import {createRequire} from 'node:module'; const require = createRequire(import.meta.url);",
		},
		logLevel: 'warning',
	});
	return target;
};
