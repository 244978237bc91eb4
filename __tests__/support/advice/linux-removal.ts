import type {Simulation} from '../simulated-linux.ts';
import {unitPath} from '../installed.ts';
import {setUp} from '../linux-states.ts';
import {attempt} from '../run-command.ts';
import {home, settings, receipt, state, after, edit, dropIn} from './linux-changes.ts';
import type {Situation} from './situation.ts';

/** What an uninstall leaves, and what blocks a rollback, and each line that is printed for it. */
export const removalSituations: Readonly<Record<string, Situation<Simulation>>> = {
	'an uninstall leaves a unit that was changed by hand': {
		make: () => after((machine) => edit(machine, unitPath, (text) => `${text}# mine\n`)),
		asked: 'uninstall --non-interactive',
		problem: `left ${unitPath}`,
		fixes: ['rm /home/alice/.config/systemd/user/vira.service'],
	},
	'an uninstall leaves a drop-in': {
		make: () => after((machine) => dropIn(machine, 'Restart=no')),
		asked: 'uninstall --non-interactive',
		problem: `left ${unitPath}.d/own.conf`,
		fixes: ['rm /home/alice/.config/systemd/user/vira.service.d/own.conf'],
	},
	'an uninstall leaves the state': {
		make: () => setUp(),
		asked: 'uninstall --non-interactive',
		problem: `left ${state}`,
		fixes: ['rm -r /home/alice/.local/share/vira/state'],
	},
	'an uninstall leaves lingering': {
		make: () => setUp(),
		asked: 'uninstall --non-interactive',
		problem: 'left /var/lib/systemd/linger/alice',
		fixes: ['loginctl disable-linger alice'],
	},
	'the settings cannot be rolled back because a run was killed': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			await edit(machine, receipt, (text) => text.replace('complete', 'pending'));
			return machine;
		},
		asked: 'rollback --non-interactive',
		problem: 'An earlier run of vira-setup was interrupted.',
		inOrder: true,
		fixes: ['vira-setup   finishes it', 'vira-setup rollback   then restores the previous settings'],
	},
	'the settings cannot be rolled back because an uninstall was killed': {
		make: () =>
			after((machine) =>
				edit(machine, receipt, (text) =>
					text.replace('"complete"', '"pending"').replace('"state"', '"removing": true, "state"'),
				),
			),
		asked: 'rollback --non-interactive',
		problem: 'An earlier uninstall was interrupted.',
		fixes: ['vira-setup   sets up Vira again', 'vira-setup uninstall   removes the rest'],
	},
	'the previous settings cannot be used': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			await attempt(machine, '--port', '5007');
			await machine.events.change({listeners: [{port: 5006, program: 'nginx'}]});
			return machine;
		},
		asked: 'rollback --non-interactive',
		problem: 'Cannot restore',
		fixes: ['vira-setup rollback --to 2   restores the settings used until 2026-03-02 09:00'],
	},
	'a backup was changed by hand': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			const folder = `${home}/.local/state/vira-setup/versions`;
			const copy = (await machine.list(folder))?.find((name) => name.startsWith('settings.')) ?? '';
			await edit(machine, `${folder}/${copy}`, (text) => text.replace('5005', '5007'));
			return machine;
		},
		asked: 'rollback --non-interactive',
		problem: 'Cannot restore',
		fixes: [
			'vira-setup --config /home/alice/.local/state/vira-setup/versions/settings.f33d3af20702.json   sets up Vira with its current content',
		],
	},
	'a run was killed before its settings were saved': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			await attempt(machine, '--port', '5007');
			await edit(machine, receipt, (text) => text.replace('complete', 'pending'));
			await edit(machine, settings, (text) => text.replace('5007', '5006'));
			return machine;
		},
		asked: 'rollback --non-interactive',
		problem: 'An earlier run of vira-setup was interrupted.',
		inOrder: true,
		fixes: [
			'vira-setup   applies the previous settings again',
			'vira-setup rollback   then restores older settings',
		],
	},
	'the receipt is damaged, and everything is to be removed': {
		make: () => after((machine) => edit(machine, receipt, () => '{"a')),
		asked: 'uninstall --non-interactive',
		problem: 'receipt',
		fixes: ['vira-setup   rewrites it, if it is damaged; then run vira-setup uninstall'],
	},
	'the receipt is in another folder, and everything is to be removed': {
		make: () =>
			after(async (machine) => {
				await machine.makeFolder(`${home}/elsewhere`, 0o700);
				await machine.move(`${home}/.local/state/vira-setup`, `${home}/elsewhere/vira-setup`);
			}),
		asked: 'uninstall --non-interactive',
		problem: 'receipt',
		fixes: [
			'Use that value: XDG_STATE_HOME=FOLDER vira-setup uninstall',
			'vira-setup   sets up Vira again, if the receipt is lost; then run vira-setup uninstall',
		],
	},
	'an uninstall removes its settings': {
		make: () => setUp(),
		asked: 'uninstall --dry-run',
		problem: 'settings',
		fixes: ['vira-setup export --format json > vira.json'],
	},
	'lingering cannot be turned off': {
		make: () => after((machine) => machine.events.change({lingerRefused: true})),
		asked: 'uninstall --non-interactive --disable-linger',
		problem: 'Could not turn off lingering',
		fixes: ['sudo loginctl disable-linger alice'],
	},
};
