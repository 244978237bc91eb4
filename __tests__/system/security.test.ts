import {fileURLToPath} from 'node:url';
import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {timeLimitMs, vira} from '../support/alice.ts';
import {describeOnNode} from '../support/where-installed.ts';

const home = '/home/alice';
const as = {as: 'alice'} as const;
const watcher = fileURLToPath(new URL('../support/exposure.mjs', import.meta.url));
const watcherInside = '/opt/exposure.mjs';
const behaviour = `${vira}.behaviour.json`;

const token = 'hunter2hunter2';
const password = 'correcthorsebattery';
const secrets = [
	...['--environment', `API_TOKEN=${token}`],
	...['--repository', `a=https://alice:${password}@git.example/a`],
];

let machine: Machine;

beforeAll(async () => {
	machine = await bootMachine({binds: [{from: watcher, to: watcherInside}]});
	await installVira(machine, vira);
	// In a home that is closed to others no one could read anything anyway.
	await machine.run(['chmod', '755', home]);
}, 600_000);

afterAll(async () => machine.destroy());

/** Words as alice, in a shell with an umask that allows everyone everything. */
const unmasked = (words: readonly string[], env: Readonly<Record<string, string>> = {}) =>
	machine.run(['sh', '-c', 'umask 000; exec "$@"', 'sh', ...words], {...as, env});

interface Seen {
	readonly looks: number;
	readonly exposed: readonly string[];
}

/** What others could have read while the words ran, and their exit status. */
const watched = async (words: readonly string[]): Promise<Seen & {readonly exitCode: number}> => {
	const report = '/tmp/exposed.json';
	await machine.run(['rm', '-f', report]);
	const {exitCode} = await unmasked(words, {
		NODE_OPTIONS: `--import ${watcherInside}`,
		HOME_TO_WATCH: home,
		EXPOSED_TO: report,
		SECRETS: [token, password].join('\n'),
	});
	return {exitCode, ...(JSON.parse(await machine.readFile(report)) as Seen)};
};

const vs = (...words: readonly string[]) => machine.run(['vira-setup', ...words], as);

/** No file of ours, and no service. */
const afresh = async (): Promise<void> => {
	await machine.run(['rm', '-f', behaviour]);
	await vs('uninstall', '--non-interactive', '--purge', '--overwrite');
	const folders = ['.config/systemd', '.config/vira-setup', '.local/state/vira-setup'];
	await machine.run(['rm', '-rf', ...folders.map((folder) => `${home}/${folder}`)]);
};

describeOnNode('a value that looks secret is in no file that others can read, not even for a moment', () => {
	test('the watch sees a file that is open for a moment', async () => {
		const script = `import {chmod, writeFile} from 'node:fs/promises';
			await writeFile('${home}/moment', '${token}'); await chmod('${home}/moment', 0o600);`;
		const {exposed} = await watched(['node', '--input-type=module', '-e', script]);
		expect(exposed).toEqual([`${home}/moment 666 after writeFile ${home}/moment`]);
		await machine.run(['rm', `${home}/moment`]);
	});

	test(
		'every command, under a permissive umask',
		async () => {
			const install = ['vira-setup', '--non-interactive'];
			const runs: readonly (readonly [readonly string[], number])[] = [
				[[...install, ...secrets], 0],
				[[...install, '--port', '8443'], 0],
				[['vira-setup', 'rollback', '--non-interactive'], 0],
				[['vira-setup', 'status'], 0],
				[['vira-setup', 'uninstall', '--non-interactive'], 0],
			];
			for (const [words, status] of runs) {
				const {looks, exposed, exitCode} = await watched(words);
				expect([words.at(1), exitCode, exposed]).toEqual([words.at(1), status, []]);
				if (!words.includes('status')) expect(looks).toBeGreaterThan(10);
			}
			await machine.writeFile(behaviour, '{"mode": "exits-at-once"}', {mode: '644', owner: 'alice'});
			const failed = await watched([...install, ...secrets, '--wait', '5']);
			expect([failed.exitCode, failed.exposed]).toEqual([6, []]);
			await afresh();
		},
		timeLimitMs,
	);
});

