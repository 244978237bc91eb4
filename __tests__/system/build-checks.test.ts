import {afterAll, beforeAll, beforeEach, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {waitUntil} from '../../scripts/machine/poll.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {keys} from '../../scripts/terminal/screen.ts';
import {timeLimitMs} from '../support/alice.ts';
import {thenTell, watch} from '../support/terminal.ts';
import {checkRepositories, readinessBy} from './forge/check.ts';
import {asAlice, asRoot, login, mutePort, openForge} from './forge/forge.ts';
import {packages} from './forge/packages.ts';
import {createKey, knowHost, over, registerKey, reset} from './forge/situation.ts';

let machine: Machine;

beforeAll(async () => {
	machine = await bootMachine({packages});
	await Promise.all([openForge(machine), installVira(machine)]);
}, 600_000);
beforeEach(() => reset(machine));
afterAll(async () => machine.destroy());

const codeOf = async (url: string): Promise<string | undefined> =>
	(await checkRepositories(machine, {app: url})).get('app')?.code;

const home = '/home/alice';
const owned = {mode: '600', owner: 'alice'} as const;

test(
	'hosts that the person knows are read, and none is added',
	async () => {
		await createKey(machine);
		await registerKey(machine);
		await knowHost(machine);
		const known = `${home}/.ssh/known_hosts`;
		// The key of the host, under another name.
		await asAlice(machine, `sed -i s/^git/other/ ${known}`);
		const before = await machine.snapshot([home]);
		expect(await codeOf(over.ssh)).toBe('repository-ready');
		expect(await machine.snapshot([home])).toEqual(before);
		await machine.writeFile(
			`${home}/.ssh/config`,
			`UserKnownHostsFile ~/.ssh/mine\nControlMaster auto\nControlPath ~/.ssh/%C\nControlPersist 60\n`,
			owned,
		);
		await asAlice(
			machine,
			`ssh-keygen -q -t ed25519 -N '' -f ~/x && sed 's/^/git.example.org /' ~/x.pub >~/.ssh/mine && rm ~/x*`,
		);
		const changed = await machine.snapshot([home]);
		expect(await codeOf(over.ssh)).toBe('repository-host-key-changed');
		await asAlice(machine, 'rm ~/.ssh/mine');
		expect(await codeOf(over.ssh)).toBe('repository-ready');
		const left = Object.entries(changed).filter(([path]) => path !== `${home}/.ssh/mine`);
		expect(await machine.snapshot([home])).toEqual(Object.fromEntries(left));
		expect((await machine.run(['pgrep', '-u', 'alice', '-x', 'ssh'])).stdout).toBe('');
	},
	timeLimitMs,
);

test(
	'a saved login that is refused stays saved, and that of a helper for one repository is used',
	async () => {
		const saved = `https://${login.user}:wrong@git.example.org\n`;
		await asAlice(machine, 'git config --global credential.helper store');
		await machine.writeFile(`${home}/.git-credentials`, saved, owned);
		expect(await codeOf(over.privateHttps)).toBe('repository-password-refused');
		expect(await machine.readFile(`${home}/.git-credentials`)).toBe(saved);
		await machine.writeFile(
			`${home}/.gitconfig`,
			`[credential "${over.privateHttps}"]\n\tuseHttpPath = true\n\thelper = "!echo username=${login.user}; echo password=${login.password}; :"\n`,
			owned,
		);
		expect(await codeOf(over.privateHttps)).toBe('repository-ready');
	},
	timeLimitMs,
);

test(
	'a host that refuses the key is asked once',
	async () => {
		await createKey(machine);
		const urls = Object.fromEntries(
			['a', 'b', 'c', 'd', 'e', 'f'].map((name) => [name, `git@strict.example.org:private/${name}.git`]),
		);
		const since = (await asRoot(machine, "date '+%Y-%m-%d %H:%M:%S.%6N'")).trim();
		const found = await checkRepositories(machine, urls);
		expect(new Set([...found.values()].map(({code}) => code))).toEqual(new Set(['repository-key-refused']));
		expect(found.size).toBe(6);
		const log = await asRoot(
			machine,
			`journalctl --unit=forge-strict-ssh --since='${since}' --output=cat | grep -c 'closed by authenticating'`,
		);
		expect(log.trim()).toBe('1');
	},
	timeLimitMs,
);

/** Two that take a connection and do not answer, over HTTPS and SSH, and one that does not take any. */
const hanging = [
	'https=https://git.example.org/silent/x.git',
	`mute=ssh://git@git.example.org:${mutePort}/private/project.git`,
	'silent=git@silent.example.org:private/project.git',
];

const hangingOptions = hanging.flatMap((one) => ['--repository', one]);

/** What a check started, without what has ended and nobody has waited for yet. */
const leftRunning = (): Promise<string> =>
	asAlice(
		machine,
		[
			"pgrep -u alice --runstates R,S,D -a '^git|^ssh$|systemd-run|vira-setup' || true",
			"systemctl --user list-units --all --plain --no-legend 'vira-setup-*'",
		].join('\n'),
	);

test.each<[string, readonly string[]]>([
	['the wizard', hangingOptions],
	['doctor', ['doctor']],
	['check-repository', ['check-repository', ...hanging]],
	['a run of a script', ['--non-interactive', ...hangingOptions, '--require-ready']],
])(
	'while repositories do not answer, Ctrl-C at the terminal ends %s at once, and nothing runs on',
	async (title, words) => {
		if (title === 'doctor')
			await machine.run(['vira-setup', '--non-interactive', ...hangingOptions], {as: 'alice'});
		const screen = watch(machine.terminal(thenTell(['vira-setup', ...words])));
		// All of them are being asked: git-remote-https, and SSH twice.
		await waitUntil('git and SSH waited', async () => {
			const {stdout} = await machine.run(['pgrep', '-u', 'alice', '-x', 'git-remote-http|ssh']);
			return stdout.trim().split('\n').length === 3 || undefined;
		});
		const begin = Date.now();
		screen.press(keys.ctrlC);
		expect(await screen.shows('told')).toContain('ended with 130');
		expect(Date.now() - begin).toBeLessThan(1000);
		expect(screen.isRestored).toBe(true);
		await waitUntil('nothing ran on', async () => (await leftRunning()) === '' || undefined, 1000);
	},
	timeLimitMs,
);

/** The fastest of a few runs, in milliseconds. */
const fastest = async (script: string): Promise<number> => {
	const timed = `begin=$(date +%s%N); { ${script}; } >/dev/null 2>&1; echo $((($(date +%s%N) - begin) / 1000000))`;
	const times = [];
	for (let run = 0; run < 3; run += 1) times.push(Number(await asAlice(machine, timed)));
	return Math.min(...times);
};

test.each([
	['HTTPS', over.publicHttps.replace('project', '$1')],
	['SSH', over.ssh.replace('project', '$1')],
])(
	'twenty repositories over %s take doctor less than two seconds more than git takes for them',
	async (_, url) => {
		await createKey(machine);
		await registerKey(machine);
		await knowHost(machine);
		const area = url.includes('public') ? 'public' : 'private';
		await asRoot(
			machine,
			`cd /srv/git/${area} && for n in $(seq 20); do [ -e r$n.git ] || cp -R project.git r$n.git; done && chown -R git .`,
		);
		const urls = Array.from({length: 20}, (_one, index) => url.replace('$1', `r${index + 1}`));
		const words = urls.flatMap((one) => ['--repository', one]);
		await machine.run(['vira-setup', 'uninstall', '--yes', '--purge'], {as: 'alice'});
		await machine.run(['vira-setup', '--non-interactive', ...words], {as: 'alice'});
		const ready = (await readinessBy(machine, ['doctor'])).filter(({code}) => code === 'repository-ready');
		expect(ready).toHaveLength(20);
		// As many at once as the checks ask of one host.
		const git = await fastest(`printf '%s\\n' ${urls.join(' ')} | xargs -P4 -n1 git ls-remote`);
		expect((await fastest('vira-setup doctor')) - git).toBeLessThan(2000);
	},
	timeLimitMs,
);

const secret = 'hunter2-is-secret';

test(
	'no secret of a URL, the environment or a helper is printed, or kept in the journal',
	async () => {
		await asAlice(
			machine,
			`git config --global credential.helper '!echo "password=${secret}" >&2; echo "https://x:${secret}@git.example.org" >&2; exit 1; :'`,
		);
		const shell = {
			https_proxy: `http://alice:${secret}@proxy.example.org:3128`,
			GH_TOKEN: secret,
			NIX_CONFIG: `access-tokens = github.com=${secret}`,
		};
		const repositories = [
			`token=https://alice:${secret}@git.example.org/private/project.git`,
			`query=https://git.example.org/public/missing.git?private_token=${secret}`,
			`page=https://alice:${secret}@git.example.org/page/x`,
			`away=https://alice:${secret}@nowhere.example.org/x.git`,
			`helped=${over.privateHttps}`,
		];
		const options = repositories.flatMap((one) => ['--repository', one]);
		const run = async (...words: readonly string[]): Promise<string> => {
			const {stdout, stderr} = await machine.run(['vira-setup', ...words], {as: 'alice', env: shell});
			return stdout + stderr;
		};
		const outputs = [
			await run('check-repository', ...repositories),
			await run('check-repository', '--json', ...repositories),
			await run('--non-interactive', '--dry-run', ...options, '--environment', `GH_TOKEN=${secret}`),
			await run('--non-interactive', '--json', ...options, '--environment', `GH_TOKEN=${secret}`),
			await run('doctor'),
			await run('doctor', '--json'),
			await asAlice(machine, 'journalctl --user --no-pager --all'),
		];
		expect(outputs.map((one) => one.split('\n').filter((line) => line.includes(secret)))).toEqual(
			outputs.map(() => []),
		);
		expect(outputs[0]).toContain('••••••');
		expect((await readinessBy(machine, ['doctor'], shell)).length).toBeGreaterThan(5);
	},
	timeLimitMs,
);
