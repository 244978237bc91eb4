import {describe, expect, test} from '@jest/globals';
import type {Machine} from '../../scripts/machine/machine.ts';
import {keys} from '../../scripts/terminal/screen.ts';
import {
	installBadVira,
	lingers,
	pageAt,
	pageSoonAt,
	serviceProperty,
	timeLimitMs,
	useMachine,
	vira,
} from '../support/alice.ts';
import {watch} from '../support/terminal.ts';
import {validDocument, type Document} from '../support/valid-document.ts';

const url = 'https://localhost:5005/';
const unit = '/home/alice/.config/systemd/user/vira.service';

const onMachine = useMachine();

const as = {as: 'alice'} as const;

/** A command as alice in her own session: its exit status, and the lines on standard output, or else on standard error. */
const say = async (machine: Machine, ...words: readonly string[]): Promise<readonly (number | string)[]> => {
	const {exitCode, stdout, stderr} = await machine.run(['vira-setup', ...words], as);
	return [exitCode, ...(stdout === '' ? stderr : stdout).trimEnd().split('\n')];
};

/** The same as the one document. */
const tell = async (machine: Machine, ...words: readonly string[]): Promise<readonly [number, Document]> => {
	const {exitCode, stdout} = await machine.run(['vira-setup', ...words, '--json'], as);
	return [exitCode, validDocument(stdout)];
};

const setUp = async (...words: readonly string[]): Promise<Machine> => {
	const machine = onMachine();
	const {exitCode, stderr} = await machine.run(['vira-setup', '--non-interactive', ...words], as);
	if (exitCode !== 0) throw new Error(stderr);
	return machine;
};

const systemctl = (machine: Machine, ...words: readonly string[]) =>
	machine.run(['systemctl', '--user', ...words, 'vira.service'], as);

test(
	'not set up: each command says so, also status',
	async () => {
		const machine = onMachine();
		expect(await say(machine, 'status')).toEqual([
			1,
			'✖ Vira is not set up here.',
			'  vira-setup   sets it up',
		]);
		for (const verb of ['start', 'stop', 'restart', 'logs'])
			expect((await say(machine, verb)).slice(0, 2)).toEqual([3, 'vira-setup: Vira is not set up here.']);
	},
	timeLimitMs,
);

test(
	'running, restarted, stopped, started: each report is true',
	async () => {
		const machine = await setUp();
		const pid = Number(await serviceProperty(machine, 'MainPID'));
		expect(await tell(machine, 'status')).toMatchObject([
			0,
			{
				healthy: true,
				installed: true,
				enabled: true,
				loaded: true,
				running: true,
				responding: true,
				pid: pid,
				restarts: 0,
				url,
				serviceFile: unit,
				lingering: true,
				startsAtBoot: true,
				survivesLogout: true,
				drift: [],
			},
		]);
		expect(await say(machine, 'start')).toContain(`✔ Vira is already running (PID ${pid}).`);
		expect(Number(await serviceProperty(machine, 'MainPID'))).toBe(pid);

		expect(await tell(machine, 'restart')).toMatchObject([0, {outcome: 'restarted', changed: true}]);
		const second = Number(await serviceProperty(machine, 'MainPID'));
		expect(second).not.toBe(pid);
		expect(await pageAt(machine, url)).toBe('200');

		expect(await say(machine, 'stop')).toEqual([
			0,
			'✔ Vira stopped.',
			'  It starts again at the next boot.',
			'  vira-setup start   starts Vira',
		]);
		expect(await pageAt(machine, url)).toBe('refused');
		expect(await say(machine, 'logs', '-n', '6')).toEqual(
			expect.arrayContaining([expect.stringContaining('Creating checkpoint before closing...')]),
		);
		expect(await say(machine, 'stop')).toContain('✔ Vira is not running: nothing to stop.');
		expect(await tell(machine, 'status')).toMatchObject([
			1,
			{running: false, state: 'inactive', loaded: true, lastExit: null, pid: null, since: null},
		]);

		expect(await tell(machine, 'start')).toMatchObject([0, {outcome: 'started', healthy: true}]);
		expect(await pageAt(machine, url)).toBe('200');
	},
	timeLimitMs,
);

