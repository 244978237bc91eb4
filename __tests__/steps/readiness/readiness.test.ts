import {describe, expect, test} from '@jest/globals';
import {Cancelled} from '../../../src/errors.ts';
import {fixText} from '../../../src/notice.ts';
import type {System} from '../../../src/platform/system.ts';
import {defaultSettings, type Settings} from '../../../src/settings/options.ts';
import type {RepositorySituation, SimulatedBuilds} from '../../../src/simulator/builds-state.ts';
import {detect} from '../../../src/steps/detect.ts';
import type {BuildCheck} from '../../../src/steps/readiness/build-check.ts';
import {allChecks, readinessOn} from '../../../src/steps/readiness/readiness.ts';
import {put} from '../../support/installed.ts';
import {simulate, type Simulation} from '../../support/simulated-linux.ts';
import {simulateMac} from '../../support/simulated-mac.ts';

const {signal} = new AbortController();

const standard = defaultSettings({vira: '/home/alice/.nix-profile/bin/vira', nix: true});

const checksOn = async (system: System, given: Partial<Settings> = {}): Promise<readonly BuildCheck[]> =>
	allChecks(readinessOn(system, await detect(system)), {settings: {...standard, ...given}, signal});

/** Everything that is not fine, by its code. */
const found = (checks: readonly BuildCheck[]): readonly string[] =>
	checks.filter(({level}) => level !== 'ok').map(({level, code}) => `${level} ${code}`);

const machineWith = (
	builds: SimulatedBuilds,
	environment: Record<string, string> = {},
): Promise<Simulation> => simulate({builds, environment});

describe('on a Mac, a check that could read more than the service is corrected', () => {
	const url = 'https://git.example.org/team/app.git';
	const secured = {repositories: {[url]: 'needs-keychain'}} as const;
	test.each<[string, Partial<Settings>, readonly string[]]>([
		['the keychain is open in the desktop session', {domain: 'gui'}, []],
		['it is closed to a daemon', {domain: 'system'}, ['error repository-keychain-closed']],
	])('%s', async (_, settings, codes) => {
		const machine = await simulateMac({builds: secured});
		const checks = await checksOn(machine, {repositories: {app: url}, ...settings});
		expect(found(checks).filter((one) => one.includes('repository'))).toEqual(codes);
	});

	test('an empty helper takes the keychain away, so that another one answers', async () => {
		const credentialHelpers = ['osxkeychain', '', 'store'];
		const machine = await simulateMac({builds: {...secured, credentialHelpers}});
		const checks = await checksOn(machine, {repositories: {app: url}, domain: 'system'});
		expect(found(checks).filter((one) => one.includes('repository'))).toEqual([]);
	});

	test('a login of gh that is in the keychain is none of a daemon', async () => {
		const machine = await simulateMac({builds: {gh: 'logged-in'}});
		const repositories = {app: 'https://github.com/team/app'};
		const inGui = found(await checksOn(machine, {repositories}));
		const inSystem = found(await checksOn(machine, {repositories, domain: 'system'}));
		const ofGh = (codes: readonly string[]) => codes.filter((one) => one.includes('gh'));
		const settings = {repositories, domain: 'system', environment: {GH_TOKEN: 'ghp_0123'}} as const;
		const byVariable = found(await checksOn(machine, settings));
		expect([inGui, ofGh(inSystem), ofGh(byVariable)]).toEqual([[], ['warning gh-in-keychain'], []]);
	});

	test('a folder that macOS guards is closed to the service', async () => {
		const machine = await simulateMac();
		const checks = await checksOn(machine, {repositories: {app: '/Users/alice/Documents/app'}});
		expect(found(checks)).toEqual(['warning repository-guarded']);
	});

	test('an SSH session does not tell whether the desktop session can log in', async () => {
		const situation = {repositories: {[url]: 'wants-password'}} as const;
		const machine = await simulateMac({builds: situation, mac: {caller: {session: 'Aqua', viaSsh: true}}});
		const checks = await checksOn(machine, {repositories: {app: url}});
		expect(found(checks)).toEqual(['warning repository-keychain-unknown']);
	});
});

test('a new machine is ready', async () => {
	expect(found(await checksOn(await machineWith({})))).toEqual([]);
	expect(found(await checksOn(await simulateMac()))).toEqual([]);
});

