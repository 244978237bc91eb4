import {afterAll, beforeAll, beforeEach, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {timeLimitMs} from '../support/alice.ts';
import {checkRepositories, readinessBy} from './forge/check.ts';
import {asAlice, asRoot, login, openForge} from './forge/forge.ts';
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

test(
	'Ctrl-C ends doctor at once, and nothing runs on',
	async () => {
		const words = ['a', 'b', 'c'].flatMap((name) => [
			...['--repository', `${name}=https://git.example.org/silent/${name}.git`],
			...['--repository', `ssh-${name}=git@silent.example.org:${name}.git`],
		]);
		await machine.run(['vira-setup', '--non-interactive', ...words], {as: 'alice'});
		// A job in the background ignores SIGINT, unless it is in a group of its own (sh(1), set -m).
		const printed = await asAlice(
			machine,
			[
				'set -m',
				'vira-setup doctor >/dev/null 2>&1 & until pgrep -u alice -x git-remote-http >/dev/null; do sleep 0.05; done',
				'begin=$(date +%s%N); kill -INT $!; wait $!; status=$?',
				'echo "$status $((($(date +%s%N) - begin) / 1000000))"',
				// Without those that have ended, and that nobody has waited for yet.
				"pgrep -u alice --runstates R,S,D -a 'git|ssh|systemd-run' || true",
				"systemctl --user list-units --all --plain --no-legend 'vira-setup-*'",
			].join('\n'),
		);
		const [end = '', ...left] = printed.trim().split('\n');
		const [status, tookMs] = end.split(' ').map(Number);
		expect([status, left]).toEqual([130, []]);
		expect(tookMs).toBeLessThan(2000);
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