test(
	'the start time is the one that systemd reports, whatever the time zone',
	async () => {
		const machine = await setUp();
		const env = {TZ: 'Asia/Kathmandu'};
		const {stdout} = await machine.run(['vira-setup', 'status', '--json'], {...as, env});
		const began = Date.parse(String(validDocument(stdout)['since']));
		const now = Number((await machine.run(['date', '+%s'])).stdout) * 1000;
		expect(now - began).toBeGreaterThanOrEqual(0);
		expect(now - began).toBeLessThan(timeLimitMs);
	},
	timeLimitMs,
);

test(
	'failed so often that systemd gave up: a start exits with 6, and starts it once Vira is fixed',
	async () => {
		const machine = await setUp();
		await installBadVira(machine, 'exits-at-once', vira);
		for (let count = 0; count < 8; count += 1) await systemctl(machine, 'restart');
		expect(await serviceProperty(machine, 'ActiveState')).toBe('failed');
		expect(await tell(machine, 'status')).toMatchObject([
			1,
			{
				running: false,
				state: 'failed',
				// The last result remains if systemd refused a start from "failed".
				lastExit: expect.stringMatching(
					/^It (?:failed too often, so systemd stopped restarting it|exited with status 1)\.$/u,
				),
			},
		]);
		expect(await tell(machine, 'start', '--wait', '5')).toMatchObject([
			6,
			{outcome: 'failed', changed: true, error: {code: 'unhealthy', log: expect.any(Array)}},
		]);
		expect((await say(machine, 'stop'))[0]).toBe(0);
		await machine.run(['rm', `${vira}.behaviour.json`]);
		expect(await tell(machine, 'start')).toMatchObject([0, {outcome: 'started', healthy: true}]);
	},
	timeLimitMs,
);

test(
	'masked: status says so, and a start restores the file that the mask replaced',
	async () => {
		const machine = await setUp();
		const before = await machine.snapshot([unit, '/home/alice/.config/systemd']);
		await machine.run(['rm', unit]);
		await systemctl(machine, 'mask');
		await systemctl(machine, 'stop');
		expect(await serviceProperty(machine, 'LoadState')).toBe('masked');
		expect(await tell(machine, 'status')).toMatchObject([1, {unitMasked: true, running: false}]);
		expect(await say(machine, 'stop')).toContain('✔ Vira is not running: nothing to stop.');
		expect(await tell(machine, 'start')).toMatchObject([0, {outcome: 'started', startsAtBoot: true}]);
		expect(await machine.snapshot([unit, '/home/alice/.config/systemd'])).toEqual(before);
		expect(await tell(machine, 'status')).toMatchObject([0, {unitMasked: false, enabled: true, drift: []}]);
	},
	timeLimitMs,
);

test(
	'disabled: a start starts it and leaves it disabled, which status shows',
	async () => {
		const machine = await setUp();
		await systemctl(machine, 'disable');
		await say(machine, 'stop');
		expect(await tell(machine, 'stop')).toMatchObject([0, {nextStart: {when: 'never'}}]);
		expect(await tell(machine, 'start')).toMatchObject([0, {healthy: true, startsAtBoot: false}]);
		expect(await tell(machine, 'status')).toMatchObject([
			0,
			{enabled: false, drift: [{code: 'not-enabled'}], nextStart: {when: 'never'}},
		]);
	},
	timeLimitMs,
);

