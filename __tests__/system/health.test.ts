import {afterEach, beforeAll, afterAll, describe, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {waitUntil} from '../../scripts/machine/poll.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {serviceProperty, timeLimitMs, vira} from '../support/alice.ts';
import {validDocument, type Document} from '../support/valid-document.ts';

const home = '/home/alice';
const dropIn = `${home}/.config/systemd/user/vira.service.d/mine.conf`;
const as = {as: 'alice'} as const;
const ipv6First = '::1 localhost\n127.0.0.1 localhost\n';
const ipv4First = '127.0.0.1 localhost\n::1 ip6-localhost\n';
const url = 'https://localhost:5005/';

let machine: Machine;

const vs = async (...words: readonly string[]): Promise<readonly [number, Document]> => {
	const {exitCode, stdout} = await machine.run(['vira-setup', ...words, '--json'], as);
	return [exitCode, validDocument(stdout)];
};

const setUp = async (...words: readonly string[]): Promise<void> => {
	const [code, document] = await vs('--non-interactive', ...words);
	if (code !== 0) throw new Error(JSON.stringify(document));
};

const systemctl = (...words: readonly string[]) => machine.run(['systemctl', '--user', ...words], as);

const hosts = (text: string) => machine.writeFile('/etc/hosts', text);

/** Vira behaves like this, or normally. */
const behave = async (mode: string | undefined): Promise<void> => {
	const path = `${vira}.behaviour.json`;
	if (mode === undefined) await machine.run(['rm', '-f', path]);
	else await machine.writeFile(path, JSON.stringify({mode}), {mode: '644', owner: 'alice'});
};

/** Lines of [Service] over those of the unit. */
const override = async (text: string): Promise<void> => {
	await machine.writeFile(dropIn, `[Service]\n${text}\n`, {owner: 'alice'});
	await systemctl('daemon-reload');
};

const inside = async (word: string): Promise<string> => (await machine.run(['sh', '-c', word])).stdout.trim();

/** A program of Node that answers every request with the status. */
const server = (status: number, host: string): string =>
	`require('node:http').createServer((_, r) => r.writeHead(${status}).end()).listen(5005, '${host}')`;

/** Lets another program listen on Vira's port: a service of alice's, or of root's. */
const another = async (host: string, whose: 'alice' | 'root'): Promise<void> => {
	const node = await inside('command -v node');
	const user = whose === 'alice' ? ['--user'] : [];
	await machine.run(['systemd-run', ...user, '--quiet', '--unit=another', node, '-e', server(200, host)], {
		as: whose,
	});
	const address = host.includes(':') ? `[${host}]` : host;
	const ask = `fetch('http://${address}:5005/').then(() => process.exit(0), () => process.exit(1))`;
	await waitUntil('the other program listens', async () => {
		const {exitCode} = await machine.run([node, '-e', ask]);
		return exitCode === 0 || undefined;
	});
};

const pageOf = async (): Promise<unknown> => {
	const [code, document] = await vs('status');
	return [code, document['healthy'], document['page']];
};

beforeAll(async () => {
	machine = await bootMachine();
	await installVira(machine, vira);
}, 600_000);

afterEach(async () => {
	await systemctl('stop', 'another.service');
	await machine.run(['systemctl', 'stop', 'another.service']);
	await behave(undefined);
	await machine.run(['rm', '-rf', `${home}/.config/systemd/user/vira.service.d`]);
	await hosts(ipv6First);
	await vs('uninstall', '--non-interactive');
}, timeLimitMs);

afterAll(async () => machine.destroy());

describe('another program on the port', () => {
	test.each([
		['alice', /^--port: Port 5005 is in use by \S+ \(PID \d+, another\.service\)\./u],
		['root', /^--port: Port 5005 is in use by a program of user root\./u],
	] as const)(
		"of %s's is named before anything is installed",
		async (whose, says) => {
			await hosts(ipv6First);
			await another('::1', whose);
			expect(await vs('--non-interactive')).toMatchObject([
				2,
				{outcome: 'failed', changed: false, error: {message: expect.stringMatching(says)}},
			]);
		},
		timeLimitMs,
	);

	test(
		'whose files are hidden from alice is not taken for Vira, at the first address of the name',
		async () => {
			await hosts(ipv4First.replace('::1 ip6-localhost\n', ''));
			await setUp();
			// A program without read permission is closed to the user who runs it (execve(2), PR_SET_DUMPABLE).
			await inside('install -m 711 "$(command -v node)" /opt/closed-node');
			await machine.run(
				['systemd-run', '--user', '--quiet', '--unit=another', '/opt/closed-node', '-e', server(200, '::1')],
				as,
			);
			await hosts(ipv6First);
			const page = await waitUntil('the other program is met', async () => {
				const [, , message] = (await pageOf()) as [number, boolean, string];
				return message.includes('leads to') ? message : undefined;
			});
			expect(page).toMatch(/leads to another of your programs, not to Vira\./u);
			expect(await pageOf()).toMatchObject([1, false, page]);
		},
		timeLimitMs,
	);

	test(
		'is not an obstacle at an address that Vira does not use: localhost is requested where Vira listens',
		async () => {
			await hosts(ipv6First);
			await another('127.0.0.1', 'alice');
			await setUp();
			expect(await pageOf()).toEqual([
				0,
				true,
				expect.stringMatching(
					/^https:\/\/localhost:5005\/ responds with status 200\. \S+ \(PID \d+, another\.service\) listens on port 5005 at 127\.0\.0\.1\.$/u,
				),
			]);
		},
		timeLimitMs,
	);

	test(
		'without an IPv6 name, Vira is requested at 127.0.0.1',
		async () => {
			await hosts(ipv4First);
			await setUp();
			expect(await pageOf()).toEqual([0, true, `${url} responds with status 200.`]);
		},
		timeLimitMs,
	);

	test.each([
		['alice', /^\S+ \(PID \d+, another\.service\)$/u],
		['root', /^a program of user root$/u],
	] as const)(
		"of %s's that takes the first address is named by status, start, restart and doctor; Vira is not called healthy",
		async (whose, who) => {
			await hosts(ipv4First);
			await setUp('--no-https');
			await hosts(ipv6First);
			await another('::1', whose);
			const named = new RegExp(
				`^http://localhost:5005/ leads to (.*), not to Vira\\. Vira listens on 127\\.0\\.0\\.1\\.$`,
				'u',
			);
			const [code, healthy, page] = (await pageOf()) as [number, boolean, string];
			expect([code, healthy, named.exec(page)?.[1]]).toEqual([1, false, expect.stringMatching(who)]);
			expect(await vs('start', '--wait', '2')).toMatchObject([6, {healthy: false, serviceState: 'running'}]);
			const [status, document] = await vs('doctor');
			expect([status, document['healthy']]).toEqual([1, false]);
			expect(document['checks']).toContainEqual(
				expect.objectContaining({level: 'error', code: 'other-program'}),
			);
			await hosts(ipv4First);
			await systemctl('stop', 'vira.service');
			await systemctl('start', 'vira.service');
			await hosts(ipv6First);
			expect(await vs('restart', '--wait', '2')).toMatchObject([5, {error: {reason: 'port-in-use'}}]);
		},
		timeLimitMs,
	);
});

describe('the page of the service', () => {
	test.each([
		["at the machine's own name, which Debian resolves to 127.0.1.1", 'attic'],
		['at an address of 127.0.0.0/8 that no interface lists', '127.0.0.5'],
	])(
		'is healthy with a certificate of its own %s',
		async (_, hostname) => {
			await hosts(`${ipv4First}127.0.1.1 attic\n`);
			await setUp('--hostname', hostname);
			expect(await pageOf()).toEqual([0, true, `https://${hostname}:5005/ responds with status 200.`]);
		},
		timeLimitMs,
	);

	test(
		'is healthy if a child process of the main one responds',
		async () => {
			await setUp();
			const exec = (await machine.readFile(`${home}/.config/systemd/user/vira.service`))
				.split('\n')
				.find((line) => line.startsWith('ExecStart='));
			const words = exec?.slice('ExecStart='.length) ?? '';
			await override(`ExecStart=\nExecStart=/bin/sh -c "\\"$0\\" \\"$@\\" & wait" ${words}`);
			expect(await vs('restart')).toMatchObject([0, {outcome: 'restarted', healthy: true}]);
			expect(await pageOf()).toEqual([0, true, `${url} responds with status 200.`]);
		},
		timeLimitMs,
	);

	test(
		'is not healthy if it responds with status 500',
		async () => {
			await setUp('--no-https');
			const node = await inside('command -v node');
			await machine.writeFile(`${home}/failing.js`, server(500, 'localhost'), {owner: 'alice'});
			await override(`ExecStart=\nExecStart=${node} ${home}/failing.js`);
			const page = 'http://localhost:5005/ responds with status 500.';
			expect(await vs('restart', '--wait', '3')).toMatchObject([
				6,
				{
					...{outcome: 'failed', healthy: false, serviceState: 'running'},
					findings: expect.arrayContaining([
						expect.objectContaining({
							...{level: 'error', code: 'responding', message: page, kind: 'server-error'},
						}),
					]),
				},
			]);
			expect(await pageOf()).toEqual([1, false, page]);
		},
		timeLimitMs,
	);
});

describe('in the pause before a restart', () => {
	/** Vira has exited and waits; then the problem is fixed. */
	const waits = (): Promise<true> =>
		waitUntil('systemd has counted a restart and waits again', async () => {
			const {stdout} = await systemctl('show', '--property=SubState,NRestarts', 'vira.service');
			return (/^SubState=auto-restart$/mu.test(stdout) && !/^NRestarts=0$/mu.test(stdout)) || undefined;
		});

	/** In a pause that is longer than anything here takes, however busy the machine is. */
	const inPause = async (): Promise<void> => {
		await setUp();
		await override('RestartSec=1s');
		await behave('exits-at-once');
		await systemctl('restart', 'vira.service');
		await waits();
		await override('RestartSec=100s');
		// The pause that has begun may continue unchanged.
		await new Promise((resolve) => setTimeout(resolve, 1500));
		await waits();
		await behave(undefined);
	};

	test.each([
		['start', ['start'], 'started'],
		['restart', ['restart'], 'started'],
		['an installation', ['--non-interactive'], 'updated'],
		['an installation with a change', ['--non-interactive', '--job-retention-days', '15'], 'updated'],
		['doctor --fix', ['doctor', '--fix'], 'examined'],
	])(
		'%s ends with a healthy Vira, and says so',
		async (_, words, outcome) => {
			await inPause();
			// Without Nix, doctor finds a problem all the same.
			const exit = words[0] === 'doctor' ? 1 : 0;
			expect(await vs(...words)).toMatchObject([exit, {outcome, healthy: true}]);
			expect(await serviceProperty(machine, 'NRestarts')).toBe('0');
			expect(await pageOf()).toEqual([0, true, `${url} responds with status 200.`]);
		},
		timeLimitMs,
	);

	test.each(['start', 'restart'])(
		'%s that is cancelled leaves Vira running, and says so',
		async (verb) => {
			await inPause();
			const {stdout} = await machine.run(
				['timeout', '--preserve-status', '--signal=INT', '2', 'vira-setup', verb, '--json'],
				as,
			);
			expect(validDocument(stdout)).toMatchObject({
				outcome: 'cancelled',
				changed: true,
				serviceState: 'running',
			});
			expect(await serviceProperty(machine, 'ActiveState')).toBe('active');
		},
		timeLimitMs,
	);
});

test(
	'a start of a program that exits immediately ends in the same way, whichever systemd noticed first',
	async () => {
		await setUp();
		await override('ExecStart=\nExecStart=/bin/false');
		for (let count = 0; count < 5; count += 1) {
			await systemctl('stop', 'vira.service');
			expect(await vs('start')).toMatchObject([
				6,
				{
					...{outcome: 'failed', changed: true, serviceState: 'retrying'},
					error: {detail: expect.stringMatching(/^Vira did not start properly\./u)},
				},
			]);
		}
	},
	timeLimitMs,
);
