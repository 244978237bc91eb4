import {execFile, execFileSync} from 'node:child_process';
import {truncateSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import {beforeAll, describe, expect, test} from '@jest/globals';
import {newFolder} from '../support/new-folder.ts';
import {ownEnvironment, program} from '../support/run-program.ts';
import {validDocument} from '../support/valid-document.ts';

let folder: string;

/** On exit, writes the peak memory of the process, in MiB. */
const measure = `process.on('exit', () => process.stderr.write('RSS ' + process.resourceUsage().maxRSS / 1024 + '\\n'));`;

interface Ended {
	readonly status: unknown;
	readonly stdout: string;
	/** Without the measure. */
	readonly stderr: string;
	readonly mebibytes: number;
}

/**
 * Runs a line of bash in which `vira-setup` is the built program on a simulated machine: arguments and variables can
 * contain any bytes.
 */
const shell = (script: string): Promise<Ended> =>
	new Promise((resolve) => {
		const words = `"${process.execPath}" --import 'data:text/javascript,${encodeURIComponent(measure).replaceAll("'", '%27')}' "${program}"`;
		execFile(
			'bash',
			['-c', `vira-setup() { ${words} "$@" --simulate linux --simulation-folder ./machine; }; ${script}`],
			{env: ownEnvironment(), cwd: folder, timeout: 20_000},
			(error, stdout, stderr) =>
				resolve({
					status: error?.code ?? 0,
					stdout,
					stderr: stderr.replace(/RSS .*\n/u, ''),
					mebibytes: Number(/RSS (.*)/u.exec(stderr)?.[1]),
				}),
		);
	});

let usual = 0;
beforeAll(async () => {
	folder = newFolder();
	writeFileSync(
		join(folder, 'bad.json'),
		Buffer.from('{"systemd":{"environment":{"A":"x\xffy"}}}', 'latin1'),
	);
	writeFileSync(join(folder, 'good.json'), '{"port": 7777}');
	writeFileSync(join(folder, 'deep.json'), `{"package":${'['.repeat(20_000)}${']'.repeat(20_000)}}`);
	writeFileSync(join(folder, 'large.json'), '');
	truncateSync(join(folder, 'large.json'), 3 * 2 ** 30);
	execFileSync('mkfifo', [join(folder, 'pipe')]);
	usual = (await shell('vira-setup --print-command --config good.json')).mebibytes;
});

const hint = '\n  vira-setup help install   lists all options\n';

describe('--config with an unreadable source: exit 2, one sentence, little memory', () => {
	test.each([
		['--config bad.json', 'bad.json is not UTF-8 text: see line 1.'],
		['--config - <bad.json', 'Standard input is not UTF-8 text: see line 1.'],
		['--config - < <(cat bad.json)', 'Standard input is not UTF-8 text: see line 1.'],
		['--config /dev/stdin <bad.json', 'Standard input is not UTF-8 text: see line 1.'],
		['--config large.json', 'large.json is too large: the limit is 4 MiB.'],
		['--config - <large.json', 'Standard input is too large: the limit is 4 MiB.'],
		['--config - </dev/zero', 'Standard input is too large: the limit is 4 MiB.'],
		['--config - < <(cat /dev/zero)', 'Standard input is too large: the limit is 4 MiB.'],
		['--config /dev/zero', '/dev/zero is not a regular file but a device.'],
		['--config /dev/full', '/dev/full is not a regular file but a device.'],
		['--config .', '. is a folder. Use a file.'],
		['--config deep.json', 'deep.json is nested more than 100 levels deep.'],
		['--config - <deep.json', 'Standard input is nested more than 100 levels deep.'],
		["--config $'\\xff.json'", 'The file name is not UTF-8. Rename the file.'],
	])('refused: %s', async (words, message) => {
		const {status, stderr, mebibytes} = await shell(`vira-setup --non-interactive --check ${words}`);
		expect([status, stderr]).toEqual([2, `vira-setup: --config: ${message}${hint}`]);
		expect(mebibytes - usual).toBeLessThan(40);
	});

	test('a pipe that never ends', async () => {
		const {status, stderr} = await shell(
			'vira-setup --check --json --config <(cat /dev/zero) 2>&1 >/dev/null',
		);
		expect([status, stderr]).toEqual([2, '']);
	});

	test('--json prints one document that names the file', async () => {
		const {status, stdout, stderr} = await shell('vira-setup --json --config bad.json');
		expect([status, validDocument(stdout), stderr]).toMatchObject([
			2,
			{error: {problems: [{message: 'bad.json is not UTF-8 text: see line 1.'}]}},
			'',
		]);
	});
});

test.each([
	'<(cat good.json)',
	'<(sleep 0.3; cat good.json)',
	'- <good.json',
	'- < <(cat good.json)',
	'good.json',
	'/dev/stdin <good.json',
])('--config %s is read normally', async (words) => {
	expect((await shell(`vira-setup --print-command --config ${words}`)).stdout).toContain(' --port 7777');
});

test('a named pipe is read once another program writes to it', async () => {
	const {stdout} = await shell('(sleep 0.3; cat good.json >pipe) & vira-setup --print-command --config pipe');
	expect(stdout).toContain(' --port 7777');
});

describe('bytes that are not UTF-8 in an argument or a variable are refused where they were given', () => {
	const message = 'It contains U+FFFD, which stands for bytes that are not UTF-8. Enter it again.';
	test.each([
		["vira-setup --check --non-interactive --environment A=$'x\\xffy'", `--environment: A: ${message}`],
		["vira-setup --check --non-interactive --state-dir $'/srv/\\xe9'", `--state-dir: ${message}`],
		["vira-setup --check --non-interactive --tls-cert $'/srv/\\xe9'", `--tls-cert: ${message}`],
		["vira-setup export --extra-package $'/srv/\\xe9'", `--extra-package: /srv/\uFFFD: ${message}`],
		[
			"VIRA_SETUP_STATE_DIR=$'/srv/\\xe9' vira-setup --check --non-interactive",
			`VIRA_SETUP_STATE_DIR: ${message}`,
		],
	])('refused where it was given: %s', async (script, told) => {
		const {status, stderr} = await shell(script);
		expect([status, stderr]).toEqual([2, expect.stringContaining(`vira-setup: ${told}`)]);
	});
});

describe('a certificate that is not an ordinary file', () => {
	test.each([
		['a pipe', () => execFileSync('mkfifo', [join(folder, 'machine/srv/cert')])],
		[
			'one of three gigabytes',
			() => {
				writeFileSync(join(folder, 'machine/srv/cert'), '');
				truncateSync(join(folder, 'machine/srv/cert'), 3 * 2 ** 30);
			},
		],
	])('%s: exit 2, without waiting', async (_, make) => {
		await shell('vira-setup --check --non-interactive');
		execFileSync('rm', ['-rf', join(folder, 'machine/srv')]);
		execFileSync('mkdir', ['-p', join(folder, 'machine/srv')]);
		make();
		const {status, stderr, mebibytes} = await shell(
			'vira-setup --check --non-interactive --tls-cert /srv/cert --tls-key /srv/cert',
		);
		expect([status, stderr]).toEqual([
			2,
			expect.stringMatching(/--tls-cert: \/srv\/cert is (?:not a regular file|too large for a PEM file)/u),
		]);
		expect(mebibytes - usual).toBeLessThan(40);
	});
});

describe('a special file in place of one that vira-setup saved is named and not waited for', () => {
	const places = {
		'settings.json': '.config/vira-setup/settings.json',
		'receipt.json': '.local/state/vira-setup/receipt.json',
		'the unit': '.config/systemd/user/vira.service',
		'initial-state.json': '.config/vira-setup/initial-state.json',
	};
	const makers = {
		'a pipe': (path: string) => execFileSync('mkfifo', [path]),
		'three gigabytes': (path: string) => execFileSync('truncate', ['-s', '3G', path]),
	};
	const cases = Object.keys(places).flatMap((place) =>
		Object.keys(makers).map((what) => [what, place] as const),
	);

	beforeAll(async () => {
		await shell('rm -rf machine; vira-setup --non-interactive --repository a=https://x/a');
	});

	test.each(cases)('%s as %s', async (what, place) => {
		const path = join(folder, 'machine/home/alice', places[place as keyof typeof places]);
		execFileSync('mv', [path, `${path}.kept`]);
		makers[what as keyof typeof makers](path);
		try {
			for (const verb of ['--non-interactive', 'status']) {
				const {status, stdout, stderr, mebibytes} = await shell(`vira-setup ${verb} --json`);
				expect([1, 3]).toContain(status);
				expect(stdout).toContain(path.slice(path.lastIndexOf('/') + 1));
				expect(stderr + stdout).not.toMatch(/\n {4}at |bug in vira-setup/u);
				expect(mebibytes - usual).toBeLessThan(60);
			}
		} finally {
			execFileSync('mv', [`${path}.kept`, path]);
		}
	});
});
