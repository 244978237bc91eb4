import {simulate, type Simulation} from '../simulated-linux.ts';
import {put, type, unitPath} from '../installed.ts';
import {behave, during, linuxStates, setUp} from '../linux-states.ts';
import {attempt} from '../run-command.ts';
import {settings, after, edit, stop, dropIn, startAgain} from './linux-changes.ts';
import type {Situation} from './situation.ts';

/** Its process exited with a status of systemd's own (systemd.exec(5), "Process Exit Codes"). */
const notPrepared = (status: number) => ({
	make: async () => {
		const machine = await setUp({}, '--service-config', 'WorkingDirectory=/home/alice');
		const exit = {code: 1, status};
		const dead = {process: undefined, mainPid: 0};
		await during(machine, {active: 'failed', sub: 'failed', result: 'exit-code', exit, ...dead});
		return machine;
	},
	asked: 'doctor',
	answers: ['--no-service-config'],
});

/** Problems with the service, its unit and its log, and each line that is printed for them. */
export const serviceSituations: Readonly<Record<string, Situation<Simulation>>> = {
	'it is not set up': {
		make: () => simulate(),
		asked: 'doctor',
		problem: 'not-set-up',
		fixes: ['vira-setup   sets it up'],
	},
	'it was stopped': {
		make: linuxStates.stopped,
		asked: 'doctor',
		problem: 'stopped',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup start   starts Vira'],
	},
	'it was disabled': {
		make: linuxStates.disabled,
		asked: 'doctor',
		problem: 'not-enabled',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup   enables it'],
	},
	'it was masked': {
		make: linuxStates.masked,
		asked: 'doctor',
		problem: 'masked',
		fixes: ['vira-setup doctor --fix   fixes it', 'systemctl --user unmask vira.service'],
	},
	'its unit was deleted': {
		make: () => after((machine) => machine.deleteFile(unitPath)),
		asked: 'doctor',
		problem: 'file-missing',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup   sets up Vira again'],
	},
	'its unit was deleted, and it is to start': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.deleteFile(unitPath);
				await type(machine, 'systemctl --user daemon-reload');
			}),
		asked: 'start',
		problem: 'The service file does not exist',
		fixes: ['vira-setup   writes it again and starts Vira'],
	},
	'its unit was changed by hand': {
		make: () => after((machine) => edit(machine, unitPath, (text) => `${text}# mine\n`)),
		asked: 'doctor',
		problem: 'changed-by-hand',
		fixes: ['vira-setup   shows the change and asks before replacing it'],
	},
	'systemd has not read a change': {
		make: () => after((machine) => edit(machine, unitPath, (text) => `${text}# mine\n`)),
		asked: 'doctor',
		problem: 'not-reloaded',
		fixes: ['vira-setup restart   applies the change'],
	},
	'a script would replace a file that was changed by hand': {
		make: () => after((machine) => edit(machine, unitPath, (text) => `${text}# mine\n`)),
		asked: '--port 5006',
		problem: 'was changed by hand or was not created by vira-setup',
		fixes: [
			'vira-setup --dry-run   shows everything that would be done',
			'vira-setup --overwrite   replaces it',
		],
	},
	'its settings were edited': {
		make: () => after((machine) => edit(machine, settings, (text) => text.replace('5005', '8443'))),
		asked: 'doctor',
		problem: 'not-applied',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup   applies them'],
	},
	'its page does not respond': {
		make: () => after((machine) => edit(machine, settings, (text) => text.replace('5005', '8443'))),
		first: (machine) => edit(machine, settings, (text) => text.replace('8443', '5005')),
		asked: 'doctor',
		problem: 'page',
		fixes: ['vira-setup logs   shows the log', 'vira-setup restart'],
	},
	'it is being stopped': {
		make: () => after((machine) => during(machine, {active: 'deactivating', sub: 'stop-sigterm'})),
		first: (machine) => during(machine, {active: 'inactive', sub: 'dead', process: undefined, mainPid: 0}),
		asked: 'doctor',
		problem: 'stopping',
		fixes: ['vira-setup status   shows the current state', 'vira-setup start   starts Vira afterwards'],
	},
	'it is starting': {
		make: () => after((machine) => during(machine, {active: 'activating', sub: 'start-pre'})),
		asked: 'doctor',
		problem: 'starting',
		fixes: ['vira-setup status   shows the current state', 'vira-setup logs   shows the log'],
	},
	'Vira keeps crashing': {
		make: linuxStates['ending again and again'],
		asked: 'doctor',
		problem: 'crash-loop',
		fixes: ['vira-setup logs   shows the log', 'vira-setup stop   stops the restarts'],
	},
	'Vira failed so often that systemd gave up': {
		make: linuxStates.failed,
		first: (machine) => behave(machine, 'well'),
		asked: 'doctor',
		problem: 'start-limit',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup start   tries again once the cause is fixed'],
	},
	'GitHub’s program fails, which every Vira runs': {
		make: () =>
			after(async (machine) => {
				await behave(machine, 'gh-fails');
				await startAgain(machine);
			}),
		first: (machine) => behave(machine, 'well'),
		asked: 'doctor',
		problem: 'tool-failed',
		fixes: ['Then: vira-setup start'],
	},
	'a drop-in overrides it': {
		make: () => after((machine) => dropIn(machine, 'Restart=no')),
		asked: 'doctor',
		problem: 'drop-in',
		fixes: ['cat /home/alice/.config/systemd/user/vira.service.d/own.conf   shows what it sets'],
	},
	'a drop-in starts another program': {
		make: async () => {
			const machine = await linuxStates.stopped();
			await dropIn(machine, 'ExecStart=\nExecStart=/opt/other');
			await attempt(machine, 'start');
			return machine;
		},
		asked: 'doctor',
		problem: 'drop-in',
		fixes: [
			'cat /home/alice/.config/systemd/user/vira.service.d/own.conf   shows what it sets',
			'rm /home/alice/.config/systemd/user/vira.service.d/own.conf && vira-setup restart   removes it, then restarts Vira',
		],
	},
	'a link of another program is in place of the unit': {
		make: async () => {
			const machine = await simulate({links: {[unitPath]: '/opt/vira.service'}});
			await put(machine, '/opt/vira.service', '[Service]\nExecStart=/x\n');
			return machine;
		},
		asked: '',
		problem: 'vira.service already exists and was not created by vira-setup.',
		fixes: ['If you no longer need the link, remove it: rm /home/alice/.config/systemd/user/vira.service'],
	},
	'a start without a setup': {
		make: () => simulate(),
		asked: 'start',
		problem: 'Vira is not set up here.',
		fixes: ['vira-setup   sets it up'],
	},
	'systemd is not allowed to create a namespace for it': {
		...notPrepared(226),
		problem: 'namespaces-not-allowed',
		fixes: [
			'Remove PrivateTmp and similar settings from the systemd settings: vira-setup',
			'sudo sysctl kernel.unprivileged_userns_clone=1   allows them, if the kernel has this setting',
		],
	},
	'systemd could not enter its folder': {
		...notPrepared(200),
		problem: 'folder-unusable',
		fixes: ['Create that folder, or remove WorkingDirectory from the systemd settings: vira-setup'],
	},
	'systemd could not run it as another user': {
		...notPrepared(217),
		problem: 'other-user',
		fixes: ['Remove User from the systemd settings: vira-setup'],
	},
	'systemd could not prepare its process': {
		...notPrepared(233),
		problem: 'not-startable',
		fixes: ['vira-setup logs   shows the log', 'Then remove that setting: vira-setup'],
	},
	'the journal cannot be read': {
		make: () => after((machine) => machine.events.change({journalReadable: false})),
		asked: 'doctor',
		problem: 'log-unreadable',
		fixes: [
			'sudo usermod --append --groups systemd-journal alice   lets alice read it from its next session on',
		],
	},
	'no journal exists': {
		make: () => after((machine) => machine.events.change({journalKept: false})),
		asked: 'logs',
		problem: 'journald does not store a journal on this machine, so the service has no log.',
		inOrder: true,
		fixes: [
			'Set Storage=persistent in /etc/systemd/journald.conf, then: sudo systemctl restart systemd-journald',
			'vira-setup restart   starts a new log',
		],
	},
	'its settings cannot be read, and it is stopped': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await edit(machine, settings, (text) => text.replace('"port": 5005', '"port": 70000'));
			}),
		first: (machine) => edit(machine, settings, (text) => text.replace('70000', '5005')),
		asked: 'doctor',
		problem: 'stopped',
		fixes: ['vira-setup start   starts Vira once the cause is fixed'],
	},
	'systemd reports it as stopped, and Vira is still running': {
		make: () =>
			after(async (machine) => {
				await dropIn(machine, 'KillMode=none');
				await stop(machine);
			}),
		asked: 'doctor',
		problem: 'still-running',
		fixes: ['kill -INT 1201   stops it'],
	},
	'a drop-in makes systemd wait for a signal that Vira never sends': {
		make: () =>
			after(async (machine) => {
				await dropIn(machine, 'Type=oneshot');
				await stop(machine);
			}),
		first: (machine) => machine.writeFile(`${unitPath}.d/own.conf`, '[Service]\n', 0o644),
		asked: 'doctor',
		problem: 'start-never-over',
		fixes: ['Remove that line from the drop-in, then: vira-setup restart'],
	},
};
