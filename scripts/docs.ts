import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {format, resolveConfig} from 'prettier';
import {
	ansibleArguments,
	ansibleDocumentation,
	galaxyFile,
	roleArguments,
	roleTask,
} from './generate/ansible.ts';
import {commandLinePage} from './generate/command-line-page.ts';
import {manualPage} from './generate/manual.ts';
import {outputSchema} from './generate/output-schema.ts';
import {installScript, nameOnGitHub, unnamed, withLinks, withRepository} from './generate/package-links.ts';
import {settingsPage} from './generate/settings-page.ts';
import {settingsSchema} from './generate/settings-schema.ts';
import packageFile from '../package.json' with {type: 'json'};

const root = join(import.meta.dirname, '..');
const {version} = packageFile;
const linked = withLinks(packageFile);
const repository = nameOnGitHub(linked);

/** The repository that the documents name now: the one of the links, which are not those of the repository yet. */
const previous =
	'homepage' in packageFile
		? nameOnGitHub({repository: String(packageFile.homepage).replace(/#.*$/u, '')})
		: undefined;

const present = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

/** A document with the repository in it; a name of another length moves the columns of a table. */
const named = async (path: string): Promise<readonly [string, string]> => {
	const text = withRepository(await present(path), previous ?? unnamed, repository ?? unnamed);
	const style = await resolveConfig(join(root, path));
	return [path, await format(text, {...style, filepath: path})];
};

/** The release date of the version, from the changelog; undefined before its release. */
const changelog = await present('CHANGELOG.md');
const released =
	changelog
		.split('\n')
		.find((line) => line.startsWith(`## [${version}] - `))
		?.slice(-10) ?? '';

const argumentsOfRole = 'ansible/roles/vira/meta/argument_specs.yml';
const taskOfRole = 'ansible/roles/vira/tasks/service.yml';

const generated: Readonly<Record<string, string>> = {
	'docs/settings.md': settingsPage(),
	'docs/command-line.md': commandLinePage(),
	'man/vira-setup.1': manualPage(version, released, linked.bugs),
	'install.sh': installScript(await present('install.sh'), version, repository),
	...Object.fromEntries(
		await Promise.all(['README.md', 'SECURITY.md', 'docs/installing.md', 'ansible/README.md'].map(named)),
	),
	'package.json': `${JSON.stringify(linked, undefined, '\t')}\n`,
	'ansible/galaxy.yml': galaxyFile(
		withRepository(await present('ansible/galaxy.yml'), previous ?? unnamed, repository ?? unnamed),
		version,
	),
	'ansible/plugins/doc_fragments/settings.py': ansibleDocumentation(),
	'ansible/plugins/module_utils/settings.py': ansibleArguments(),
	[argumentsOfRole]: roleArguments(await present(argumentsOfRole)),
	[taskOfRole]: roleTask(await present(taskOfRole)),
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
	const found = await readFile(target, 'utf8').catch(() => undefined);
	if (found === text) continue;
	stale.push(path);
	if (check) continue;
	await mkdir(join(target, '..'), {recursive: true});
	await writeFile(target, text);
}
if (check && stale.length > 0) {
	console.error(`Stale, run npm run docs: ${stale.join(', ')}`);
	process.exitCode = 1;
}
