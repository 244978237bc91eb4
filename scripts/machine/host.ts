import {access, constants, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {demandCommand, runCommand} from './command.ts';

const noninteractive = {...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C'};

/** The package of each program that is needed to create and boot machines. */
const packageOf: Record<string, string> = {
	debootstrap: 'debootstrap',
	'systemd-nspawn': 'systemd-container',
	// For the network of a fleet.
	ip: 'iproute2',
};

/** Says why machines cannot be created on this host, or installs what is missing. */
export async function prepareHost(): Promise<void> {
	const codename = await debianCodename();
	if (codename === undefined) throw new Error('Machines can be made only on a Debian host.');
	if (process.getuid?.() !== 0) throw new Error('Machines can be made only by root.');
	await installPackages(await missingPackages());
}

/** Installs Debian packages on this host, which takes root. */
export async function installPackages(names: readonly string[]): Promise<void> {
	if (names.length === 0) return;
	await updatePackageLists();
	const install = ['apt-get', 'install', '--yes', '--no-install-recommends', ...names];
	await demandCommand(install, {env: noninteractive, timeoutMs: 300_000});
}

/** The package source this host itself installs Debian from. */
export async function hostMirror(): Promise<string> {
	const known = (await listMirrors()) ?? (await updatePackageLists(), await listMirrors());
	if (known === undefined) throw new Error('No package source of Debian is set up for apt on this host.');
	return known;
}

async function debianCodename(): Promise<string | undefined> {
	const release = await readFile('/etc/os-release', 'utf8').catch(() => '');
	if (!/^ID="?debian"?$/m.test(release)) return undefined;
	return /^VERSION_CODENAME="?([^"\n]*)"?$/m.exec(release)?.[1] ?? '';
}

async function missingPackages(): Promise<string[]> {
	const missing: string[] = [];
	for (const [program, name] of Object.entries(packageOf)) {
		if (!(await isInstalled(program))) missing.push(name);
	}
	return missing;
}

async function isInstalled(program: string): Promise<boolean> {
	const folders = (process.env['PATH'] ?? '').split(':');
	const tries = folders.map((folder) => access(join(folder, program), constants.X_OK));
	return (await Promise.allSettled(tries)).some((attempt) => attempt.status === 'fulfilled');
}

async function updatePackageLists(): Promise<void> {
	await demandCommand(['apt-get', 'update'], {env: noninteractive, timeoutMs: 300_000});
}

async function listMirrors(): Promise<string | undefined> {
	const wanted = ['Created-By: Packages', 'Origin: Debian', 'Label: Debian', 'Component: main'];
	const list = ['apt-get', 'indextargets', '--format', '$(REPO_URI)', ...wanted];
	const {stdout} = await runCommand(list, {env: noninteractive});
	return stdout.split('\n').find((line) => line !== '');
}
