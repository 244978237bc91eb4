import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {commandLinePage} from './generate/command-line-page.ts';
import {manualPage} from './generate/manual.ts';
import {outputSchema} from './generate/output-schema.ts';
import {withLinks} from './generate/package-links.ts';
import {settingsPage} from './generate/settings-page.ts';
import {settingsSchema} from './generate/settings-schema.ts';
import packageFile from '../package.json' with {type: 'json'};

const root = join(import.meta.dirname, '..');
const {version} = packageFile;
const linked = withLinks(packageFile);

/** The release date of the version, from the changelog; undefined before its release. */
const changelog = await readFile(join(root, 'CHANGELOG.md'), 'utf8');
const released =
	changelog
		.split('\n')
		.find((line) => line.startsWith(`## [${version}] - `))
		?.slice(-10) ?? '';

const generated: Readonly<Record<string, string>> = {
	'docs/settings.md': settingsPage(),
	'docs/command-line.md': commandLinePage(),
	'man/vira-setup.1': manualPage(version, released, linked.bugs),
	'package.json': `${JSON.stringify(linked, undefined, '\t')}\n`,
	'assets/output.schema.json': `${JSON.stringify(outputSchema(), undefined, '\t')}\n`,
	'assets/settings.schema.json': `${JSON.stringify(settingsSchema(), undefined, '\t')}\n`,
};

// A published package says where it comes from, and npm proves it.
if (process.argv.includes('--publish') && linked.repository === undefined)
	throw new Error('Name the repository first: npm pkg set repository=github:OWNER/NAME && npm run docs');

/** `--check`: reports stale files instead of writing them. */
const check = process.argv.includes('--check');
const stale: string[] = [];
for (const [path, text] of Object.entries(generated)) {
	const target = join(root, path);
	const present = await readFile(target, 'utf8').catch(() => undefined);
	if (present === text) continue;
	stale.push(path);
	if (check) continue;
	await mkdir(join(target, '..'), {recursive: true});
	await writeFile(target, text);
}
if (check && stale.length > 0) {
	console.error(`Stale, run npm run docs: ${stale.join(', ')}`);
	process.exitCode = 1;
}
