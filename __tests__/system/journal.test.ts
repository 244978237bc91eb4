import {describe, expect, test} from '@jest/globals';
import type {Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {serviceProperty, timeLimitMs, useMachine, vira} from '../support/alice.ts';
import {validDocument, type Document} from '../support/valid-document.ts';

const onMachine = useMachine();

/** A command in a session of its own, of any account. */
const runAs = (machine: Machine, name: string, ...words: readonly string[]) =>
	machine.run(['su', '--login', '--session-command', 'exec "$@"', '--', name, 'sh', ...words]);

/** vira-setup of an account: its exit status, and its lines on standard output, or else on standard error. */
const say = async (machine: Machine, name: string, ...words: readonly string[]) => {
	const {exitCode, stdout, stderr} = await runAs(machine, name, 'vira-setup', ...words);
	return [exitCode, ...(stdout === '' ? stderr : stdout).trimEnd().split('\n')];
};

const tell = async (machine: Machine, ...words: readonly string[]): Promise<Document> =>
	validDocument((await runAs(machine, 'alice', 'vira-setup', ...words, '--json')).stdout);

const setUp = async (name: string): Promise<Machine> => {
	const machine = onMachine();
	const {exitCode, stderr} = await runAs(machine, name, 'vira-setup', '--non-interactive');
	if (exitCode !== 0) throw new Error(stderr);
	return machine;
};

/** More of the log than any test asks for. */
const talk = async (machine: Machine): Promise<void> => {
	for (let count = 0; count < 10; count += 1)
		await machine.run(['systemctl', '--user', 'restart', 'vira.service'], {as: 'alice'});
};

describe('the newest lines', () => {
	test(
		'logs -n 5 --since shows the same lines as logs -n 5',
		async () => {
			const machine = await setUp('alice');
			await talk(machine);
			const newest = await say(machine, 'alice', 'logs', '-n', '5');
			expect(newest).toHaveLength(6);
			expect(await say(machine, 'alice', 'logs', '-n', '5', '--since', '1 hour ago')).toEqual(newest);
			const {lines} = await tell(machine, 'logs', '-n', '5', '--since', '1 hour ago');
			expect(lines).toEqual(newest.slice(1));
		},
		timeLimitMs,
	);

	test.each(['-n 5', '-n 0'])(
		'logs -f %s --since continues after them: no line is missing or repeated',
		async (count) => {
			const machine = await setUp('alice');
			await talk(machine);
			const follow = `cd; vira-setup logs -f ${count} --since '1 hour ago' >followed & following=$!
				until [ -s followed ]; do ${count === '-n 0' ? 'systemctl --user restart vira.service;' : ''} sleep 1; done
				systemctl --user restart vira.service
				until [ "$before" = "$(wc -c <followed)" ]; do before=$(wc -c <followed); sleep 2; done
				kill -INT $following; wait $following; cat followed`;
			const {stdout} = await runAs(machine, 'alice', 'bash', '-c', follow);
			const followed = stdout.trimEnd().split('\n');
			expect(followed.length).toBeGreaterThan(count === '-n 5' ? 7 : 2);
			expect(await say(machine, 'alice', 'logs', '-n', String(followed.length))).toEqual([0, ...followed]);
		},
		timeLimitMs,
	);
});

/** A Vira that logs 30 lines, and then what prevents it from running; for every other command, it is the stand-in. */
const failing = `#!/bin/sh
case "$*" in
	*--help*) ;;
	*' web '*)
		for count in $(seq 1 30); do echo "said $count by $$"; done
		printf '\\033[31m%s\\033[0m\\n' 'the cause' >&2
		exit 3 ;;
esac
exec /home/alice/vira-itself "$@"
`;

describe('for a start that fails, the report has', () => {
	test(
		'only the newest lines of the last process, including the cause',
		async () => {
			const machine = await setUp('alice');
			await installVira(machine, '/home/alice/vira-itself');
			await machine.writeFile(vira, failing, {mode: '755', owner: 'alice'});
			for (let count = 0; count < 6; count += 1) {
				const {error} = (await tell(machine, 'restart')) as unknown as {error: {log: readonly string[]}};
				expect(error.log).toContain('the cause');
				expect(error.log.join('\n')).not.toMatch(/Stopp|SIGTERM|Launching/u);
				const speakers = new Set(error.log.flatMap((line) => /^said \d+ by (\d+)$/u.exec(line)?.[1] ?? []));
				expect([speakers.size, error.log.length]).toEqual([1, 20]);
			}
			expect(await serviceProperty(machine, 'ActiveState')).not.toBe('active');
		},
		timeLimitMs,
	);
});

/** A new setting of journald; earlier logs are deleted. */
const setJournald = async (machine: Machine, storage: string): Promise<void> => {
	await machine.writeFile('/etc/systemd/journald.conf.d/storage.conf', `[Journal]\nStorage=${storage}\n`);
	await machine.run(['systemctl', 'restart', 'systemd-journald']);
	// Only now: the previous journald would write them again.
	const before = storage === 'none' ? '/var/log/journal /run/log/journal/*' : '/var/log/journal';
	await machine.run(['bash', '-c', `rm -rf ${before}`]);
};

/**
 * The last of what Vira prints at its start, with a certificate that is there or one that it has made; openssl(1) of
 * Debian 11 has the very last word on that.
 */
const lastWords = / vira\[\d+\]: +(?:Using existing TLS certificates from|Valid for: localhost|e is 65537)/u;
const launching = expect.stringMatching(lastWords);

/** The suggested commands, without their descriptions. */
const commandsIn = (said: readonly (number | string)[]): readonly (readonly string[])[] =>
	said
		.slice(2)
		.map((line) => String(line).trim().split('   ')[0] ?? '')
		.filter((line) => line.startsWith('sudo'))
		.map((line) => line.split(' '));

/** Follows each piece of advice; `admin` can use sudo. */
const demandAdviceHelps = async (machine: Machine, name: string): Promise<void> => {
	const [show = [], join = []] = commandsIn(await say(machine, name, 'logs'));
	const shown = await runAs(machine, 'admin', ...show, '--no-pager');
	expect(shown.stdout).toContain('Launching at https://localhost:5005');
	expect(await runAs(machine, 'admin', ...join)).toMatchObject({exitCode: 0});
	expect((await say(machine, name, 'logs')).at(-1)).toEqual(launching);
	expect(await say(machine, name, 'logs', '-n', '1', '--since', '1 hour ago')).toEqual([0, launching]);
};

describe('a log that cannot be read is never called empty', () => {
	test(
		'a system account: exit 4, and the advice shows the log',
		async () => {
			const machine = onMachine();
			await machine.run(['useradd', '--system', '--create-home', '--shell', '/bin/bash', 'ci']);
			await machine.run(['loginctl', 'enable-linger', 'ci']);
			await installVira(machine, '/usr/local/bin/vira');
			await setUp('ci');
			for (const words of [['logs'], ['logs', '-f'], ['logs', '-n', '5', '--since', 'today']])
				expect((await say(machine, 'ci', ...words)).slice(0, 2)).toEqual([
					4,
					'vira-setup: Cannot read the log: it is in the system journal, which ci has no permission to read.',
				]);
			expect((await say(machine, 'ci', 'doctor')).join('\n')).toContain('! Cannot read the log');
			await demandAdviceHelps(machine, 'ci');
		},
		timeLimitMs,
	);

	test(
		'a journal in /run that alice cannot read: exit 4, and the advice shows the log',
		async () => {
			const machine = await setUp('alice');
			await setJournald(machine, 'volatile');
			await say(machine, 'alice', 'restart');
			expect((await say(machine, 'alice', 'logs'))[0]).toBe(4);
			await demandAdviceHelps(machine, 'alice');
		},
		timeLimitMs,
	);

	test(
		'no journal at all: exit 3, and the advice starts one',
		async () => {
			const machine = await setUp('alice');
			await setJournald(machine, 'none');
			await say(machine, 'alice', 'restart');
			for (const words of [['logs'], ['logs', '-f']])
				expect((await say(machine, 'alice', ...words)).slice(0, 2)).toEqual([
					3,
					'vira-setup: journald does not store a journal on this machine, so the service has no log.',
				]);
			await machine.run(['rm', '/etc/systemd/journald.conf.d/storage.conf']);
			await machine.writeFile('/etc/systemd/journald.conf', '[Journal]\nStorage=persistent\n');
			await runAs(machine, 'admin', 'sudo', 'systemctl', 'restart', 'systemd-journald');
			await say(machine, 'alice', 'restart');
			expect((await say(machine, 'alice', 'logs')).at(-1)).toEqual(launching);
		},
		timeLimitMs,
	);

	test(
		'a service whose lines are in the system journal: exit 4, and the advice shows the log',
		async () => {
			const machine = await setUp('alice');
			await machine.writeFile('/etc/systemd/journald.conf.d/split.conf', '[Journal]\nSplitMode=none\n');
			await machine.run(['systemctl', 'restart', 'systemd-journald']);
			await say(machine, 'alice', 'restart');
			const said = await say(machine, 'alice', 'logs', '--since', '-1s');
			expect([said[0], said[1]]).toEqual([4, expect.stringContaining('has no lines of this service')]);
			await demandSplit(machine, said);
		},
		timeLimitMs,
	);
});

const demandSplit = async (machine: Machine, said: readonly (number | string)[]): Promise<void> => {
	const [show = []] = commandsIn(said);
	const {stdout} = await runAs(machine, 'admin', ...show, '--no-pager');
	expect(stdout.trimEnd().split('\n').at(-1)).toMatch(lastWords);
};