describe('Nix that cannot build is found, with its fix', () => {
	test.each<[string, Parameters<typeof simulate>[0], string, string]>([
		['missing', {nix: undefined}, 'error nix-missing', 'Install Nix'],
		[
			'its daemon stopped',
			{builds: {nix: 'daemon-stopped'}},
			'error nix-daemon-stopped',
			'systemctl restart',
		],
		['its daemon refuses', {builds: {nix: 'refused'}}, 'error nix-refused', 'usermod -aG nix-users alice'],
		['no flakes', {builds: {nix: 'flakes-off'}}, 'error nix-flakes-off', '~/.config/nix/nix.conf'],
		[
			'no flakes on NixOS',
			{nixos: true, builds: {nix: 'flakes-off'}},
			'error nix-flakes-off',
			'nixos-rebuild',
		],
		[
			'a user without trust',
			{builds: {isTrusted: false}},
			'note nix-untrusted',
			'extra-trusted-users = alice',
		],
		[
			'little memory',
			{builds: {memoryBytes: 3 * 2 ** 30}},
			'note little-memory',
			'--max-concurrent-builds 1',
		],
		[
			'a full store',
			{fileSystems: {'/nix': {kind: 'ext4', network: false, temporary: false, freeBytes: 2 ** 30}}},
			'warning nix-store-full',
			'nix-collect-garbage',
		],
	])('%s', async (_, given, code, fix) => {
		const checks = await checksOn(await simulate(given));
		expect(found(checks)).toEqual([code]);
		expect(checks.flatMap(({fixes = []}) => fixes.map(fixText)).join('\n')).toContain(fix);
	});
});

