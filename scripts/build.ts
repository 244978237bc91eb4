import {chmod, readFile, rm, writeFile} from 'node:fs/promises';
import {join, sep} from 'node:path';
import {build, type Metafile, type Plugin} from 'esbuild';

const root = join(import.meta.dirname, '..');

/** Ink connects to React's developer tools when DEV=true; that is nothing a wizard needs. */
const withoutDevtools: Plugin = {
	name: 'without-devtools',
	setup: ({onResolve, onLoad}) => {
		onResolve({filter: /^\.\/devtools\.js$/}, () => ({path: 'devtools', namespace: 'empty'}));
		onLoad({filter: /.*/, namespace: 'empty'}, () => ({contents: 'export default {}'}));
	},
};

/** Folders of the packages that ended up in the bundle. */
const bundledPackages = (metafile: Metafile): readonly string[] => {
	const inputs = Object.values(metafile.outputs).flatMap((output) =>
		Object.entries(output.inputs).flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 ? [path] : [])),
	);
	const folders = inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(path)?.[1] ?? []);
	return [...new Set(folders)].toSorted();
};

const licenceNames = [
	'LICENSE',
	'license',
	'LICENSE.md',
	'license.md',
	'LICENSE.txt',
	'LICENCE',
	'License.md',
];

const readLicence = async (folder: string): Promise<string> => {
	for (const name of licenceNames) {
		const text = await readFile(join(root, folder, name), 'utf8').catch(() => undefined);
		if (text !== undefined) return text.trim();
	}
	return '';
};

const notice = async (folder: string): Promise<string> => {
	const {name, version, license} = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8')) as {
		readonly name: string;
		readonly version: string;
		readonly license?: string;
	};
	const text =
		(await readLicence(folder)) || `Licensed under ${license ?? 'terms that its package does not name'}.`;
	return `## ${name} ${version}\n\n${text
		.split('\n')
		.map((line) => `    ${line}`.trimEnd())
		.join('\n')}\n`;
};

const {metafile} = await (async () => {
	await rm(join(root, 'dist'), {recursive: true, force: true});
	return build({
		absWorkingDir: root,
		entryPoints: ['src/cli.ts'],
		outdir: 'dist',
		bundle: true,
		splitting: true,
		format: 'esm',
		platform: 'node',
		target: 'node20.17',
		minify: true,
		keepNames: false,
		metafile: true,
		chunkNames: '[name]-[hash]',
		define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
		plugins: [withoutDevtools],
		banner: {
			// What CommonJS packages find in their scope, for those that end up in an ESM bundle.
			js: "import {createRequire as viraSetupRequire} from 'node:module'; const require = viraSetupRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
		},
	});
})();
const entry = join(root, 'dist', 'cli.js');
await writeFile(entry, `#!/usr/bin/env node\n${await readFile(entry, 'utf8')}`);
await chmod(entry, 0o755);
const notices = await Promise.all(
	bundledPackages(metafile).map((folder) => notice(folder.split('/').join(sep))),
);
await writeFile(
	join(root, 'dist', 'THIRD-PARTY-NOTICES.md'),
	`# Third-party notices\n\nvira-setup is delivered with these packages in it.\n\n${notices.join('\n')}`,
);