const ours = [
	'.config/systemd/user/vira.service',
	'.config/vira-setup/settings.json',
	'.config/vira-setup/initial-state.json',
	'.local/state/vira-setup/receipt.json',
];

const plants = {
	'a link to a file of root': (path: string) => `ln -s /etc/precious ${path}`,
	'a link to a file of another account, open to all': (path: string) => `ln -s /srv/precious ${path}`,
	'a link that leads nowhere': (path: string) => `ln -s /srv/nowhere ${path}`,
	'a link to itself': (path: string) => `ln -s ${path} ${path}`,
	'a folder': (path: string) => `mkdir ${path}`,
	'a pipe': (path: string) => `mkfifo ${path}`,
};

describe('in place of one of our files', () => {
	test.each(Object.entries(plants))(
		'%s: no file of another account is written, and nothing hangs',
		async (_, plant) => {
			for (const path of ['/etc/precious', '/srv/precious'])
				await machine.writeFile(path, 'precious', {mode: path.startsWith('/srv') ? '666' : '644'});
			await machine.run(['chmod', '777', '/srv']);
			for (const name of ours) {
				const path = `${home}/${name}`;
				const script = `mkdir -p "$(dirname ${path})"; ${plant(path)}`;
				await machine.run(['sh', '-c', script], as);
				const {exitCode, stderr} = await vs('--non-interactive', ...secrets);
				expect([name, exitCode === 0 || (exitCode === 3 && stderr.includes(path)) || stderr]).toEqual([
					name,
					true,
				]);
				for (const precious of ['/etc/precious', '/srv/precious'])
					expect([name, await machine.readFile(precious)]).toEqual([name, 'precious']);
				expect(await machine.exists('/srv/nowhere')).toBe(false);
				await machine.run(['rm', '-rf', path]);
				await afresh();
			}
		},
		timeLimitMs,
	);
});

test.each(['.config', '.config/vira-setup', '.config/systemd/user', '.local/state/vira-setup'])(
	'in place of ~/%s, a link to a folder of another account: nothing is written there',
	async (name) => {
		const path = `${home}/${name}`;
		await machine.run(['sh', '-c', 'mkdir -p /srv/open; chmod 777 /srv/open']);
		await machine.run(
			['sh', '-c', `rm -rf ${path}; mkdir -p "$(dirname ${path})"; ln -s /srv/open ${path}`],
			as,
		);
		const {exitCode, stderr} = await vs('--non-interactive', ...secrets);
		expect([exitCode, stderr]).toEqual([
			4,
			expect.stringContaining(`${path} is a link to /srv/open, which belongs to another user.`),
		]);
		expect(stderr).toContain(`  rm ${path}\n`);
		expect((await machine.run(['ls', '-A', '/srv/open'])).stdout).toBe('');
		await machine.run(['rm', path]);
	},
	timeLimitMs,
);

test(
	'programs in the current folder are not run, whatever her PATH is',
	async () => {
		const bad = '#!/bin/sh\necho "$0 $*" >> /tmp/ran\nexit 0\n';
		for (const name of ['systemctl', 'loginctl', 'journalctl', 'systemd-analyze', 'vira', 'nix', 'lsattr'])
			await machine.writeFile(`/srv/here/${name}`, bad, {mode: '755', owner: 'alice'});
		const run = (words: string) =>
			machine.run(
				['sh', '-c', `cd /srv/here; PATH=".::here:$PATH" exec /usr/local/bin/vira-setup ${words}`],
				as,
			);
		for (const words of [
			'--non-interactive',
			'status',
			'logs',
			'doctor',
			'restart',
			'stop',
			'uninstall --non-interactive',
		])
			// Without Nix, doctor finds a problem.
			expect([words, (await run(words)).exitCode]).toEqual([words, words === 'doctor' ? 1 : 0]);
		expect(await machine.exists('/tmp/ran')).toBe(false);
	},
	timeLimitMs,
);