describe('a repository that git cannot read is found, with its fix', () => {
	const url = 'https://git.example.org/team/app.git';
	test.each<[RepositorySituation, Record<string, string>, string, string]>([
		['not-found', {}, 'repository-not-found', 'Check the URL'],
		['host-unknown', {}, 'repository-host-unknown', 'Check the host name'],
		['silent', {}, 'repository-unreachable', 'firewall'],
		[
			'host-key-changed',
			{},
			'repository-host-key-changed',
			'ssh-keygen -f /home/alice/.ssh/known_hosts -R git.example.org',
		],
		['key-refused', {}, 'repository-key-refused', 'ssh-keygen -t ed25519'],
		['wants-password', {}, 'repository-wants-password', 'ssh://git@git.example.org/team/app.git'],
		['password-refused', {}, 'repository-password-refused', 'credential helper'],
		['certificate-unknown', {}, 'repository-certificate-unknown', 'GIT_SSL_CAINFO=FILE'],
		[
			'needs-proxy',
			{https_proxy: 'http://proxy.example.org:3128'},
			'repository-proxy-in-shell',
			'--environment https_proxy=http://proxy.example.org:3128',
		],
		[
			'needs-certificate',
			{GIT_SSL_CAINFO: '/srv/ca.pem'},
			'repository-certificate-in-shell',
			'--environment GIT_SSL_CAINFO=/srv/ca.pem',
		],
	])('%s', async (situation, environment, code, fix) => {
		const machine = await machineWith({repositories: {[url]: situation}}, environment);
		const [check] = (await checksOn(machine, {repositories: {app: url}})).filter(
			({group}) => group === 'repositories',
		);
		expect(check).toMatchObject({level: 'error', code, item: 'app', option: 'repositories'});
		expect((check?.fixes ?? []).map(fixText).join('\n')).toContain(fix);
	});

	test('a repository without a commit can be read, and is a note', async () => {
		const machine = await machineWith({repositories: {[url]: 'empty'}});
		expect(found(await checksOn(machine, {repositories: {app: url}}))).toEqual(['note repository-no-commit']);
	});

	test('a key with a passphrase, which only the agent of the shell has', async () => {
		const agent = {SSH_AUTH_SOCK: '/run/user/1000/agent'};
		const ssh = 'git@git.example.org:team/app.git';
		const machine = await machineWith({repositories: {[ssh]: 'needs-agent'}}, agent);
		expect(found(await checksOn(machine, {repositories: {app: ssh}}))).toEqual([
			'error repository-key-passphrase',
			'note shell-only-variables',
		]);
		// An agent of the user manager is one of the service, too.
		await machine.events.change({builds: {repositories: {[ssh]: 'needs-agent'}, environment: agent}});
		expect(found(await checksOn(machine, {repositories: {app: ssh}}))).toEqual([]);
	});

	test('a key with a passphrase is recognized by its file, without an agent', async () => {
		const ssh = 'git@git.example.org:team/app.git';
		const machine = await machineWith({repositories: {[ssh]: 'key-refused'}});
		const key = Buffer.from('openssh-key-v1\0\0\0\0\naes256-ctr\0\0\0\u0006bcrypt').toString('base64');
		await put(
			machine,
			'/home/alice/.ssh/id_ed25519',
			`-----BEGIN OPENSSH PRIVATE KEY-----\n${key}\n-----END OPENSSH PRIVATE KEY-----\n`,
		);
		const checks = await checksOn(machine, {repositories: {app: ssh}});
		expect(checks.flatMap(({fixes = []}) => fixes.map(fixText))).toContain(
			"ssh-keygen -p -N '' -f /home/alice/.ssh/id_ed25519   removes the passphrase of the key",
		);
	});

	test.each<[Settings['serviceConfig'], string[]]>([
		[{Nice: '5', PrivateTmp: 'true'}, ['vira-setup --service-config Nice=5 --service-config PrivateTmp=no']],
		[{PrivateTmp: 'no'}, []],
		[{ProtectSystem: 'strict'}, []],
	])(
		'with %j, SSH refuses a file of root: PrivateTmp is turned off if it is on',
		async (serviceConfig, fixes) => {
			const machine = await machineWith({});
			const stderr = 'Bad owner or permissions on /etc/ssh/ssh_config.d/20-systemd-ssh-proxy.conf';
			const inNamespace: System = {
				...machine,
				run: async (command, options) =>
					command[0] === 'systemd-run' && command.includes('ls-remote')
						? {exitCode: 128, stdout: '', stderr, timedOut: false, found: true}
						: machine.run(command, options),
			};
			const repositories = {app: 'git@git.example.org:team/app.git'};
			const [check] = (await checksOn(inNamespace, {repositories, serviceConfig})).filter(
				({group}) => group === 'repositories',
			);
			expect(check).toMatchObject({level: 'error', code: 'repository-sandboxed'});
			expect(check?.fixes?.map(({command}) => command)).toEqual(fixes);
		},
	);

	test('ssh is not installed; git is not, which Vira does not need', async () => {
		const repositories = {app: 'git@git.example.org:team/app.git'};
		expect(found(await checksOn(await machineWith({missing: ['ssh']}), {repositories}))).toEqual([
			'error repository-ssh-missing',
		]);
		expect(found(await checksOn(await machineWith({missing: ['git']}), {repositories}))).toEqual([
			'warning repository-not-checked',
		]);
	});

	test('with the fix followed, it can be read', async () => {
		const machine = await machineWith(
			{repositories: {[url]: 'needs-proxy'}},
			{https_proxy: 'http://proxy.example.org:3128'},
		);
		const environment = {https_proxy: 'http://proxy.example.org:3128'};
		expect(found(await checksOn(machine, {repositories: {app: url}, environment}))).toEqual([]);
	});
});

describe('variables that only the shell has', () => {
	test('are named once, with the options that add them to those that are set', async () => {
		const machine = await machineWith(
			{},
			{https_proxy: 'http://proxy.example.org:3128', NIX_PATH: 'nixpkgs=/srv'},
		);
		const checks = await checksOn(machine, {environment: {LANG: 'C.UTF-8'}});
		expect(found(checks)).toEqual(['warning shell-only-variables']);
		expect(checks.flatMap(({fixes = []}) => fixes.map(fixText))).toEqual([
			'vira-setup --environment LANG=C.UTF-8 --environment https_proxy=http://proxy.example.org:3128 --environment NIX_PATH=nixpkgs=/srv   gives it to the service',
		]);
		expect(checks.find(({variables}) => variables)?.variables).toEqual({
			https_proxy: 'http://proxy.example.org:3128',
			NIX_PATH: 'nixpkgs=/srv',
		});
	});

	test('are masked if they are secrets', async () => {
		const secret = 'hunter2hunter2';
		const environment = {https_proxy: `http://alice:${secret}@proxy.example.org:3128`, GH_TOKEN: secret};
		const repositories = {app: 'https://git.example.org/app.git'};
		const machine = await machineWith({repositories: {[repositories.app]: 'needs-proxy'}}, environment);
		const shown = (await checksOn(machine, {repositories})).map((check) => ({
			...check,
			variables: undefined,
		}));
		expect(shown.map(({code}) => code)).toContain('repository-proxy-in-shell');
		expect(JSON.stringify(shown)).not.toContain(secret);
	});
});

