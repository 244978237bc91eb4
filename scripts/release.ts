import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {parseArgs} from 'node:util';
import {build} from 'esbuild';
import packageFile from '../package.json' with {type: 'json'};
import {moduleBundle, onCallBundle, oneFileBundle} from './bundle-options.ts';
import {bundledFolders, readPackage} from './bundled-packages.ts';
import {nameOnGitHub, unnamed} from './generate/package-links.ts';
import {integrities, nodeInBinary, packageFor, targets} from './nodes/releases.ts';
import {archive} from './release/archive.ts';
import {billOfMaterials, type Material} from './release/bill-of-materials.ts';
import {homebrewFormula, nixRelease, obstacles, sectionOf} from './release/texts.ts';

/**
 * Makes the files of a release in build/release, which the workflow publishes. `--dry-run` makes them anywhere,
 * `--twice` compares two runs, and `--executables FOLDER` takes executables that are there, such as signed ones. `--check`
 * makes nothing, and fails if this cannot be released.
 */
const {values} = parseArgs({
	options: {
		'dry-run': {type: 'boolean', default: false},
		twice: {type: 'boolean', default: false},
		check: {type: 'boolean', default: false},
		executables: {type: 'string'},
	},
});
const root = join(import.meta.dirname, '..');
const folder = join(root, 'build', 'release');
const {name, version, description} = packageFile;
const changelog = readFileSync(join(root, 'CHANGELOG.md'), 'utf8');
const repository = nameOnGitHub(packageFile);

/** What package-lock.json says about each package, by its folder. */
interface Lock {
	readonly packages: Readonly<Record<string, {readonly integrity?: string}>>;
}

const run = (program: string, words: readonly string[]): void => {
	execFileSync(program, words, {cwd: root, stdio: ['ignore', 'ignore', 'inherit']});
};

const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);

const sha256 = (file: string): string =>
	createHash('sha256')
		.update(readFileSync(join(folder, file)))
		.digest('hex');

const addExecutables = (): void => {
	if (values.executables === undefined) run('npm', ['run', '--silent', 'binary', '--', '--target', 'all']);
	const from = resolve(values.executables ?? join(root, 'build', 'binary'));
	// Who copies an executable also copies the licences of what is in it.
	const licences = {
		LICENSE: join(root, 'LICENSE'),
		'NODE-LICENSE.txt': join(from, 'NODE-LICENSE.txt'),
		'THIRD-PARTY-NOTICES.md': join(folder, 'THIRD-PARTY-NOTICES.md'),
	};
	for (const target of targets) {
		const one = `${name}-${target}`;
		archive(one, {[name]: join(from, one), ...licences}, join(folder, `${one}.tar.gz`));
	}
};

/** What the package and the executables are made of, as the bundler counts it. */
const findMaterials = async (): Promise<readonly Material[]> => {
	const place = {absWorkingDir: root, outdir: 'dist', write: false, minify: true} as const;
	const built = await Promise.all([
		build({...moduleBundle, ...place, entryPoints: ['src/cli.ts']}),
		build({...oneFileBundle, ...place, entryPoints: ['src/cli.ts']}),
		build({...onCallBundle, ...place}),
	]);
	const {packages: locked} = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
	const bundled = bundledFolders(built.map(({metafile}) => metafile)).map(async (path): Promise<Material> => {
		const {integrity} = locked[path] ?? {};
		if (integrity === undefined) throw new Error(`package-lock.json has no integrity of ${path}.`);
		const {license, ...found} = await readPackage(root, path);
		return {name: found.name, version: found.version, integrity, ...(license === undefined ? {} : {license})};
	});
	const nodes = targets.map((target): Material => {
		const {[`${packageFor(target)}@${nodeInBinary}`]: integrity = ''} = integrities;
		const note = `Node.js in ${name}-${target}`;
		return {name: packageFor(target), version: nodeInBinary, license: 'MIT', integrity, note};
	});
	return [...(await Promise.all(bundled)), ...nodes];
};

const makeFiles = async (): Promise<string> => {
	rmSync(folder, {recursive: true, force: true});
	mkdirSync(join(folder, 'nix'), {recursive: true});
	run('npm', ['pack', '--silent', '--pack-destination', folder]);
	copyFileSync(join(root, 'dist', 'THIRD-PARTY-NOTICES.md'), join(folder, 'THIRD-PARTY-NOTICES.md'));
	copyFileSync(join(root, 'install.sh'), join(folder, 'install.sh'));
	const materials = await findMaterials();
	const notices = readFileSync(join(folder, 'THIRD-PARTY-NOTICES.md'), 'utf8');
	const unlicensed = materials.filter(
		(one) => one.note === undefined && !notices.includes(`## ${one.name} ${one.version}\n`),
	);
	if (unlicensed.length > 0)
		throw new Error(`There is no licence of ${unlicensed.map((one) => one.name).join(', ')}.`);
	addExecutables();
	write(`${name}.cdx.json`, `${JSON.stringify(billOfMaterials(packageFile, materials), undefined, '\t')}\n`);
	const tarball = `${name}-${version}.tgz`;
	const homepage = `https://github.com/${repository ?? unnamed}`;
	const download = {url: `${homepage}/releases/download/v${version}/${tarball}`, sha256: sha256(tarball)};
	write(`${name}.rb`, homebrewFormula(description, homepage, download));
	// What follows is for the workflow, and is not uploaded: the checksums are those of what is.
	const sums = readdirSync(folder, {withFileTypes: true})
		.flatMap((entry) => (entry.isFile() ? [`${sha256(entry.name)}  ${entry.name}\n`] : []))
		.join('');
	write('SHA256SUMS', sums);
	write(join('nix', 'release.json'), nixRelease(version, download));
	write('notes.md', `${sectionOf(changelog, version) ?? sectionOf(changelog, 'Unreleased') ?? ''}\n`);
	return sums;
};

// Before there is a tag, a check takes the one that is to come.
const tagToCome = values.check ? `v${version}` : undefined;
const tag = process.env['GITHUB_REF_TYPE'] === 'tag' ? process.env['GITHUB_REF_NAME'] : tagToCome;
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const found = obstacles({version, changelog, readme, repository, tag});
for (const obstacle of found) console.error(values['dry-run'] ? `Before a release: ${obstacle}` : obstacle);
if (found.length > 0 && !values['dry-run']) process.exit(1);
if (values.check) process.exit();

const sums = await makeFiles();
if (values.twice && (await makeFiles()) !== sums) throw new Error(`Two runs differ. The first one:\n${sums}`);
console.log(sums);
