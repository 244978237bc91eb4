import {afterAll, beforeAll, describe, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {waitUntil} from '../../scripts/machine/poll.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {pageSoonAt, timeLimitMs, vira} from '../support/alice.ts';
import {expiredPair, namelessPair} from '../support/certificates.ts';
import {validDocument, type Document} from '../support/valid-document.ts';

const home = '/home/alice';
const units = `${home}/.config/systemd/user`;
const unit = `${units}/vira.service`;
const dropIn = `${unit}.d/mine.conf`;
const state = `${home}/.local/share/vira/state`;
const receipt = `${home}/.local/state/vira-setup/receipt.json`;
const as = {as: 'alice'} as const;

let machine: Machine;

const vs = (...words: readonly string[]) => machine.run(['vira-setup', ...words], as);

const must = async (...words: readonly string[]): Promise<void> => {
	const {exitCode, stdout, stderr} = await vs('--non-interactive', ...words);
	if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
};

const systemctl = (...words: readonly string[]) => machine.run(['systemctl', '--user', ...words], as);

/** A script as root. */
const sh = (script: string) => machine.run(['sh', '-c', script]);

interface Check {
	readonly level: string;
	readonly code: string;
}

/** The notices that are not fine, as `level code`. */
const foundIn = (document: Document): readonly string[] =>
	((document['checks'] ?? []) as readonly Check[])
		.filter(({level}) => level !== 'ok')
		.map(({level, code}) => `${level} ${code}`);

/**
 * Its exit status if these machines had Nix, and what it finds. They have none, which is a problem: doctor never exits with
 * 0 here (the tests of builds have machines with Nix).
 */
const doctor = async (...words: readonly string[]): Promise<readonly [number, readonly string[]]> => {
	const {exitCode, stdout} = await vs('doctor', '--json', ...words);
	expect(exitCode).toBe(1);
	const found = foundIn(validDocument(stdout));
	return [found.some((one) => one.startsWith('error ')) ? 1 : 0, found];
};

/** Vira behaves like this, or normally. */
const behave = async (behaviour: object | undefined): Promise<void> => {
	const path = `${vira}.behaviour.json`;
	if (!behaviour) await machine.run(['rm', '-f', path]);
	else await machine.writeFile(path, JSON.stringify(behaviour), {mode: '644', owner: 'alice'});
};

const override = async (text: string): Promise<void> => {
	await machine.writeFile(dropIn, `[Service]\n${text}\n`, {owner: 'alice'});
	await systemctl('daemon-reload');
	await systemctl('reset-failed', 'vira.service');
	await systemctl('restart', 'vira.service');
};

/** Programs of this host are found in the machine by its own PATH. */
const nodeInside = async (): Promise<string> => (await sh('command -v node')).stdout.trim();
const pathInside = async (): Promise<string> => (await sh('echo "$PATH"')).stdout.trim();

/** As it was after the setup, whatever happened. */
const restore = async (): Promise<void> => {
	await machine.run(['rm', '-rf', `${unit}.d`]);
	await behave(undefined);
	await systemctl('daemon-reload');
};

beforeAll(async () => {
	machine = await bootMachine();
	await installVira(machine, vira);
	await must('--repository', 'a=https://git.example/a');
}, 600_000);

afterAll(async () => machine.destroy());

interface Case {
	readonly provoke: () => Promise<unknown>;
	readonly found: readonly string[];
	/** What remains after --fix; absent: nothing, and Vira is running and healthy. */
	readonly left?: readonly string[];
	/** What a user does about the rest. */
	readonly fixes?: () => Promise<unknown>;
}

/** Waits until the main process has failed, with that exit status if one is given, and has not been restarted. */
const failed = (status = /./u): Promise<true> =>
	waitUntil('the service has failed', async () => {
		const {stdout} = await systemctl('show', '--property=SubState,ExecMainStatus', 'vira.service');
		const isOver = /^SubState=(?:auto-restart|failed)$/mu.test(stdout);
		return (isOver && status.test(/^ExecMainStatus=(.*)$/mu.exec(stdout)?.[1] ?? '')) || undefined;
	});

/** Restarted, whatever happened before, and failed since. */
const restarted = async (): Promise<void> => {
	await systemctl('reset-failed', 'vira.service');
	await systemctl('restart', 'vira.service');
	await failed();
};

/** A service of root's that is not ours. */
const another = (name: string, ...words: readonly string[]) =>
	machine.run(['systemd-run', '--quiet', `--unit=${name}`, ...words]);

const settings = `${home}/.config/vira-setup/settings.json`;

const cases: Readonly<Record<string, Case>> = {
	'lingering is off': {
		provoke: () => machine.run(['loginctl', 'disable-linger', 'alice'], as),
		found: ['error lingering', 'warning starts-at-boot'],
	},
	'it is stopped': {
		provoke: () => systemctl('stop', 'vira.service'),
		found: ['error stopped'],
	},
	'it is disabled': {
		provoke: () => systemctl('disable', 'vira.service'),
		found: ['warning starts-at-boot', 'error not-enabled'],
	},
	'its unit was deleted': {
		provoke: () => machine.run(['rm', unit]),
		found: ['warning starts-at-boot', 'error file-missing'],
	},
	'its unit was changed by hand, which --fix leaves': {
		provoke: () => sh(`echo '# mine' >> ${unit}`),
		found: ['warning changed-by-hand', 'warning not-reloaded'],
		left: ['warning changed-by-hand', 'warning not-reloaded'],
		fixes: () => vs('--non-interactive', '--overwrite'),
	},
	'a drop-in overrides it': {
		provoke: () => override('Restart=no'),
		found: ['warning drop-in'],
		left: ['warning drop-in'],
	},
	'a drop-in starts another program': {
		provoke: async () => {
			await systemctl('stop', 'vira.service');
			const text = '[Service]\nExecStart=\nExecStart=/bin/false\n';
			await machine.writeFile(dropIn, text, {owner: 'alice'});
			await systemctl('daemon-reload');
			await vs('start');
		},
		found: ['error crash-loop', 'warning drop-in'],
		left: ['error crash-loop', 'warning drop-in'],
		fixes: () => systemctl('stop', 'vira.service'),
	},
	'others can read its settings and its unit': {
		provoke: () => machine.run(['chmod', '644', settings, unit]),
		found: ['warning other-mode', 'warning other-mode'],
	},
	'a drop-in with a space in its name overrides it': {
		provoke: async () => {
			await machine.writeFile(`${unit}.d/my limits.conf`, '[Service]\nRestart=no\n', {owner: 'alice'});
			await systemctl('daemon-reload');
		},
		found: ['warning drop-in'],
		left: ['warning drop-in'],
	},
	'its settings are missing': {
		provoke: () => machine.run(['mv', settings, '/tmp/settings.json']),
		found: ['error unreadable'],
		left: ['error unreadable'],
		fixes: () => machine.run(['mv', '/tmp/settings.json', settings]),
	},
	'it is masked': {
		provoke: async () => {
			await machine.run(['rm', unit]);
			await systemctl('mask', 'vira.service');
			await systemctl('stop', 'vira.service');
		},
		found: ['error masked', 'error stopped', 'warning starts-at-boot'],
	},
	'systemd has given up': {
		provoke: async () => {
			await behave({mode: 'exits-at-once'});
			for (let count = 0; count < 8; count += 1) await systemctl('restart', 'vira.service');
			await behave(undefined);
		},
		found: ['error start-limit'],
	},
	'its program does not exist': {
		provoke: async () => {
			await machine.run(['mv', vira, '/tmp/vira']);
			await restarted();
		},
		found: ['warning no-vira', 'error program-unusable', 'error vira-gone'],
		left: ['warning no-vira', 'error program-unusable', 'error vira-gone'],
		fixes: () => machine.run(['mv', '/tmp/vira', vira]),
	},
	'its program does not exist, and another one does': {
		provoke: async () => {
			await machine.run(['mv', vira, '/usr/local/bin/vira']);
			await restarted();
		},
		found: ['error program-unusable', 'error vira-gone'],
		fixes: async () => {
			await machine.run(['mv', '/usr/local/bin/vira', vira]);
			await must('--package', vira);
		},
	},
	'its folder does not exist': {
		provoke: () => override('WorkingDirectory=/nonexistent'),
		found: ['error folder-unusable', 'warning drop-in'],
		left: ['error folder-unusable', 'warning drop-in'],
	},
	'namespaces are not allowed': {
		provoke: () => override('RootDirectory=/nonexistent'),
		found: ['error namespaces-not-allowed', 'warning drop-in'],
		left: ['error namespaces-not-allowed', 'warning drop-in'],
	},
	'it is being stopped, which takes long': {
		provoke: async () => {
			await machine.writeFile(dropIn, '[Service]\nExecStop=/bin/sleep 15\n', {owner: 'alice'});
			await systemctl('daemon-reload');
			await systemctl('stop', '--no-block', 'vira.service');
		},
		found: ['error stopping', 'warning drop-in'],
		left: ['error stopping', 'warning drop-in'],
		fixes: () => systemctl('stop', 'vira.service'),
	},
	'it is being started, which takes long': {
		provoke: async () => {
			await systemctl('stop', 'vira.service');
			await machine.writeFile(dropIn, '[Service]\nExecStartPre=/bin/sleep 60\n', {owner: 'alice'});
			await systemctl('daemon-reload');
			await systemctl('start', '--no-block', 'vira.service');
		},
		found: ['warning starting', 'warning drop-in'],
		left: ['warning starting', 'warning drop-in'],
		fixes: () => systemctl('stop', 'vira.service'),
	},
	'a command that runs before it fails': {
		provoke: () => override('ExecStartPre=/bin/false'),
		found: ['error crash-loop', 'warning drop-in'],
		left: ['error crash-loop', 'warning drop-in'],
		fixes: () => systemctl('stop', 'vira.service'),
	},
	'it exits for another reason than before': {
		provoke: async () => {
			await override('ExecStart=\nExecStart=/bin/sh -c "echo Address already in use; exit 1"');
			await override('ExecStart=\nExecStart=/bin/sh -c "exit 7"');
			await failed(/^7$/u);
		},
		found: ['error crash-loop', 'warning drop-in'],
		left: ['error crash-loop', 'warning drop-in'],
		fixes: () => systemctl('stop', 'vira.service'),
	},
	'another user was asked for': {
		provoke: () => override('User=daemon'),
		found: ['error not-startable', 'warning drop-in'],
		left: ['error not-startable', 'warning drop-in'],
	},
	'another program has its port': {
		provoke: async () => {
			await systemctl('stop', 'vira.service');
			const listen = "require('net').createServer().listen(5005)";
			await another('squatter', await nodeInside(), '-e', listen);
			await restarted();
		},
		found: ['error port-in-use', 'error not-applicable'],
		left: ['error port-in-use', 'error not-applicable'],
		fixes: () => machine.run(['systemctl', 'stop', 'squatter']),
	},
	'another Vira has its state': {
		provoke: async () => {
			await systemctl('stop', 'vira.service');
			const own = ['--uid=alice', vira, '--state-dir', state, 'web', '--port', '5999'];
			await another('other', `--setenv=PATH=${await pathInside()}`, ...own);
			await pageSoonAt(machine, 'https://localhost:5999/');
			await restarted();
		},
		found: ['error state-locked', 'warning repositories-not-asked'],
		left: ['error state-locked', 'warning repositories-not-asked'],
		fixes: () => machine.run(['systemctl', 'stop', 'other']),
	},
	'Vira has its repository with another URL': {
		provoke: async () => {
			await systemctl('stop', 'vira.service');
			await machine.run(['rm', '-r', state]);
			const input = JSON.stringify({repositories: {a: 'https://git.example/other'}});
			await machine.run([vira, '--state-dir', state, 'import'], {...as, input});
			await restarted();
		},
		found: ['error repository-conflict', 'error not-applicable'],
		left: ['error repository-conflict', 'error not-applicable'],
		fixes: () => machine.run(['rm', '-r', state]),
	},
	'its state has another schema': {
		provoke: async () => {
			await must('--no-auto-reset-state');
			await behave({schemaVersion: 9});
			await restarted();
		},
		found: ['error schema-mismatch', 'error not-applicable'],
		left: ['error schema-mismatch', 'error not-applicable'],
		fixes: () => behave(undefined),
	},
	'its certificate has expired': {
		provoke: async () => {
			await machine.run(['cp', '-p', settings, '/tmp/settings.json']);
			await machine.writeFile(`${home}/tls.crt`, namelessPair.certificate, {owner: 'alice'});
			await machine.writeFile(`${home}/tls.key`, namelessPair.key, {owner: 'alice', mode: '600'});
			await must('--tls-cert', `${home}/tls.crt`, '--tls-key', `${home}/tls.key`);
			await machine.writeFile(`${home}/tls.crt`, expiredPair.certificate, {owner: 'alice'});
			await machine.writeFile(`${home}/tls.key`, expiredPair.key, {owner: 'alice', mode: '600'});
		},
		found: ['warning certificate-expired'],
		left: ['warning certificate-expired'],
		fixes: async () => {
			await machine.run(['mv', '/tmp/settings.json', settings]);
			await must();
		},
	},
	'the clock was wrong when it was set up': {
		provoke: () => sh(`sed -i 's/"at": "20../"at": "2199/' ${receipt}`),
		found: ['warning clock'],
		left: ['warning clock'],
		fixes: () => must('--job-retention-days', '15'),
	},
	'the system has a service of the same name': {
		provoke: () => sh('printf "[Service]\\nExecStart=/bin/true\\n" > /etc/systemd/system/vira.service'),
		found: ['error managed-elsewhere'],
		left: ['error managed-elsewhere'],
		fixes: () => machine.run(['rm', '/etc/systemd/system/vira.service']),
	},
	'a unit of the same name takes precedence': {
		provoke: async () => {
			const text = '[Service]\nExecStart=/bin/sleep infinity\n';
			await machine.writeFile(`${units}.control/vira.service`, text, {owner: 'alice'});
			await systemctl('daemon-reload');
		},
		found: ['error managed-elsewhere', 'warning other-file'],
		left: ['error managed-elsewhere', 'warning other-file'],
		fixes: async () => {
			await machine.run(['rm', '-r', `${units}.control`]);
			await systemctl('daemon-reload');
		},
	},
};

const well: readonly [number, readonly string[]] = [0, []];

describe('a problem on a machine where Vira is set up', () => {
	test.each(Object.entries(cases))(
		'%s',
		async (_, {provoke, found, left = [], fixes}) => {
			try {
				await provoke();
				expect((await doctor())[1]).toEqual(found);
				expect((await doctor('--fix'))[1]).toEqual(left);
				if (left.length === 0) expect(await pageSoonAt(machine, 'https://localhost:5005/')).toBe('200');
			} finally {
				await fixes?.();
				await restore();
				await doctor('--fix');
			}
			expect(await doctor()).toEqual(well);
		},
		timeLimitMs,
	);

	test(
		'its program does not exist: a restart is refused, and the running one continues',
		async () => {
			const before = (await systemctl('show', '--property=MainPID', 'vira.service')).stdout;
			await machine.run(['mv', vira, '/tmp/vira']);
			const {exitCode, stderr} = await vs('restart');
			const after = (await systemctl('show', '--property=MainPID', 'vira.service')).stdout;
			await machine.run(['mv', '/tmp/vira', vira]);
			expect([exitCode, stderr.split('\n')[0], after]).toEqual([
				3,
				`vira-setup: Vira cannot be started: ${vira} does not exist.`,
				before,
			]);
		},
		timeLimitMs,
	);

	test(
		'a command that runs before it fails: the command is named, with its exit status',
		async () => {
			await override('ExecStartPre=/bin/sh -c "exit 3"');
			const {stdout} = await vs('doctor');
			expect(stdout).toContain('\n  /bin/sh (ExecStartPre) exited with status 3.\n');
			await systemctl('stop', 'vira.service');
			await restore();
			await doctor('--fix');
		},
		timeLimitMs,
	);

	test(
		'its user manager is dead: root has to start it, and the command for that is shown',
		async () => {
			await machine.run(['systemctl', 'stop', 'user@1000.service']);
			const env = {PATH: '/usr/local/bin:/usr/bin:/bin'};
			const {exitCode, stdout} = await machine.runWithoutSession(['vira-setup', 'doctor'], {env});
			expect(exitCode).toBe(1);
			expect(stdout).toContain(
				'✖ The systemd user manager of alice does not respond, although lingering is on.',
			);
			expect(stdout).toContain('    sudo systemctl restart user@1000.service   restarts the user manager\n');
			await machine.run(['systemctl', 'restart', 'user@1000.service']);
			await doctor('--fix');
			expect(await doctor()).toEqual(well);
		},
		timeLimitMs,
	);

	test(
		'root is told how to check another account',
		async () => {
			const {exitCode, stdout} = await machine.run(['vira-setup', 'doctor']);
			expect(exitCode).toBe(1);
			expect(stdout).toMatch(/^✖ .*root/mu);
		},
		timeLimitMs,
	);

	test(
		'after an uninstall, --fix has nothing to do',
		async () => {
			expect((await vs('uninstall', '--non-interactive')).exitCode).toBe(0);
			expect(await doctor('--fix')).toEqual([1, ['error not-set-up']]);
			expect(await machine.exists(unit)).toBe(false);
		},
		timeLimitMs,
	);
});
