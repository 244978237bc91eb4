import {simulate, type Simulation} from '../simulated-linux.ts';
import {setMode} from '../disks.ts';
import {put} from '../installed.ts';
import {setUp} from '../linux-states.ts';
import {attempt} from '../run-command.ts';
import {upgradeVira} from '../upgrade.ts';
import {home, settings, state, after, edit, stop, other, startAgain} from './linux-changes.ts';
import type {Situation} from './situation.ts';

/** Problems with Vira's state and its repositories, and each line that is printed for them. */
export const stateSituations: Readonly<Record<string, Situation<Simulation>>> = {
	'a new Vira cannot read the state': {
		make: async () => {
			const machine = await setUp({}, '--repository', 'a=https://x/a');
			await stop(machine);
			await upgradeVira(machine);
			await other(machine);
			return machine;
		},
		asked: 'doctor',
		problem: 'state-reset',
		values: {PATH: '/opt/vira/bin/vira'},
		fixes: [
			'vira-setup --allow-state-reset   shows the plan, then moves the old state aside',
			'vira-setup --package PATH   uses the Vira that created it',
		],
	},
	'a new Vira cannot read the state, and is to start': {
		make: async () => {
			const machine = await setUp({}, '--repository', 'a=https://x/a');
			await stop(machine);
			await upgradeVira(machine);
			await other(machine);
			return machine;
		},
		asked: 'start',
		problem: 'The state in /home/alice/.local/share/vira/state has schema version 8, but this Vira needs 9',
		values: {PATH: '/opt/vira/bin/vira'},
		fixes: [
			'vira-setup --allow-state-reset   shows the plan, then moves the old state aside',
			'vira-setup --package PATH   uses the Vira that created it',
		],
	},
	'a new Vira would not start with the state': {
		make: async () => {
			const machine = await setUp({}, '--no-auto-reset-state');
			await stop(machine);
			await upgradeVira(machine);
			await other(machine);
			await startAgain(machine);
			return machine;
		},
		asked: 'doctor',
		problem: 'schema-mismatch',
		values: {PATH: '/opt/vira/bin/vira'},
		fixes: ['vira-setup --auto-reset-state   shows the plan, then moves the old state aside'],
	},
	'Vira has its repository with another URL': {
		make: async () => {
			const machine = await setUp({}, '--repository', 'a=https://x/a');
			await stop(machine);
			await edit(machine, `${home}/.config/vira-setup/initial-state.json`, (text) =>
				text.replace('x/a', 'y/a'),
			);
			await edit(machine, settings, (text) => text.replace('x/a', 'y/a'));
			await startAgain(machine);
			return machine;
		},
		first: (machine) => edit(machine, settings, (text) => text.replace('y/a', 'x/a')),
		asked: 'doctor',
		problem: 'repository-conflict',
		fixes: ['vira-setup   changes the URL or the name of the repository, or removes it'],
	},
	'the state is to move': {
		make: async () => {
			const machine = await simulate();
			await attempt(machine, '--state-dir', '~/old');
			return machine;
		},
		asked: '--dry-run --state-dir ~/a/new',
		problem: 'state-moved',
		inOrder: true,
		fixes: ['vira-setup stop', 'mkdir -p /home/alice/a', 'mv /home/alice/old /home/alice/a/new'],
	},
	'the state is to move into an existing folder': {
		make: async () => {
			const machine = await simulate();
			await attempt(machine, '--state-dir', '~/old');
			await put(machine, `${home}/there/a file`, '');
			return machine;
		},
		asked: '--dry-run --state-dir ~/there',
		problem: 'state-moved',
		inOrder: true,
		fixes: ['vira-setup stop', 'cp -a /home/alice/old/. /home/alice/there/'],
	},
	'the state folder cannot be written': {
		make: async () => {
			const machine = await simulate();
			await put(machine, `${home}/shut/x`, '');
			await machine.deleteFile(`${home}/shut/x`);
			setMode(machine.folder, `${home}/shut`, 0o555);
			return machine;
		},
		asked: '--state-dir ~/shut',
		problem: `--state-dir: Cannot write to ${home}/shut`,
		fixes: [
			'--state-dir: Cannot write to /home/alice/shut: permission denied (mode 0555). Use another folder, or allow writing: chmod u+w /home/alice/shut',
		],
	},
	'the state folder belongs to root': {
		make: async () => {
			const machine = await simulate({readOnly: ['/srv/empty']});
			await put(machine, '/srv/empty/x', '');
			await machine.deleteFile('/srv/empty/x');
			return machine;
		},
		asked: '--state-dir /srv/empty',
		problem: '--state-dir: Cannot write to /srv/empty',
		fixes: [
			'--state-dir: Cannot write to /srv/empty: permission denied (owned by root). Use another folder, or create your own inside it: sudo install -d -o alice -m 0700 /srv/empty/vira',
		],
		then: '--state-dir /srv/empty/vira',
	},
	"the state folder is to be created in one of root's": {
		make: async () => {
			const machine = await simulate();
			await put(machine, '/srv/a file', '');
			return machine;
		},
		asked: '--state-dir /srv/vira',
		problem: '--state-dir: Cannot write to /srv',
		fixes: [
			'--state-dir: Cannot write to /srv: permission denied (owned by root). Use a folder that you own, or create this one: sudo install -d -o alice -m 0700 /srv/vira',
		],
	},
	'the schema number cannot be read': {
		make: () => after(async (machine) => setMode(machine.folder, `${state}/schema-version`, 0o200)),
		asked: '',
		problem: '--state-dir: Cannot read',
		fixes: [
			'--state-dir: Cannot read /home/alice/.local/share/vira/state/schema-version: permission denied (mode 0200). To allow it: chmod u+r /home/alice/.local/share/vira/state/schema-version',
		],
	},
	'the schema number belongs to root': {
		make: () => after((machine) => machine.events.change({unreadable: [`${state}/schema-version`]})),
		asked: '',
		problem: '--state-dir: Cannot read',
		fixes: [
			'--state-dir: Cannot read /home/alice/.local/share/vira/state/schema-version: permission denied (owned by root). To take ownership: sudo chown alice /home/alice/.local/share/vira/state/schema-version',
		],
	},
	'a folder is in place of the schema number': {
		make: () =>
			after(async (machine) => {
				await machine.deleteFile(`${state}/schema-version`);
				await put(machine, `${state}/schema-version/x`, '');
			}),
		asked: '',
		problem: `--state-dir: ${state}/schema-version exists and is not a file`,
		fixes: [
			'--state-dir: /home/alice/.local/share/vira/state/schema-version exists and is not a file. Vira stores its schema version there. Use another folder, or move it aside: mv /home/alice/.local/share/vira/state/schema-version /home/alice/.local/share/vira/state/schema-version.away',
		],
	},
	'Vira has its repository with another URL, and is to start': {
		make: async () => {
			const machine = await setUp({}, '--repository', 'a=https://x/a');
			await stop(machine);
			await edit(machine, settings, (text) => text.replace('x/a', 'y/a'));
			return machine;
		},
		answers: ['--repository', 'a=https://x/a'],
		asked: 'start',
		problem: 'Vira already has the repository "a"',
		fixes: ['vira-setup   changes the repositories'],
	},
	'the list of its repositories is missing': {
		make: async () => {
			const machine = await setUp({}, '--repository', 'a=https://x/a');
			await stop(machine);
			await machine.deleteFile(`${home}/.config/vira-setup/initial-state.json`);
			await startAgain(machine);
			return machine;
		},
		asked: 'doctor',
		problem: 'import-unreadable',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup   rewrites the file'],
	},
	'the state folder is in the home, and belongs to root': {
		make: async () => {
			const machine = await simulate({readOnly: [`${home}/roots`]});
			await put(machine, `${home}/roots/x`, '');
			await machine.deleteFile(`${home}/roots/x`);
			return machine;
		},
		asked: '--state-dir ~/roots',
		problem: `--state-dir: Cannot write to ${home}/roots`,
		fixes: [
			'--state-dir: Cannot write to /home/alice/roots: permission denied (owned by root). Use another folder, or take ownership of it: sudo chown -R alice /home/alice/roots',
		],
	},
};
