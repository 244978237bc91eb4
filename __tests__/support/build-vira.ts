import {chmod} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import {build} from 'esbuild';

// A file without an extension is CommonJS or ESM by the folder it lies in; this line makes it work as both.
const require = 'var require = (name) => process.getBuiltinModule(name);';

/** Bundles the stand-in for Vira into one executable file that needs only Node, and returns its path. */
export const buildStandIn = async (target: string, node = '/usr/bin/env node'): Promise<string> => {
	await build({
		entryPoints: [fileURLToPath(new URL('vira/vira.ts', import.meta.url))],
		outfile: target,
		bundle: true,
		platform: 'node',
		format: 'iife',
		target: 'node20',
		banner: {js: `#!${node}\n${require}`},
		logLevel: 'warning',
	});
	await chmod(target, 0o755);
	return target;
};
