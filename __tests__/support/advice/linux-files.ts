import {simulate, type Simulation} from '../simulated-linux.ts';
import {setMode} from '../disks.ts';
import {put} from '../installed.ts';
import {setUp} from '../linux-states.ts';
import {attempt} from '../run-command.ts';
import {home, settings, receipt, after, edit} from './linux-changes.ts';
import type {Situation} from './situation.ts';

/** Problems with the settings, the receipt and their folders, and each line that is printed for them. */
export const filesSituations: Readonly<Record<string, Situation<Simulation>>> = {
	'the receipt is missing': {
		make: () => after((machine) => machine.deleteFile(receipt)),
		asked: 'doctor',
		problem: 'no-receipt',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup   sets up Vira again'],
	},
	'the receipt is damaged': {
		make: () => after((machine) => edit(machine, receipt, () => '{"a')),
		asked: 'doctor',
		problem: 'receipt-unreadable',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup   sets up Vira again'],
	},
	'others can read its settings': {
		make: () => after(async (machine) => setMode(machine.folder, settings, 0o644)),
		asked: 'doctor',
		problem: 'other-mode',
		fixes: [
			'vira-setup doctor --fix   fixes it',
			'chmod 600 /home/alice/.config/vira-setup/settings.json   restores the mode',
		],
	},
	'its settings cannot be read, and there are backups': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			await edit(machine, settings, () => '{"port": 70');
			return machine;
		},
		asked: 'doctor',
		problem: 'unreadable',
		fixes: ['vira-setup rollback   restores the previous settings'],
	},
	'its settings are missing': {
		make: () => after((machine) => machine.deleteFile(settings)),
		asked: 'status',
		problem: 'The settings that Vira was set up with do not exist',
		fixes: ["vira-setup uninstall   keeps Vira's state; then run vira-setup to start over"],
	},
	'its settings have no read permission, and belong to the user': {
		make: () => after(async (machine) => setMode(machine.folder, settings, 0o200)),
		asked: '',
		problem: `Cannot read ${settings}: permission denied.`,
		fixes: ['chmod u+r /home/alice/.config/vira-setup/settings.json'],
	},
	'its settings have no read permission, and belong to root': {
		make: () => after((machine) => machine.events.change({unreadable: [settings]})),
		asked: '',
		problem: `Cannot read ${settings}: permission denied.`,
		fixes: ['sudo chown alice /home/alice/.config/vira-setup/settings.json'],
	},
	'its settings are a link to an outside path': {
		make: () => simulate({links: {[settings]: '/etc/os-release'}}),
		asked: '',
		problem: `${settings} is a link to`,
		fixes: ['Remove the link: rm /home/alice/.config/vira-setup/settings.json'],
	},
	'a folder is in place of its settings': {
		make: async () => {
			const machine = await simulate();
			await put(machine, `${settings}/inside`, '');
			return machine;
		},
		asked: '',
		problem: `${settings} exists and is not a file`,
		fixes: [
			'Move it aside: mv /home/alice/.config/vira-setup/settings.json /home/alice/.config/vira-setup/settings.json.away',
		],
	},
	'the folder for its settings belongs to root': {
		make: async () => {
			const machine = await simulate({readOnly: [`${home}/.config`]});
			await put(machine, `${home}/.config/a file`, '');
			return machine;
		},
		asked: '',
		problem: `Cannot write to ${home}/.config`,
		fixes: ['sudo chown alice /home/alice/.config'],
	},
	'the folder for its settings is closed': {
		make: async () => {
			const machine = await simulate();
			await put(machine, `${home}/.config/a file`, '');
			setMode(machine.folder, `${home}/.config`, 0o555);
			return machine;
		},
		asked: '',
		problem: `Cannot write to ${home}/.config`,
		fixes: ['chmod u+rwx /home/alice/.config'],
	},
	'a file is in place of its folder': {
		make: async () => {
			const machine = await simulate();
			await put(machine, `${home}/.config/vira-setup`, '');
			return machine;
		},
		asked: '',
		problem: `${home}/.config/vira-setup exists and is not a folder`,
		fixes: ['mv /home/alice/.config/vira-setup /home/alice/.config/vira-setup.away'],
	},
	'the backup folder is closed': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			setMode(machine.folder, `${home}/.local/state/vira-setup/versions`, 0o400);
			return machine;
		},
		asked: '',
		problem: 'Cannot use',
		fixes: ['chmod u+rwx /home/alice/.local/state/vira-setup/versions'],
	},
	'a file is in place of the backup folder': {
		make: () =>
			after(async (machine) => {
				await machine.deleteFolder(`${home}/.local/state/vira-setup/versions`, {withContents: true});
				await put(machine, `${home}/.local/state/vira-setup/versions`, '');
			}),
		asked: '',
		problem: 'exists and is not a folder',
		fixes: [
			'mv /home/alice/.local/state/vira-setup/versions /home/alice/.local/state/vira-setup/versions.away',
		],
	},
	'another version wrote its receipt': {
		make: () =>
			after((machine) => edit(machine, receipt, (text) => text.replace('"schema": 1', '"schema": 2'))),
		asked: '',
		problem: 'newer version of vira-setup',
		fixes: [
			'To start over with this version, move it aside: mv /home/alice/.local/state/vira-setup/receipt.json /home/alice/.local/state/vira-setup/receipt.json.away',
		],
	},
	'a run was killed': {
		make: () => after((machine) => edit(machine, receipt, (text) => text.replace('complete', 'pending'))),
		asked: 'doctor',
		problem: 'interrupted',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup   finishes it'],
	},
	'an uninstall was killed': {
		make: () =>
			after((machine) =>
				edit(machine, receipt, (text) => text.replace('"state"', '"removing": true, "state"')),
			),
		asked: 'doctor',
		problem: 'interrupted',
		fixes: ['vira-setup uninstall   removes the rest; vira-setup sets up Vira again'],
	},
	'an uninstall was killed, and a setup follows': {
		make: () =>
			after((machine) =>
				edit(machine, receipt, (text) => text.replace('"state"', '"removing": true, "state"')),
			),
		asked: '--dry-run',
		problem: 'removal-unfinished',
		fixes: ['To remove the rest instead: vira-setup uninstall'],
	},
	'the clock was wrong': {
		make: () =>
			after((machine) => edit(machine, receipt, (text) => text.replace(/"at": "2026/u, '"at": "2031'))),
		asked: 'doctor',
		problem: 'clock',
		fixes: ['date   shows the current time'],
	},
	'a run was killed while it wrote a file': {
		make: () =>
			after((machine) => put(machine, `${home}/.config/systemd/user/.vira.service.vira-setup~`, 'x')),
		asked: 'doctor',
		problem: 'half-written',
		fixes: ["rm '/home/alice/.config/systemd/user/.vira.service.vira-setup~'"],
	},
	'others can write in the folder of its settings': {
		make: () => after(async (machine) => setMode(machine.folder, `${home}/.config/vira-setup`, 0o777)),
		asked: 'doctor',
		problem: 'other-mode',
		fixes: [
			'vira-setup doctor --fix   fixes it',
			'chmod go-w /home/alice/.config/vira-setup   restores safe permissions',
		],
	},
	'the user has no home folder yet': {
		make: async () => {
			const machine = await simulate({vira: undefined});
			await machine.deleteFolder(home, {withContents: true});
			await machine.events.change({links: {}, readOnly: ['/home']});
			return machine;
		},
		asked: '--dry-run',
		problem: 'Cannot write to /home',
		fixes: ['sudo install -d -o alice -m 0700 /home/alice'],
	},
};