describe('caches and forges, where they are configured', () => {
	const onGitHub = {app: 'https://github.com/juspay/vira'};
	test.each<[NonNullable<SimulatedBuilds['gh']>, string[]]>([
		['logged-in', []],
		['logged-out', ['note gh-logged-out']],
		['refused', ['warning gh-refused']],
		['fails', ['error gh-failed']],
	])('gh is or does: %s', async (gh, expected) => {
		const machine = await machineWith({gh});
		expect(found(await checksOn(machine, {repositories: onGitHub}))).toEqual(expected);
		expect(found(await checksOn(machine))).toEqual([]);
	});

	test('attic servers without a token, with one that has expired, and with a URL that Vira does not find', async () => {
		const token = (exp: number): string =>
			['e30', Buffer.from(JSON.stringify({exp})).toString('base64url'), 'x'].join('.');
		const machine = await machineWith({});
		await put(
			machine,
			'/home/alice/.config/attic/config.toml',
			[
				'default-server = "good"',
				'[servers.good]',
				'endpoint = "https://good.example.org/"',
				`token = "${token(4_000_000_000)}"`,
				'[servers."old.one"]',
				'endpoint = "https://old.example.org/"',
				`token = "${token(1_000_000_000)}"`,
				'[servers.bare]',
				"endpoint = 'https://bare.example.org/'",
				'[servers.in-file]',
				'endpoint = "https://file.example.org"',
				'token-file = "/home/alice/token"',
			].join('\n'),
		);
		const checks = await checksOn(machine);
		expect(found(checks)).toEqual([
			'warning attic-endpoint',
			'warning attic-token-expired',
			'warning attic-without-token',
			'warning attic-without-token',
		]);
		expect(checks.flatMap(({fixes = []}) => fixes.map(({command}) => command))).toEqual([
			'attic login good https://good.example.org',
			'attic login old.one https://old.example.org/ TOKEN',
			'attic login bare https://bare.example.org/ TOKEN',
			'attic login in-file https://file.example.org TOKEN',
		]);
		expect(JSON.stringify(checks)).not.toContain(token(1_000_000_000));
	});

	test('cachix without a token', async () => {
		const machine = await machineWith({});
		await put(machine, '/home/alice/.config/cachix/cachix.dhall', '{ authToken = "" }');
		expect(found(await checksOn(machine))).toEqual(['note cachix-without-token']);
	});
});

test('nothing is asked twice, and only what is new is asked', async () => {
	const machine = await simulate();
	const asked: string[] = [];
	const system: System = {
		...machine,
		run: async (command, options) => {
			asked.push(command.slice(-4).join(' '));
			return machine.run(command, options);
		},
	};
	const check = readinessOn(system, await detect(system));
	const repositories = {a: 'https://git.example.org/a', b: 'https://git.example.org/b'};
	await allChecks(check, {settings: {...standard, repositories: {a: repositories.a}}, signal});
	asked.length = 0;
	const all = await allChecks(check, {settings: {...standard, repositories}, signal});
	expect(all.filter(({group}) => group === 'repositories').map(({item}) => item)).toEqual(['a', 'b']);
	expect(asked.filter((one) => one.includes('--'))).toEqual(['--quiet -- https://git.example.org/b HEAD']);
});

test.each([
	// At most four are asked at once, and the first of them all in the sandbox.
	['https://git.example.org/', 4, 0],
	// Here the first is awaited.
	['git@git.example.org:', 1, 1],
])('twenty repositories at %s: one process for each, and few services', async (base, inUnits, configs) => {
	const machine = await simulate();
	const ran: string[] = [];
	const run: System['run'] = async (command, options) => {
		ran.push(command.join(' '));
		return machine.run(command, options);
	};
	const system = {...machine, run};
	const repositories = Object.fromEntries(
		Array.from({length: 20}, (_, index) => [`r${index}`, `${base}r${index}`]),
	);
	const check = readinessOn(system, await detect(system));
	ran.length = 0;
	await allChecks(check, {settings: {...standard, repositories}, signal, groups: ['repositories']});
	const gits = ran.filter((one) => one.includes('ls-remote'));
	expect(gits).toHaveLength(20);
	expect(gits.filter((one) => one.startsWith('systemd-run')).length).toBeLessThanOrEqual(inUnits);
	expect(ran.filter((one) => one.includes(' -G '))).toHaveLength(configs);
	expect(ran.filter((one) => one.startsWith('systemctl')).length).toBeLessThanOrEqual(4);
});