test(
	'lingering off: status says so, and a stop says that a login starts it',
	async () => {
		const machine = await setUp();
		const session = machine.terminal(['sleep', 'infinity']);
		await machine.run(['loginctl', 'disable-linger', 'alice'], as);
		expect(await lingers(machine)).toBe(false);
		expect(await tell(machine, 'status')).toMatchObject([
			0,
			{lingering: false, startsAtBoot: false, survivesLogout: false, drift: [{code: 'lingering-off'}]},
		]);
		expect(await tell(machine, 'restart')).toMatchObject([0, {outcome: 'restarted'}]);
		expect(await tell(machine, 'stop')).toMatchObject([0, {nextStart: {when: 'login'}}]);
		expect(await tell(machine, 'start')).toMatchObject([0, {outcome: 'started'}]);
		session.kill();
	},
	timeLimitMs,
);

test(
	'no session and no lingering: nothing can run, and each command says so',
	async () => {
		const machine = await setUp('--no-linger');
		await machine.endSessions();
		const alone = async (...words: readonly string[]): Promise<readonly (number | string)[]> => {
			const env = {PATH: '/usr/local/bin:/usr/bin:/bin'};
			const {exitCode, stdout, stderr} = await machine.runWithoutSession(['vira-setup', ...words], {env});
			return [exitCode, ...(stdout === '' ? stderr : stdout).trimEnd().split('\n')];
		};
		expect(await alone('status')).toEqual(
			expect.arrayContaining([1, '✖ Running         no: the systemd user manager of alice is not running']),
		);
		for (const verb of ['start', 'restart'])
			expect(await alone(verb)).toEqual([
				3,
				'vira-setup: The systemd user manager of alice is not running: alice is not logged in, and lingering is off.',
				'  loginctl enable-linger alice   lets it run while alice is logged out',
				'  Or log in as alice, then start Vira.',
			]);
		expect(await alone('stop')).toEqual([
			0,
			'✔ Vira is not running: nothing to stop.',
			'  It starts again at your next login, after all your sessions have ended.',
		]);
		expect((await alone('logs', '-n', '1'))[0]).toBe(0);
	},
	timeLimitMs,
);

test(
	'from cron, with lingering on, every command works without a session',
	async () => {
		const machine = await setUp();
		await machine.endSessions();
		const env = {PATH: '/usr/local/bin:/usr/bin:/bin'};
		for (const verb of ['status', 'restart', 'stop', 'start'])
			expect((await machine.runWithoutSession(['vira-setup', verb], {env})).exitCode).toBe(0);
		expect(await pageSoonAt(machine, url)).toBe('200');
	},
	timeLimitMs,
);

test(
	'her own drop-in: status names what it overrides, and a restart applies it',
	async () => {
		const machine = await setUp();
		const text = '[Service]\nRestart=no\nEnvironment=MINE=1\n';
		await machine.writeFile(`${unit}.d/mine.conf`, text, {owner: 'alice'});
		expect(await tell(machine, 'restart')).toMatchObject([0, {outcome: 'restarted'}]);
		const pid = await serviceProperty(machine, 'MainPID');
		expect((await machine.readFile(`/proc/${pid}/environ`)).split('\0')).toContain('MINE=1');
		expect(await tell(machine, 'status')).toMatchObject([
			0,
			{
				dropIns: [`${unit}.d/mine.conf`],
				drift: [{code: 'drop-in', message: `${unit}.d/mine.conf overrides Restart.`}],
			},
		]);
	},
	timeLimitMs,
);

