import {readFile, rm, writeFile} from 'node:fs/promises';
import {join, sep} from 'node:path';
import {build, type Metafile} from 'esbuild';
import {minify as shorten} from 'terser';
import {moduleBundle, onCallBundle} from './bundle-options.ts';
import {entryFiles} from './entry-files.ts';

const root = join(import.meta.dirname, '..');

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

/** Removing names and spaces that the bundler leaves saves another twentieth of the package; the licenses are included. */
const shrink = async (path: string): Promise<void> => {
	const text = await readFile(path, 'utf8');
	const {code} = await shorten(text, {
		module: path.endsWith('.js'),
		ecma: 2020,
		compress: {passes: 1},
		format: {comments: false},
	});
	if (code === undefined) throw new Error(`Nothing is left of ${path}.`);
	await writeFile(path, code);
};

/** The package for npm is as small as possible; a build for testing is ten times faster. npm runs `prepare` for both. */
const isPacking = ['pack', 'publish'].includes(process.env['npm_command'] ?? '');
const minify = isPacking || process.argv.includes('--minify');
const place = {absWorkingDir: root, outdir: 'dist', minify};

await rm(join(root, 'dist'), {recursive: true, force: true});
const built = await Promise.all([
	build({...moduleBundle, ...place, entryPoints: ['src/cli.ts']}),
	build({...onCallBundle, ...place}),
]);
const scripts = built
	.flatMap(({metafile}) => Object.keys(metafile.outputs))
	.filter((path) => /\.c?js$/u.test(path));
if (minify) await Promise.all(scripts.map((path) => shrink(join(root, path))));
for (const [name, text] of await entryFiles(root))
	await writeFile(join(root, 'dist', name), text, {mode: text.startsWith('#!') ? 0o755 : 0o644});
const notices = await Promise.all(
	[...new Set(built.flatMap(({metafile}) => bundledPackages(metafile)))]
		.toSorted()
		.map((folder) => notice(folder.split('/').join(sep))),
);
await writeFile(
	join(root, 'dist', 'THIRD-PARTY-NOTICES.md'),
	`# Third-party notices\n\nvira-setup is delivered with these packages in it.\n\n${notices.join('\n')}`,
);
