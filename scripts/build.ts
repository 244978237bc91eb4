import {readFile, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {build} from 'esbuild';
import {minify as shorten} from 'terser';
import {bundledFolders, readPackage} from './bundled-packages.ts';
import {moduleBundle, onCallBundle, oneFileBundle} from './bundle-options.ts';
import {entryFiles} from './entry-files.ts';

const root = join(import.meta.dirname, '..');

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
	const {name, version, license} = await readPackage(root, folder);
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
// The notices are those of the executables, too, which have a part of a package more.
const inExecutables = minify
	? [await build({...oneFileBundle, ...place, entryPoints: ['src/cli.ts'], write: false})]
	: [];
const notices = await Promise.all(
	bundledFolders([...built, ...inExecutables].map(({metafile}) => metafile)).map((folder) => notice(folder)),
);
await writeFile(
	join(root, 'dist', 'THIRD-PARTY-NOTICES.md'),
	`# Third-party notices\n\nvira-setup is delivered with these packages in it.\n\n${notices.join('\n')}`,
);
