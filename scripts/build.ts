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

/** Property lists are XML: they have no use for the two thousand names that HTML has for characters. */
const withoutHtmlNames: Plugin = {
	name: 'without-html-names',
	setup: ({onLoad}) => {
		onLoad({filter: /@xmldom\/xmldom\/lib\/entities\.js$/}, async ({path}) => {
			const text = await readFile(path, 'utf8');
			const contents = text.replace(
				/(exports\.HTML_ENTITIES = )freeze\([^]*?\);/u,
				'$1exports.XML_ENTITIES;',
			);
			if (contents === text) throw new Error(`There are no names of HTML in ${path} any more.`);
			return {contents};
		});
	},
};

/**
 * Packages that are called where nothing can be waited for, and that most runs do not need: each is a file of its own,
 * which the first call loads.
 */
const onCall: Readonly<Record<string, readonly string[]>> = {plist: ['build', 'parse']};

const loadedOnCall: Plugin = {
	name: 'loaded-on-call',
	setup: ({onResolve, onLoad}) => {
		const isOnCall = new RegExp(`^(?:${Object.keys(onCall).join('|')})$`);
		onResolve({filter: isOnCall}, ({path}) => ({path, namespace: 'on-call'}));
		onResolve({filter: /\.cjs$/, namespace: 'on-call'}, ({path}) => ({path, external: true}));
		onLoad({filter: /.*/, namespace: 'on-call'}, ({path}) => ({
			contents: (onCall[path] ?? [])
				.map((name) => `export const ${name} = (...given) => require('./${path}.cjs').${name}(...given);`)
				.join('\n'),
		}));
	},
};

/** Folders of the packages that ended up in the bundle. */
const bundledPackages = (metafile: Metafile): readonly string[] => {
	const inputs = Object.values(metafile.outputs).flatMap((output) =>
		Object.entries(output.inputs).flatMap(([path, {bytesInOutput}]) => (bytesInOutput > 0 ? [path] : [])),
	);
	const folders = inputs.flatMap((path) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//u.exec(path)?.[1] ?? []);
	return [...new Set(folders)];
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

const shared = {
	absWorkingDir: root,
	outdir: 'dist',
	bundle: true,
	platform: 'node',
	target: 'node20.17',
	minify: true,
	metafile: true,
	define: {'process.env.NODE_ENV': '"production"', 'process.env.DEV': '"false"'},
} as const;

await rm(join(root, 'dist'), {recursive: true, force: true});
const built = await Promise.all([
	build({
		...shared,
		entryPoints: ['src/cli.ts'],
		splitting: true,
		format: 'esm',
		chunkNames: '[name]-[hash]',
		plugins: [withoutDevtools, loadedOnCall],
		banner: {
			// What CommonJS packages find in their scope, for those that end up in an ESM bundle.
			js: "import {createRequire as viraSetupRequire} from 'node:module'; const require = viraSetupRequire(import.meta.url), __filename = import.meta.filename, __dirname = import.meta.dirname;",
		},
	}),
	build({
		...shared,
		entryPoints: Object.keys(onCall),
		format: 'cjs',
		outExtension: {'.js': '.cjs'},
		plugins: [withoutHtmlNames],
	}),
]);
const entry = join(root, 'dist', 'cli.js');
await writeFile(entry, `#!/usr/bin/env node\n${await readFile(entry, 'utf8')}`);
await chmod(entry, 0o755);
const notices = await Promise.all(
	[...new Set(built.flatMap(({metafile}) => bundledPackages(metafile)))]
		.toSorted()
		.map((folder) => notice(folder.split('/').join(sep))),
);
await writeFile(
	join(root, 'dist', 'THIRD-PARTY-NOTICES.md'),
	`# Third-party notices\n\nvira-setup is delivered with these packages in it.\n\n${notices.join('\n')}`,
);