describe('logs', () => {
	test(
		'-n, --since, and an invalid time',
		async () => {
			const machine = await setUp();
			expect(await say(machine, 'logs', '-n', '1')).toEqual([
				0,
				expect.stringMatching(/ vira\[\d+\]:   Valid for: localhost/u),
			]);
			expect((await say(machine, 'logs', '--since', '1 hour ago')).length).toBeGreaterThan(2);
			expect(await say(machine, 'logs', '--since', 'tomorrow')).toEqual([
				0,
				'The log has no lines since then.',
			]);
			expect(await say(machine, 'logs', '--since', 'nonsense')).toEqual(
				expect.arrayContaining([2, 'Failed to parse timestamp: nonsense']),
			);
			expect(await tell(machine, 'logs', '-n', '6')).toMatchObject([
				0,
				{source: 'journal', lines: expect.arrayContaining([expect.stringContaining('Launching at')])},
			]);
		},
		timeLimitMs,
	);

	test(
		'-f shows new lines, ends with Ctrl-C and 130, and leaves no process',
		async () => {
			const machine = await setUp();
			const screen = watch(
				machine.terminal(['sh', '-c', 'trap : INT; vira-setup logs -f -n 6; echo "ended with $?"']),
			);
			await screen.shows('Launching at');
			await systemctl(machine, 'stop');
			await screen.shows(/Stopped (?:vira\.service|Vira)/u);
			screen.press(keys.ctrlC);
			await screen.shows('ended with 130');
			expect((await machine.run(['pgrep', '-x', 'journalctl'])).stdout).toBe('');
		},
		timeLimitMs,
	);
});

test(
	'during one run, another is refused',
	async () => {
		const machine = await setUp();
		await installBadVira(machine, 'never-answers', vira);
		const both = `vira-setup restart --wait 15 >first 2>&1 & first=$!
			until grep -qs 'Restart Vira' first; do :; done
			vira-setup stop; echo "second $?"; wait $first; echo "first $?"`;
		const {stdout, stderr} = await machine.run(['bash', '-c', `cd; ${both}`], as);
		expect(stdout).toBe('second 3\nfirst 6\n');
		expect(stderr).toMatch(
			/^vira-setup: Another vira-setup is running here \(PID \d+\)\. Nothing was done\.\n/u,
		);
		expect(await serviceProperty(machine, 'ActiveState')).toBe('active');
	},
	timeLimitMs,
);

test(
	'SIGTERM while a start is verified: it is stopped again, exit 130',
	async () => {
		const machine = await setUp();
		await say(machine, 'stop');
		await installBadVira(machine, 'never-answers', vira);
		const ended = `vira-setup start >out 2>&1 & pid=$!
			until grep -qs 'Start Vira' out; do :; done
			kill -TERM $pid; wait $pid; echo "ended with $?"; cat out`;
		const {stdout} = await machine.run(['bash', '-c', `cd; ${ended}`], as);
		expect(stdout).toMatch(/^ended with 130\n/u);
		expect(stdout).toContain('Everything is as it was before.');
		expect(await serviceProperty(machine, 'ActiveState')).toBe('inactive');
	},
	timeLimitMs,
);

test(
	'logs: no lines, none since then, an invalid --since, and a reader that stops',
	async () => {
		const machine = await setUp();
		const logs = (line: string) => machine.run(['bash', '-c', `vira-setup logs ${line}`], as);
		expect(await logs('-n 0')).toMatchObject({exitCode: 0, stdout: '', stderr: ''});
		expect(await logs('--since tomorrow')).toMatchObject({
			exitCode: 0,
			stdout: '',
			stderr: 'The log has no lines since then.\n',
		});
		for (const since of ['a\\nb', 'insufficient permissions', '@99999999999999999999'])
			expect(await logs(`--since $'${since}'`)).toMatchObject({
				exitCode: 2,
				stderr: expect.stringMatching(
					/^vira-setup: --since: not a time that systemd understands\.\nFailed to parse/u,
				),
			});
		const lineCount = await logs(`-n ${'9'.repeat(30)} | wc -l`);
		expect(Number(lineCount.stdout)).toBeGreaterThan(1);
		expect(await logs('-f -n 3 | head -1; echo "ended with $PIPESTATUS"')).toMatchObject({
			stdout: expect.stringMatching(/^[^\n]+\nended with 0\n$/u),
		});
		expect(await logs('>/dev/full')).toMatchObject({exitCode: 1});
	},
	timeLimitMs,
);
