import {afterEach, beforeEach, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {chosenSuite} from '../../scripts/machine/recipe.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {pageSoonAt, pictureOf, timeLimitMs} from '../support/alice.ts';

const bootLimitMs = 600_000;
const flake = '/srv/vira-flake';
const links = '/home/alice/.local/state/vira-setup/nix';

const system = process.arch === 'arm64' ? 'aarch64-linux' : 'x86_64-linux';

/**
 * Without inputs, so that it builds where there is no network. A shell whose last command is a program becomes that
 * program, which closes its output before it exits: Nix may kill it then.
 */
const flakeText = `{
	outputs = { self }:
		let
			made = name: script: derivation {
				inherit name;
				system = "${system}";
				builder = "/bin/sh";
				args = [ "-c" script ];
			};
			vira = "/bin/mkdir -p $out/bin && /bin/cp \${./vira} $out/bin/vira && /bin/chmod 755 $out/bin/vira && exit 0";
		in {
			packages.${system} = {
				default = made "vira-1.0" "echo at work >&2; \${vira}";
				bad = made "vira-bad" "echo it is broken >&2; exit 3";
			};
		};
}
`;

// debootstrap does not see that libdbi-perl provides what nix-bin's own packages depend on.
const nixPackages = ['libdbi-perl', 'nix-bin', 'nix-setup-systemd'];

let booted: Machine | undefined;

const onMachine = (): Machine => {
	if (!booted) throw new Error('There is a machine only while a test runs.');
	return booted;
};

// Debian 11 has no Nix with flakes.
const withNix = chosenSuite() === 'bullseye' ? test.skip : test;

beforeEach(async () => {
	if (chosenSuite() === 'bullseye') return;
	booted = await bootMachine({packages: nixPackages});
	// A container cannot have a sandbox, and the test has no network.
	const configuration = 'sandbox = false\nsubstituters =\nflake-registry =\n';
	await booted.writeFile('/etc/nix/nix.conf', configuration, {mode: '644', owner: 'root'});
	await booted.run(['usermod', '--append', '--groups', 'nix-users', 'alice']);
	await installVira(booted, `${flake}/vira`);
	await booted.writeFile(`${flake}/flake.nix`, flakeText, {mode: '644', owner: 'root'});
}, bootLimitMs);
afterEach(async () => booted?.destroy());

const install = (...words: readonly string[]) =>
	onMachine().run(['vira-setup', '--non-interactive', ...words], {as: 'alice', timeoutMs: 100_000});

withNix(
	'a flake is built, runs, and outlives a garbage collection; the next run changes nothing',
	async () => {
		const machine = onMachine();
		const {exitCode, stdout, stderr} = await install('--package', `path:${flake}`);
		expect([exitCode, stdout, stderr]).toEqual([0, expect.stringContaining('installed'), expect.any(String)]);
		await machine.run(['nix-store', '--gc']);
		const [program] = (await machine.run(['sh', '-c', `ls ${links}/*/result/bin/vira`])).stdout.split('\n');
		expect(program).toMatch(/\/path-srv-vira-flake-[\da-f]{8}\/result\/bin\/vira$/u);
		expect(await pageSoonAt(machine, 'https://localhost:5005/')).toBe('200');
		expect((await install('--check')).exitCode).toBe(0);
	},
	timeLimitMs,
);

withNix(
	'a flake that does not build leaves nothing, and its last lines are shown',
	async () => {
		const machine = onMachine();
		const picture = async () =>
			// Nix keeps what it has evaluated there, for itself.
			Object.entries(await pictureOf(machine)).filter(([path]) => !path.startsWith('/home/alice/.cache'));
		const before = await picture();
		const {exitCode, stdout} = await install('--package', `path:${flake}#bad`);
		expect([exitCode, stdout]).toEqual([5, expect.stringContaining('it is broken')]);
		expect(await picture()).toEqual(before);
	},
	timeLimitMs,
);

/** The former build, the one that the service runs, and whether its page responds. */
const running = async (): Promise<readonly string[]> => {
	const machine = onMachine();
	const program = (await machine.run(['sh', '-c', `readlink -f ${links}/*[0-9a-f]/result`])).stdout;
	const builds = program
		.trim()
		.split('\n')
		.map((path) => path.replace(/^.*-(?=vira-)/u, ''));
	return [...builds, await pageSoonAt(machine, 'https://localhost:5005/')];
};

const viraSetup = (...words: readonly string[]) =>
	onMachine().run(['vira-setup', ...words, '--non-interactive'], {as: 'alice', timeoutMs: 100_000});

withNix(
	'an update builds the next commit, outlives a garbage collection, and can be rolled back; a broken one is undone',
	async () => {
		const machine = onMachine();
		const nextCommit = (from: string, to: string) =>
			machine.run(['sed', '-i', `s/${from}/${to}/`, `${flake}/flake.nix`]);
		await install('--package', `path:${flake}`);
		expect((await viraSetup('update', '--check')).exitCode).toBe(0);
		await nextCommit('made "vira-1.0"', 'made "vira-2.0"');
		expect((await viraSetup('update', '--check')).exitCode).toBe(10);
		expect((await viraSetup('update')).stdout).toContain('Vira is updated');
		await machine.run(['nix-store', '--gc']);
		expect(await running()).toEqual(['vira-1.0', 'vira-2.0', '200']);
		expect((await viraSetup('rollback')).exitCode).toBe(0);
		await machine.run(['nix-store', '--gc']);
		expect(await running()).toEqual(['vira-2.0', 'vira-1.0', '200']);
		await nextCommit('echo at work', 'echo it is broken >\\&2; exit 3; echo at work');
		const broken = await viraSetup('update');
		expect([broken.exitCode, broken.stdout + broken.stderr]).toEqual([
			5,
			expect.stringContaining('it is broken'),
		]);
		expect(await running()).toEqual(['vira-2.0', 'vira-1.0', '200']);
	},
	timeLimitMs,
);

withNix(
	'a Vira in the store without a garbage collector root: the warning, and its fix adds one',
	async () => {
		const machine = onMachine();
		const words = ['nix', '--extra-experimental-features', 'nix-command flakes', 'build'];
		await machine.run([...words, '--out-link', '/tmp/built', `path:${flake}`], {as: 'alice'});
		const storePath = (await machine.run(['readlink', '/tmp/built'])).stdout.trim();
		await machine.run(['rm', '/tmp/built']);
		const dryRun = async () => (await install('--dry-run', '--package', storePath)).stdout;
		const warning = `${storePath} has no garbage collector root: the next Nix garbage collection deletes it.`;
		const told = await dryRun();
		expect(told).toContain(warning);
		const fixes = /nix-store --add-root .*/u.exec(told)?.[0] ?? '';
		await machine.run(['sh', '-c', fixes], {as: 'alice'});
		expect(await dryRun()).not.toContain(warning);
	},
	timeLimitMs,
);