test(
	'a secret in a command of the unit, in the log, or written into the unit by hand reaches systemd, and is not shown',
	async () => {
		const said = 'Authorization: Bearer zq1header, password=zq1log';
		const noisy = `#!/bin/sh\n[ "$1" = --version ] || echo '${said}' >&2\nexec ${vira} "$@"\n`;
		await machine.writeFile(`${home}/noisy`, noisy, {mode: '755', owner: 'alice'});
		const line = '/usr/bin/env API_TOKEN=zq1variable /bin/true --token=zq1option --password zq1word';
		const install = ['--json', '--package', `${home}/noisy`, '--service-config', `ExecStartPre=${line}`];
		const shown = [await vs(...install)];
		expect(shown[0]?.exitCode).toBe(0);
		const unit = `${home}/.config/systemd/user/vira.service`;
		expect(await machine.readFile(unit)).toContain(`ExecStartPre=${line}\n`);
		const {stdout} = await machine.run(['systemctl', '--user', 'show', '-p', 'ExecStartPre', 'vira'], as);
		expect(stdout).toContain(line);
		await machine.run(['sed', '-i', 's/zq1word/& --api-key=zq1hand/', unit], as);
		for (const words of [
			'--dry-run --json',
			'--dry-run --non-interactive',
			'status --json',
			'doctor',
			'logs --json',
			'uninstall --json --dry-run --overwrite',
			'uninstall --non-interactive --dry-run --overwrite',
		])
			shown.push(await vs(...words.split(' ')));
		const text = shown.map(({stdout: out, stderr}) => out + stderr).join('\n');
		expect(text).not.toMatch(/zq1/u);
		expect(text).toContain('Authorization: Bearer ••••••, password=••••••');
		expect(text).toContain('--api-key=••••••');
		await afresh();
	},
	timeLimitMs,
);

/** Control characters except the line break, and characters that change the direction of a text. */
const raw = /[\0-\u0009\u000B-\u001F\u007F-\u009F\u202A-\u202E\u2066-\u2069]/u;

test(
	'escape sequences in values, in the log and in file names do not reach the terminal',
	async () => {
		const evil = 'a\u001B]52;c;ZXZpbA==\u0007\u001B[2Jb\u009B31m\u202Ec';
		const noisy = `#!/bin/sh\nprintf '${evil}\\n' >&2\nexec ${vira} "$@"\n`;
		await machine.writeFile(`${home}/noisy`, noisy, {mode: '755', owner: 'alice'});
		await machine.run(['mkdir', '-p', `${home}/${evil}`], as);
		const runs: readonly (readonly string[])[] = [
			['--non-interactive', '--environment', `X=${evil}`, '--package', `${home}/noisy`],
			['--non-interactive', '--repository', `${evil}=https://git.example/a`],
			['--non-interactive', '--hostname', evil, '--base-path', `/${evil}`],
			['--non-interactive', '--tls-cert', `${home}/${evil}`, '--tls-key', `${home}/${evil}`],
			['--non-interactive', '--config', `${home}/${evil}`],
			['--non-interactive', `--${evil}`],
			[evil],
			['--non-interactive', '--service-config', `Nice=${evil}`],
			['--non-interactive', '--dry-run', '--environment', `Y=${evil}`],
			['status'],
			['logs'],
			['doctor'],
			['restart'],
			['uninstall', '--non-interactive', '--dry-run'],
			['uninstall', '--non-interactive'],
		];
		for (const words of runs) {
			const {stdout, stderr} = await vs(...words);
			expect([words, raw.exec(stdout)?.[0], raw.exec(stderr)?.[0]]).toEqual([words, undefined, undefined]);
		}
		expect((await vs('logs')).exitCode).toBe(3);
		await afresh();
	},
	timeLimitMs,
);
