import {chmod, mkdir, mkdtemp, readdir, rename, rm, stat, writeFile} from 'node:fs/promises';
import {dirname, join, resolve} from 'node:path';
import {demandCommand, lastLines, runCommand} from './command.ts';
import {hostMirror, prepareHost} from './host.ts';
import {isLeftBehind} from './left-behind.ts';
import {imageName, recipeFor, type Recipe, type Suite} from './recipe.ts';

/** The folder that keeps the base images; VIRA_SETUP_MACHINES names another. */
function imagesFolder(): string {
	return resolve(process.env['VIRA_SETUP_MACHINES'] ?? '/var/cache/vira-setup/machines');
}

/**
 * The folder of a suite's base image, which is made first where there is none yet (that takes a minute). With `more`
 * packages it is an image of its own.
 */
export async function baseImage(suite: Suite, more: readonly string[] = []): Promise<string> {
	await prepareHost();
	const recipe = recipeFor(suite, more);
	const image = join(imagesFolder(), imageName(recipe));
	if (!(await exists(image))) await makeImage(recipe, image);
	return image;
}

const mark = '.unfinished-';

async function makeImage(recipe: Recipe, image: string): Promise<void> {
	await mkdir(dirname(image), {recursive: true});
	await sweep(dirname(image));
	// Only a complete image gets the final name.
	const unfinished = await mkdtemp(`${image}${mark}${process.pid}-`);
	try {
		await chmod(unfinished, 0o755);
		await installDebian(recipe, unfinished);
		await applyRecipe(recipe, unfinished);
		await rename(unfinished, image).catch(async (error: unknown) => {
			// Another process was faster; its image is just as good.
			if (!(await exists(image))) throw error;
		});
	} finally {
		await rm(unfinished, {recursive: true, force: true});
	}
}

/** Removes the unfinished images of a process that was killed. */
async function sweep(folder: string): Promise<void> {
	const left = (await readdir(folder)).filter((name) => isLeftBehind(name, mark));
	for (const name of left) await rm(join(folder, name), {recursive: true, force: true});
}

async function installDebian({suite, packages}: Recipe, folder: string): Promise<void> {
	const mirror = await hostMirror();
	const install = [
		'debootstrap',
		'--variant=minbase',
		`--include=${packages.join(',')}`,
		suite,
		folder,
		mirror,
	];
	// In a mount namespace of its own, an interrupted run leaves no /proc mounted in a folder to be removed.
	const {exitCode, stdout, stderr} = await runCommand(['unshare', '--mount', ...install], {
		env: {...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C'},
		timeoutMs: 900_000,
	});
	if (exitCode === 0) return;
	const said = lastLines(stdout + stderr);
	if (/release file/i.test(said)) {
		throw new Error(`The package source of this host (${mirror}) has no Debian ${suite}.\n${said}`);
	}
	throw new Error(`The base image of Debian ${suite} could not be made.\n${said}`);
}

async function applyRecipe({files, removed, commands}: Recipe, root: string): Promise<void> {
	for (const path of removed) await rm(join(root, path), {force: true});
	for (const {path, mode, content} of files) {
		await writeFile(join(root, path), content);
		await chmod(join(root, path), mode);
	}
	const env = {PATH: '/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C'};
	for (const command of commands) await demandCommand(['chroot', root, ...command], {env});
}

async function exists(path: string): Promise<boolean> {
	return stat(path).then(
		() => true,
		() => false,
	);
}