/** The machine, and what git is asked for there, with its command for SSH. */
const watched = (machine: Simulation): {system: System; asked: (readonly [string, string])[]} => {
	const asked: (readonly [string, string])[] = [];
	const run: System['run'] = async (command, options) => {
		const {GIT_SSH_COMMAND: ssh = ''} = options?.environment ?? {};
		if (command.includes('ls-remote')) asked.push([command.at(-2) ?? '', ssh]);
		return machine.run(command, options);
	};
	return {system: {...machine, run}, asked};
};

test('after one answer that is true for its account, others there are not asked for', async () => {
	const one = 'git@git.example.org:team/';
	const {system, asked} = watched(await machineWith({repositories: {[one]: 'key-refused'}}));
	const check = readinessOn(system, await detect(system));
	const repositories = {a: `${one}a`, b: `${one}b`, c: 'git@other.example.org:team/c'};
	const all = await allChecks(check, {settings: {...standard, repositories}, signal});
	expect(found(all)).toEqual(['error repository-key-refused', 'error repository-key-refused']);
	expect(asked.map(([url]) => url)).toEqual([repositories.a, repositories.c]);
	const more = {...standard, repositories: {...repositories, d: `${one}d`}};
	expect(found(await allChecks(check, {settings: more, signal}))).toHaveLength(3);
	expect(asked).toHaveLength(2);
	await allChecks(check, {settings: more, signal, again: true});
	expect(asked.slice(2).map(([url]) => url)).toEqual([repositories.a, repositories.c]);
});

test.each([
	['ssh', 'ssh -o'],
	['ssh -i /srv/key', 'ssh -o'],
	['env LANG=C ssh', 'env LANG=C ssh -o'],
])('the command for SSH %j adds no known host', async (given, beginning) => {
	const {system, asked} = watched(await machineWith({}));
	const repositories = {a: 'git@git.example.org:a'};
	await checksOn(system, {repositories, environment: {GIT_SSH_COMMAND: given}});
	const ssh = asked[0]?.[1] ?? '';
	expect(ssh.startsWith(`${beginning} 'UserKnownHostsFile=/dev/null `)).toBe(true);
	expect(ssh).toMatch(/ -o BatchMode=yes -o StrictHostKeyChecking=accept-new$/u);
	expect(ssh).toContain(given.split(' ').at(-1));
});

test('an end by the person stops the transient services', async () => {
	const machine = await simulate();
	const ending = new AbortController();
	const stopped: string[] = [];
	let unit: string | undefined;
	const run: System['run'] = async (command, options) => {
		if (command.includes('stop')) stopped.push(command.at(-1) ?? '');
		if (!command.includes('ls-remote')) return machine.run(command, options);
		unit = command.find((word) => word.startsWith('--unit='))?.slice('--unit='.length);
		ending.abort();
		return {exitCode: undefined, stdout: '', stderr: '', timedOut: false, found: true};
	};
	const system: System = {...machine, run};
	const settings = {...standard, repositories: {a: 'https://git.example.org/a'}};
	const asking = allChecks(readinessOn(system, await detect(system)), {settings, signal: ending.signal});
	await expect(asking).rejects.toThrow(Cancelled);
	expect(stopped).toContain(`${unit}.service`);
});

test('each part is passed on as soon as it is known, and an end by the person ends all', async () => {
	const machine = await simulate();
	const ending = new AbortController();
	const system: System = {
		...machine,
		run: async (command, options) =>
			command.includes('ls-remote') ? new Promise(() => undefined) : machine.run(command, options),
	};
	const check = readinessOn(system, await detect(system));
	const settings = {...standard, repositories: {a: 'https://git.example.org/a'}};
	const seen: string[] = [];
	const work = async (): Promise<void> => {
		for await (const {group} of check({settings, signal: ending.signal})) {
			seen.push(group);
			if (seen.length === 4) ending.abort();
		}
	};
	await expect(work()).rejects.toThrow(Cancelled);
	expect(seen.toSorted()).toEqual(['environment', 'forges', 'machine', 'nix']);
});
