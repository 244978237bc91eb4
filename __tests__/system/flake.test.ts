import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {execFileSync} from 'node:child_process';
import {cpSync, mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {chosenSuite} from '../../scripts/machine/recipe.ts';
import {timeLimitMs} from '../support/alice.ts';

const root = join(import.meta.dirname, '..', '..');
const nixpkgs = join(root, '__tests__', 'support', 'nixpkgs');
const systems = ['x86_64-linux', 'aarch64-linux', 'x86_64-darwin', 'aarch64-darwin'];
const here = process.arch === 'arm64' ? 'aarch64-linux' : 'x86_64-linux';

/** What a checkout has after `npm ci`, and what a release has. */
const ofFlake = ['flake.nix', 'nix', 'package.json', 'LICENSE'];
const ofPackage = ['dist', 'man', 'assets'];

// Debian 11 has no Nix with flakes.
const withNix = chosenSuite() === 'bullseye' ? describe.skip : describe;

let machine: Machine;

const inputs = ['--override-input', 'nixpkgs', 'path:/srv/nixpkgs', '--no-write-lock-file'];

const nix = (command: string, ...words: readonly string[]) =>
	machine.run(['nix', '--extra-experimental-features', 'nix-command flakes', command, ...inputs, ...words], {
		as: 'alice',
		timeoutMs: 100_000,
	});

const demand = async (command: string, ...words: readonly string[]): Promise<string> => {
	const {exitCode, stdout, stderr} = await nix(command, ...words);
	if (exitCode !== 0) throw new Error(stderr);
	return stdout.trim();
};

/** Builds a package, and answers with its path in the store. */
const build = async (installable: string): Promise<string> => {
	const [{outputs}] = JSON.parse(await demand('build', '--no-link', '--json', installable)) as [
		{readonly outputs: {readonly out: string}},
	];
	return outputs.out;
};

/** Puts these files of the project into a folder of the machine. */
const put = async (names: readonly string[], to: string): Promise<void> => {
	const folder = mkdtempSync(join(tmpdir(), 'vira-setup-flake-'));
	try {
		for (const name of names) cpSync(join(root, name), join(folder, 'files', name), {recursive: true});
		execFileSync('tar', ['-C', join(folder, 'files'), '-cf', join(folder, 'files.tar'), '.']);
		await machine.copyIn(join(folder, 'files.tar'), '/srv/files.tar', {mode: '644', owner: 'root'});
		await machine.run(['sh', '-c', `mkdir -p ${to} && tar -C ${to} -xf /srv/files.tar`]);
	} finally {
		rmSync(folder, {recursive: true, force: true});
	}
};

withNix('the flake', () => {
	beforeAll(async () => {
		machine = await bootMachine({packages: ['libdbi-perl', 'nix-bin', 'nix-setup-systemd']});
		// A container cannot have a sandbox, and the test has no network.
		const configuration = 'sandbox = false\nsubstituters =\nflake-registry =\n';
		await machine.writeFile('/etc/nix/nix.conf', configuration, {mode: '644', owner: 'root'});
		await machine.run(['systemctl', 'restart', 'nix-daemon.service']);
		await machine.run(['usermod', '--append', '--groups', 'nix-users', 'alice']);
		await put([...ofFlake, ...ofPackage], '/srv/checkout');
		await put(ofFlake, '/srv/repository');
		const folder = nixpkgs.slice(root.length + 1);
		await put([folder], '/srv/stub');
		await machine.run(['mv', `/srv/stub/${folder}`, '/srv/nixpkgs']);
	}, 600_000);
	afterAll(async () => machine.destroy());

	test(
		'evaluates every output for every system',
		async () => {
			const read = async (output: string, attribute: string) => {
				const each = `builtins.mapAttrs (_: builtins.mapAttrs (_: one: one.${attribute}))`;
				const text = await demand('eval', '--json', `path:/srv/checkout#${output}`, '--apply', each);
				const found = JSON.parse(text) as Readonly<Record<string, Readonly<Record<string, string>>>>;
				expect(
					Object.values(found)
						.flatMap((one) => Object.values(one))
						.filter((path) => !path.startsWith('/nix/store/')),
				).toEqual([]);
				return Object.fromEntries(Object.entries(found).map(([system, one]) => [system, Object.keys(one)]));
			};
			const forAll = (names: readonly string[], onLinux: readonly string[] = []) =>
				Object.fromEntries(
					systems.map((system) => [system, system.endsWith('linux') ? [...onLinux, ...names] : names]),
				);
			expect(await read('packages', 'drvPath')).toEqual(forAll(['default', 'vira-setup']));
			expect(await read('apps', 'program')).toEqual(forAll(['default', 'vira-setup']));
			expect(await read('checks', 'drvPath')).toEqual(forAll(['package', 'simulated'], ['machine']));
			expect(await read('devShells', 'drvPath')).toEqual(forAll(['default']));
		},
		timeLimitMs,
	);

	test(
		'of a checkout builds, runs and is checked, with manual, completions and schemas',
		async () => {
			expect(await demand('run', 'path:/srv/checkout', '--', '--version')).toMatch(/^\d+\.\d+\.\d+$/u);
			const built = await build('path:/srv/checkout');
			const files = await machine.run(['find', built, '-not', '-path', '*/dist/*', '-not', '-type', 'd']);
			const names = files.stdout
				.trim()
				.split('\n')
				.map((path) => path.slice(built.length + 1));
			expect(names.toSorted()).toEqual([
				'bin/vira-setup',
				'lib/vira-setup/assets',
				'lib/vira-setup/package.json',
				'share/bash-completion/completions/vira-setup.bash',
				'share/fish/vendor_completions.d/vira-setup.fish',
				'share/man/man1/vira-setup.1.gz',
				'share/vira-setup/output.schema.json',
				'share/vira-setup/settings.schema.json',
				'share/zsh/site-functions/_vira-setup',
			]);
			expect((await machine.readFile(`${built}/bin/vira-setup`)).split('\n', 1)[0]).toMatch(
				/^#!\/nix\/store\//u,
			);
			await build(`path:/srv/checkout#checks.${here}.simulated`);
		},
		timeLimitMs,
	);

	test(
		'without a build takes the release that is named with its hash, and no other',
		async () => {
			const {exitCode, stderr} = await nix('run', 'path:/srv/repository', '--', '--version');
			expect([exitCode, stderr]).toEqual([
				1,
				expect.stringContaining('No release of vira-setup has been published yet'),
			]);
			await machine.run([
				'sh',
				'-c',
				'mkdir -p /srv/package && cd /srv/checkout && cp -r dist man assets package.json LICENSE /srv/package && tar -C /srv -czf /srv/vira-setup-9.9.9.tgz package',
			]);
			const hash = (
				await machine.run([
					'nix',
					'--extra-experimental-features',
					'nix-command',
					'hash',
					'file',
					'/srv/vira-setup-9.9.9.tgz',
				])
			).stdout.trim();
			const name = (given: string) =>
				machine.writeFile(
					'/srv/repository/nix/release.json',
					JSON.stringify({version: '9.9.9', url: 'file:///srv/vira-setup-9.9.9.tgz', hash: given}),
					{mode: '644', owner: 'root'},
				);
			await name(`sha256-${'A'.repeat(43)}=`);
			const refused = await nix('build', '--no-link', 'path:/srv/repository');
			expect([refused.exitCode, refused.stderr]).toEqual([1, expect.stringContaining('hash mismatch')]);
			await name(hash);
			const built = await build('path:/srv/repository');
			expect(built).toMatch(/-vira-setup-9\.9\.9$/u);
			expect((await machine.run([`${built}/bin/vira-setup`, '--version'], {as: 'alice'})).stdout).toMatch(
				/^\d/u,
			);
		},
		timeLimitMs,
	);
});
