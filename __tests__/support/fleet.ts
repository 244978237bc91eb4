import {execFileSync} from 'node:child_process';
import {mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {Fleet} from '../../scripts/fleet/fleet.ts';
import {fleetFolder} from '../../scripts/fleet/inventory.ts';
import type {Outcome} from '../../scripts/machine/command.ts';

/** What Ansible counted for a host at the end of a run. */
export interface HostCounts {
	readonly ok: number;
	readonly changed: number;
	readonly unreachable: number;
	readonly failed: number;
}

export interface Played extends Outcome {
	/** By host; one that was not reached is missing. */
	readonly hosts: Readonly<Record<string, HostCounts>>;
}

const recapLine = /^(host\d+)\s*: ok=(\d+)\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)/gmu;

const countsIn = (output: string): Played['hosts'] =>
	Object.fromEntries(
		[...output.matchAll(recapLine)].map(([, name = '', ...counts]) => {
			const [ok = 0, changed = 0, unreachable = 0, failed = 0] = counts.map(Number);
			return [name, {ok, changed, unreachable, failed}];
		}),
	);

/** Runs ansible-playbook; `variables` are extra ones. */
export const play = async (
	fleet: Fleet,
	words: readonly string[],
	variables: Readonly<Record<string, unknown>> = {},
): Promise<Played> => {
	const extra = ['--extra-vars', JSON.stringify(variables)];
	const ended = await fleet.run(['ansible-playbook', ...words, ...extra]);
	return {...ended, hosts: countsIn(ended.stdout)};
};

/** The hosts of a run with such a count above 0, in order. */
export const hostsWith = ({hosts}: Played, count: keyof HostCounts): readonly string[] =>
	Object.keys(hosts).filter((name) => (hosts[name]?.[count] ?? 0) > 0);

/** Puts the package, as it is published, on the control machine, and returns its path there. */
export const bringPackage = async ({control}: Fleet): Promise<string> => {
	const folder = mkdtempSync(join(tmpdir(), 'vira-setup-packed-'));
	try {
		const pack = ['pack', '--silent', '--ignore-scripts', '--pack-destination', folder];
		execFileSync('npm', pack, {cwd: join(import.meta.dirname, '../..')});
		const [name = ''] = readdirSync(folder);
		await control.copyIn(join(folder, name), `${fleetFolder}/${name}`);
		return `${fleetFolder}/${name}`;
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
};

/** Serves the executable, packed as in a release, from the control machine; returns its URL and its checksum. */
export const serveExecutable = async ({
	control,
}: Fleet): Promise<{readonly url: string; readonly sum: string}> => {
	const name = 'vira-setup-linux-x64';
	await control.copyIn(join(import.meta.dirname, `../../build/binary/${name}`), `/srv/${name}`);
	await control.run(['mkdir', `/srv/${name}-folder`]);
	await control.run(['mv', `/srv/${name}`, `/srv/${name}-folder/vira-setup`]);
	const pack = ['tar', '-I', 'gzip --fast', '-cf', `/srv/${name}.tar.gz`, '-C', '/srv'];
	await control.run([...pack, `${name}-folder`]);
	const serve = ['python3', '-m', 'http.server', '--directory', '/srv', '8080'];
	await control.run(['systemd-run', '--unit=mirror', ...serve]);
	const {stdout} = await control.run(['sha256sum', `/srv/${name}.tar.gz`]);
	return {url: `http://control:8080/${name}.tar.gz?from=mirror`, sum: `sha256:${stdout.slice(0, 64)}`};
};

/** Encrypts variables with a password that Ansible finds in a file. */
export const writeVault = async (fleet: Fleet, path: string, content: string): Promise<void> => {
	await fleet.control.writeFile(`${fleetFolder}/vault-password`, 'password of the vault\n');
	await fleet.control.writeFile(`${fleetFolder}/${path}`, content);
	await fleet.run(['ansible-vault', 'encrypt', '--vault-password-file', 'vault-password', path]);
};
