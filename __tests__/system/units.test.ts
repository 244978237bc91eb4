import {afterAll, afterEach, beforeAll, beforeEach, expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {serviceProperty, timeLimitMs, vira} from '../support/alice.ts';
import {validDocument, type Document} from '../support/valid-document.ts';
import {errorText, type NoticeDocument} from '../support/notices.ts';

const as = {as: 'alice'} as const;
const dropIns = '/home/alice/.config/systemd/user/vira.service.d';

let machine: Machine;

beforeAll(async () => {
	machine = await bootMachine();
	await installVira(machine, vira);
}, 600_000);
afterAll(async () => machine.destroy());

/** A command line as alice: its exit status. */
const sh = async (line: string): Promise<number> => (await machine.run(['sh', '-c', line], as)).exitCode;

const tell = async (...words: readonly string[]): Promise<readonly [number, Document]> => {
	const {exitCode, stdout} = await machine.run(['vira-setup', ...words, '--json'], as);
	return [exitCode, validDocument(stdout)];
};

const install = () => tell('--non-interactive');

const dropIn = async (text: string): Promise<void> => {
	await machine.writeFile(`${dropIns}/mine.conf`, `[Service]\n${text}\n`, {owner: 'alice', mode: '644'});
	await sh('systemctl --user daemon-reload');
};

beforeEach(async () => {
	await machine.run(['sh', '-c', `rm -rf ${dropIns}; umount /mnt/usb; chmod 755 ${vira}`]);
	await sh('systemctl --user daemon-reload');
});
afterEach(async () => {
	await tell('uninstall', '--non-interactive');
	await sh("kill -INT $(pgrep -f -- '--state-di[r]')");
});

const errorOf = ([, document]: readonly [number, Document]): {
	readonly text: string;
	readonly commands: readonly string[];
} => ({
	text: errorText(document),
	commands: (document['error'] as NoticeDocument).fixes.flatMap(({command}) => command ?? []),
});

test(
	'masked for everyone, and for this boot: each link is named, and the suggested commands remove it',
	async () => {
		await machine.run(['systemctl', '--global', 'mask', 'vira.service']);
		await sh('systemctl --user --runtime mask vira.service');
		const refused = errorOf(await install());
		const links = ['/etc/systemd/user/vira.service', '/run/user/1000/systemd/user/vira.service'];
		expect(refused.text).toContain(`${links.join(' and ')} mask it.`);
		for (const command of refused.commands) {
			const words = command.split(' ');
			const outcome = await (words[0] === 'sudo' ? machine.run(words.slice(1)) : machine.run(words, as));
			expect([command, outcome.exitCode]).toEqual([command, 0]);
		}
		for (const link of links) expect(await machine.exists(link)).toBe(false);
		expect((await install())[0]).toBe(0);
	},
	timeLimitMs,
);

test(
	'set up, and masked for everyone later: neither start nor doctor --fix overrides the administrator',
	async () => {
		await install();
		await sh('systemctl --user stop vira.service; rm ~/.config/systemd/user/vira.service');
		await machine.run(['systemctl', '--global', 'mask', 'vira.service']);
		await sh('systemctl --user daemon-reload');
		expect(errorOf(await tell('start'))).toMatchObject({
			text: expect.stringContaining('The service is masked'),
			commands: expect.arrayContaining(['sudo systemctl --global unmask vira.service']),
		});
		expect((await tell('doctor', '--fix'))[1]).toMatchObject({changed: false, plan: []});
		await machine.run(['systemctl', '--global', 'unmask', 'vira.service']);
	},
	timeLimitMs,
);

test(
	'KillMode=none: no command says that Vira is stopped or removed while it runs',
	async () => {
		await install();
		await dropIn('KillMode=none');
		const pid = await serviceProperty(machine, 'MainPID');
		const still = expect.stringContaining(`(PID ${pid})`);
		expect(await tell('stop')).toMatchObject([
			5,
			{outcome: 'failed', serviceState: 'running', error: {message: still}},
		]);
		expect(await serviceProperty(machine, 'ActiveState')).toBe('inactive');
		expect(await tell('status')).toMatchObject([1, {diagnosis: {code: 'still-running', message: still}}]);
		expect(await tell('start')).toMatchObject([3, {error: {message: still}}]);
		expect(await tell('uninstall', '--non-interactive')).toMatchObject([5, {error: {message: still}}]);
		expect(await sh(`kill -INT ${pid}`)).toBe(0);
	},
	timeLimitMs,
);

test(
	'RemainAfterExit=yes: a Vira that exited is not running, whatever systemd says, and a start starts it',
	async () => {
		await install();
		await dropIn('RemainAfterExit=yes\nSuccessExitStatus=SIGKILL');
		await sh('systemctl --user kill --signal=KILL vira.service; sleep 0.3');
		expect(await serviceProperty(machine, 'SubState')).toBe('exited');
		expect(await tell('status')).toMatchObject([
			1,
			{running: false, pid: null, diagnosis: {code: 'counts-as-active'}},
		]);
		expect(await tell('start')).toMatchObject([0, {outcome: 'started', healthy: true}]);
	},
	timeLimitMs,
);

test(
	'Type=oneshot in a drop-in: a start that never completes is named and not waited for, until the line is removed',
	async () => {
		await install();
		await dropIn('Type=oneshot');
		await sh('systemctl --user --no-block restart vira.service');
		expect(await tell('status')).toMatchObject([1, {diagnosis: {code: 'start-never-over'}}]);
		expect(errorOf(await tell('restart')).text).toContain('a drop-in sets Type=oneshot');
		await machine.writeFile(`${dropIns}/mine.conf`, '[Service]\n', {owner: 'alice'});
		expect(await tell('restart')).toMatchObject([0, {outcome: 'started', healthy: true}]);
	},
	timeLimitMs,
);

test(
	'a program on a noexec mount, without its execute bit, or without its interpreter: exactly that is reported',
	async () => {
		await machine.run(['sh', '-c', 'mkdir -p /mnt/usb && mount -t tmpfs -o noexec tmpfs /mnt/usb']);
		await machine.run(['cp', '-p', vira, '/mnt/usb/vira']);
		await machine.writeFile('/usr/local/bin/none', '#!/no/such\n', {mode: '755'});
		await machine.writeFile('/usr/local/bin/plain', '#!/bin/sh\n', {mode: '644'});
		await machine.writeFile('/usr/local/bin/elf', '\u007FELF\n', {mode: '755'});
		const said = async (path: string): Promise<string> =>
			errorOf(await tell('--non-interactive', '--package', path)).text;
		expect(await said('/mnt/usb/vira')).toContain(
			'/mnt/usb/vira cannot be run: /mnt/usb is mounted with noexec',
		);
		expect(await said('/usr/local/bin/none')).toContain('its interpreter /no/such does not exist');
		const [, command = ''] =
			/its execute bit is not set \(sudo (.*)\)/u.exec(await said('/usr/local/bin/plain')) ?? [];
		await machine.run(command.split(' '));
		expect(await said('/usr/local/bin/plain')).not.toContain('execute');
		expect(await said('/usr/local/bin/elf')).toContain('it was built for another platform, or is damaged');
	},
	timeLimitMs,
);

test(
	"StandardOutput=append:FILE: logs says where Vira's lines are, and they are there",
	async () => {
		await tell('--non-interactive', '--service-config', 'StandardOutput=append:%h/vira.log');
		expect((await tell('logs'))[1]).toMatchObject({
			warnings: [{message: expect.stringContaining("Vira's output goes to /home/alice/vira.log")}],
		});
		expect(await machine.readFile('/home/alice/vira.log')).toContain('Launching at');
	},
	timeLimitMs,
);

test(
	'the user manager re-executes itself repeatedly during an install, a restart and a stop: each succeeds',
	async () => {
		await sh(
			'(while :; do systemctl --user daemon-reexec; sleep 0.4; done) >/dev/null 2>&1 & echo $! >~/loop',
		);
		try {
			expect(await install()).toMatchObject([0, {outcome: 'installed'}]);
			expect(await tell('restart')).toMatchObject([0, {outcome: 'restarted'}]);
			expect(await tell('stop')).toMatchObject([0, {outcome: 'stopped'}]);
		} finally {
			await sh('kill $(cat ~/loop)');
		}
	},
	timeLimitMs,
);
