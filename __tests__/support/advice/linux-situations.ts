import type {Rehearsal} from '../../../src/platform/rehearsal/rehearsal-linux.ts';
import type {MachineState} from '../../../src/platform/rehearsal/machine-state.ts';
import {ownPair} from '../certificates.ts';
import {setMode} from '../disks.ts';
import {put, type, unitPath} from '../installed.ts';
import {behave, during, linuxStates, setUp} from '../linux-states.ts';
import {rehearse} from '../rehearsal.ts';
import {attempt} from '../run-command.ts';
import {upgradeVira} from '../upgrade.ts';
import type {Situation} from './situation.ts';

const home = '/home/alice';
const settings = `${home}/.config/vira-setup/settings.json`;
const receipt = `${home}/.local/state/vira-setup/receipt.json`;
const state = `${home}/.local/share/vira/state`;
const store = '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-tools-1.0';

/** A machine on which Vira runs, and something has happened since. */
const after = async (
	change: (machine: Rehearsal) => Promise<unknown>,
	...words: readonly string[]
): Promise<Rehearsal> => {
	const machine = await setUp({}, ...words);
	await change(machine);
	return machine;
};

const edit = async (machine: Rehearsal, path: string, change: (text: string) => string): Promise<void> =>
	machine.writeFile(path, change((await machine.readFile(path)) ?? ''), 0o600);

const stop = (machine: Rehearsal) => type(machine, 'systemctl --user stop vira.service');

const other = async (machine: Rehearsal, path = '/opt/vira/bin/vira'): Promise<void> => {
	await put(machine, path, 'vira');
	setMode(machine.folder, path, 0o755);
	const played = {version: '0.1.0.0', schema: 8, behaviour: 'well'} as const;
	const {otherViras} = await machine.events.state();
	await machine.events.change({otherViras: [...otherViras, {path, ...played}]});
};

const dropIn = async (machine: Rehearsal, text: string): Promise<void> => {
	await put(machine, `${unitPath}.d/own.conf`, `[Service]\n${text}\n`);
	await machine.events.change({dropIns: [`${unitPath}.d/own.conf`]});
	await type(machine, 'systemctl --user daemon-reload');
};

const certificate = async (machine: Rehearsal): Promise<void> => {
	await machine.writeFile(`${home}/c.pem`, ownPair.certificate, 0o600);
	await machine.writeFile(`${home}/k.pem`, ownPair.key, 0o600);
};
const ofCertificate = ['--tls-cert', `${home}/c.pem`, '--tls-key', `${home}/k.pem`, '--hostname', '0.0.0.0'];

const taken: Partial<MachineState> = {listeners: [{port: 5005, program: 'nginx'}]};

const free = (machine: Rehearsal): Promise<void> => machine.events.change({listeners: []});

/** Vira is started, and fails in its own way. */
const startAgain = async (machine: Rehearsal): Promise<void> => {
	await type(machine, 'systemctl --user reset-failed vira.service');
	await type(machine, 'systemctl --user restart vira.service');
	await machine.sleep(1000);
};

/** Its process ended with a status of systemd's own (systemd.exec(5), "Process Exit Codes"). */
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

/** What can be wrong on a machine with systemd, and each line that is printed against it. */
export const linuxSituations: Readonly<Record<string, Situation<Rehearsal>>> = {
	'nobody has set it up': {
		make: () => rehearse(),
		asked: 'doctor',
		problem: 'not-set-up',
		fixes: ['vira-setup   sets it up.'],
	},
	'it was stopped': {
		make: linuxStates.stopped,
		asked: 'doctor',
		problem: 'stopped',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup start   starts it'],
	},
	'lingering was turned off': {
		make: linuxStates['lingering off'],
		asked: 'doctor',
		problem: 'lingering',
		fixes: ['vira-setup doctor --fix   mends it', 'loginctl enable-linger alice'],
	},
	'lingering was turned off, as status has it': {
		make: linuxStates['lingering off'],
		asked: 'status',
		problem: 'lingering-off',
		fixes: ['vira-setup   turns lingering on'],
	},
	'it was disabled': {
		make: linuxStates.disabled,
		asked: 'doctor',
		problem: 'not-enabled',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup   enables it'],
	},
	'it was masked': {
		make: linuxStates.masked,
		asked: 'doctor',
		problem: 'masked',
		fixes: ['vira-setup doctor --fix   mends it', 'systemctl --user unmask vira.service'],
	},
	'its unit was deleted': {
		make: () => after((machine) => machine.deleteFile(unitPath)),
		asked: 'doctor',
		problem: 'file-missing',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup   sets it up again'],
	},
	'its unit was deleted, and somebody starts it': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.deleteFile(unitPath);
				await type(machine, 'systemctl --user daemon-reload');
			}),
		asked: 'start',
		problem: 'The file of the service is gone',
		fixes: ['vira-setup   writes it again, and starts the service.'],
	},
	'its unit was changed by hand': {
		make: () => after((machine) => edit(machine, unitPath, (text) => `${text}# mine\n`)),
		asked: 'doctor',
		problem: 'changed-by-hand',
		fixes: ['vira-setup   shows the change, and asks before it replaces it'],
	},
	'systemd has not read a change': {
		make: () => after((machine) => edit(machine, unitPath, (text) => `${text}# mine\n`)),
		asked: 'doctor',
		problem: 'not-reloaded',
		fixes: ['vira-setup restart   takes it over'],
	},
	'a script would replace what was changed by hand': {
		make: () => after((machine) => edit(machine, unitPath, (text) => `${text}# mine\n`)),
		asked: '--port 5006',
		problem: 'was changed by hand or is not ours',
		fixes: [
			'vira-setup --dry-run   shows everything that would be done.',
			'vira-setup --overwrite   replaces it.',
		],
	},
	'its settings were edited': {
		make: () => after((machine) => edit(machine, settings, (text) => text.replace('5005', '8443'))),
		asked: 'doctor',
		problem: 'not-applied',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup   applies it'],
	},
	'its page does not answer': {
		make: () => after((machine) => edit(machine, settings, (text) => text.replace('5005', '8443'))),
		first: (machine) => edit(machine, settings, (text) => text.replace('8443', '5005')),
		asked: 'doctor',
		problem: 'page',
		fixes: ['vira-setup logs   shows what it has said', 'vira-setup restart'],
	},
	'the receipt is gone': {
		make: () => after((machine) => machine.deleteFile(receipt)),
		asked: 'doctor',
		problem: 'no-receipt',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup   sets it up again'],
	},
	'the receipt is garbled': {
		make: () => after((machine) => edit(machine, receipt, () => '{"a')),
		asked: 'doctor',
		problem: 'receipt-unreadable',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup   sets it up again'],
	},
	'others can read its settings': {
		make: () => after(async (machine) => setMode(machine.folder, settings, 0o644)),
		asked: 'doctor',
		problem: 'other-mode',
		fixes: [
			'vira-setup doctor --fix   mends it',
			'chmod 600 /home/alice/.config/vira-setup/settings.json   gives it back the mode that it had',
		],
	},
	'its settings cannot be read, and others are kept': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			await edit(machine, settings, () => '{"port": 70');
			return machine;
		},
		asked: 'doctor',
		problem: 'unreadable',
		fixes: ['vira-setup rollback   sets Vira up with settings that it had before.'],
	},
	'its settings are gone': {
		make: () => after((machine) => machine.deleteFile(settings)),
		asked: 'status',
		problem: 'Vira was set up here with the settings in',
		fixes: ['To start afresh: vira-setup uninstall   and then vira-setup; Vira keeps its state.'],
	},
	'its settings may not be read, and are its own': {
		make: () => after(async (machine) => setMode(machine.folder, settings, 0o200)),
		asked: '',
		problem: `You may not read ${settings}.`,
		fixes: ['chmod u+r /home/alice/.config/vira-setup/settings.json'],
	},
	"its settings may not be read, and are root's": {
		make: () => after((machine) => machine.events.change({unreadable: [settings]})),
		asked: '',
		problem: `You may not read ${settings}.`,
		fixes: ['sudo chown alice /home/alice/.config/vira-setup/settings.json'],
	},
	'its settings are a link to a place outside': {
		make: () => rehearse({links: {[settings]: '/etc/os-release'}}),
		asked: '',
		problem: `${settings} is a link to`,
		fixes: ['Remove the link: rm /home/alice/.config/vira-setup/settings.json'],
	},
	'a folder is where its settings belong': {
		make: async () => {
			const machine = await rehearse();
			await put(machine, `${settings}/inside`, '');
			return machine;
		},
		asked: '',
		problem: `${settings} is in the way`,
		fixes: [
			'Move it away: mv /home/alice/.config/vira-setup/settings.json /home/alice/.config/vira-setup/settings.json.away',
		],
	},
	'the folder for its settings belongs to root': {
		make: async () => {
			const machine = await rehearse({readOnly: [`${home}/.config`]});
			await put(machine, `${home}/.config/a file`, '');
			return machine;
		},
		asked: '',
		problem: `You may not write in ${home}/.config`,
		fixes: ['sudo chown alice /home/alice/.config'],
	},
	'the folder for its settings is shut': {
		make: async () => {
			const machine = await rehearse();
			await put(machine, `${home}/.config/a file`, '');
			setMode(machine.folder, `${home}/.config`, 0o555);
			return machine;
		},
		asked: '',
		problem: `You may not write in ${home}/.config`,
		fixes: ['chmod u+rwx /home/alice/.config'],
	},
	'a file is where its folder belongs': {
		make: async () => {
			const machine = await rehearse();
			await put(machine, `${home}/.config/vira-setup`, '');
			return machine;
		},
		asked: '',
		problem: `${home}/.config/vira-setup is in the way`,
		fixes: ['mv /home/alice/.config/vira-setup /home/alice/.config/vira-setup.away'],
	},
	'the folder of its copies is shut': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			setMode(machine.folder, `${home}/.local/state/vira-setup/versions`, 0o400);
			return machine;
		},
		asked: '',
		problem: 'You may not use the folder',
		fixes: ['chmod u+rwx /home/alice/.local/state/vira-setup/versions'],
	},
	'a file is where its copies belong': {
		make: () =>
			after(async (machine) => {
				await machine.deleteFolder(`${home}/.local/state/vira-setup/versions`, {withContents: true});
				await put(machine, `${home}/.local/state/vira-setup/versions`, '');
			}),
		asked: '',
		problem: 'is in the way: it is no folder',
		fixes: [
			'mv /home/alice/.local/state/vira-setup/versions /home/alice/.local/state/vira-setup/versions.away',
		],
	},
	'another version wrote its receipt': {
		make: () =>
			after((machine) => edit(machine, receipt, (text) => text.replace('"schema": 1', '"schema": 2'))),
		asked: '',
		problem: 'newer vira-setup',
		fixes: [
			'To start afresh with this one, move it away: mv /home/alice/.local/state/vira-setup/receipt.json /home/alice/.local/state/vira-setup/receipt.json.away',
		],
	},
	'a run was killed': {
		make: () => after((machine) => edit(machine, receipt, (text) => text.replace('complete', 'pending'))),
		asked: 'doctor',
		problem: 'interrupted',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup   finishes it'],
	},
	'an uninstall was killed': {
		make: () =>
			after((machine) =>
				edit(machine, receipt, (text) => text.replace('"state"', '"removing": true, "state"')),
			),
		asked: 'doctor',
		problem: 'interrupted',
		fixes: ['vira-setup uninstall   removes the rest; vira-setup sets it up again'],
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
		fixes: ['date   shows what the clock says'],
	},
	'a run was killed while it wrote': {
		make: () =>
			after((machine) => put(machine, `${home}/.config/systemd/user/.vira.service.vira-setup~`, 'x')),
		asked: 'doctor',
		problem: 'half-written',
		fixes: ["rm '/home/alice/.config/systemd/user/.vira.service.vira-setup~'"],
	},
	'another program has its port': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change(taken);
				await startAgain(machine);
			}),
		asked: 'doctor',
		problem: 'port-in-use',
		values: {PORT: '8443'},
		fixes: ['vira-setup --port PORT   takes another port; or stop the other program'],
	},
	'another program has its port, and it is to start': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change(taken);
			}),
		asked: 'start',
		problem: 'Port 5005 is in use',
		answers: ['--port', '8443'],
		fixes: ['vira-setup   changes the settings'],
	},
	'another program answers in its place': {
		make: async () => {
			const machine = await setUp({localhost: ['127.0.0.1', '::1']});
			await stop(machine);
			await machine.events.change({listeners: [{port: 5005, program: 'nginx', address: '127.0.0.1'}]});
			await startAgain(machine);
			return machine;
		},
		first: free,
		asked: 'doctor',
		problem: 'other-program',
		values: {PORT: '8443'},
		fixes: ['End that program, then: vira-setup restart', 'vira-setup --port PORT   takes another port'],
	},
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
			'vira-setup --package PATH   takes the Vira that made it',
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
		problem: "The state in /home/alice/.local/share/vira/state is of schema 8, this Vira's is 9",
		values: {PATH: '/opt/vira/bin/vira'},
		fixes: [
			'vira-setup --allow-state-reset   shows the plan, then moves the old state aside',
			'vira-setup --package PATH   takes the Vira that made it',
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
	'it is being stopped': {
		make: () => after((machine) => during(machine, {active: 'deactivating', sub: 'stop-sigterm'})),
		first: (machine) => during(machine, {active: 'inactive', sub: 'dead', process: undefined, mainPid: 0}),
		asked: 'doctor',
		problem: 'stopping',
		fixes: ['vira-setup status   shows whether that is done', 'vira-setup start   starts it again then'],
	},
	'it is being started': {
		make: () => after((machine) => during(machine, {active: 'activating', sub: 'start-pre'})),
		asked: 'doctor',
		problem: 'starting',
		fixes: ['vira-setup status   shows whether that is done', 'vira-setup logs   shows what it has said'],
	},
	'Vira ends again and again': {
		make: linuxStates['ending again and again'],
		asked: 'doctor',
		problem: 'crash-loop',
		fixes: ['vira-setup logs   shows what it has said', 'vira-setup stop   ends that'],
	},
	'Vira failed so often that systemd gave up': {
		make: linuxStates.failed,
		first: (machine) => behave(machine, 'well'),
		asked: 'doctor',
		problem: 'start-limit',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup start   tries again, once the reason is gone'],
	},
	'GitHub’s program fails, which every Vira asks': {
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
	'a drop-in decides over it': {
		make: () => after((machine) => dropIn(machine, 'Restart=no')),
		asked: 'doctor',
		problem: 'drop-in',
		fixes: ['cat /home/alice/.config/systemd/user/vira.service.d/own.conf   shows what it decides'],
	},
	'a drop-in has something else started': {
		make: async () => {
			const machine = await linuxStates.stopped();
			await dropIn(machine, 'ExecStart=\nExecStart=/opt/other');
			await attempt(machine, 'start');
			return machine;
		},
		asked: 'doctor',
		problem: 'drop-in',
		fixes: [
			'cat /home/alice/.config/systemd/user/vira.service.d/own.conf   shows what it decides',
			'rm /home/alice/.config/systemd/user/vira.service.d/own.conf   does away with it; then: vira-setup restart',
		],
	},
	'its program is gone': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change({links: {}, vira: undefined});
				await other(machine, '/opt/vira/bin/vira');
				await startAgain(machine);
			}),
		asked: 'doctor',
		problem: 'vira-gone',
		values: {PATH: '/opt/vira/bin/vira'},
		fixes: ['vira-setup --package PATH   takes another Vira'],
	},
	'its program is gone, and systemd has tried': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change({links: {}, vira: undefined});
				await other(machine, '/usr/local/bin/vira');
				await startAgain(machine);
			}),
		asked: 'doctor',
		problem: 'program-unusable',
		values: {PATH: '/usr/local/bin/vira'},
		fixes: ['vira-setup --package /usr/local/bin/vira   takes the one that is there'],
	},
	'its program is gone, and it is to start': {
		make: () =>
			after(async (machine) => {
				await stop(machine);
				await machine.events.change({links: {}, vira: undefined});
				await other(machine, '/usr/local/bin/vira');
			}),
		asked: 'start',
		problem: 'Vira cannot be started',
		fixes: ['vira-setup --package /usr/local/bin/vira   takes the one that is there'],
	},
	'nobody is logged in, and lingering was not wanted': {
		make: linuxStates['no session'],
		asked: 'doctor',
		problem: 'no-user-manager',
		fixes: ['loginctl enable-linger alice   lets it run without a login'],
	},
	'nobody is logged in, and it is to start': {
		make: linuxStates['no session'],
		asked: 'start',
		problem: 'The user manager of alice does not run',
		fixes: ['loginctl enable-linger alice   lets it run without a login'],
	},
	'the user manager does not answer': {
		make: () => after((machine) => machine.events.change({userManager: 'stopped'})),
		asked: 'doctor',
		problem: 'user-manager-silent',
		fixes: ['sudo systemctl restart user@1000.service'],
	},
	'the user manager does not answer, and it is to stop': {
		make: () => after((machine) => machine.events.change({userManager: 'stopped'})),
		asked: 'stop',
		problem: 'The user manager of alice does not answer',
		fixes: ['sudo systemctl restart user@1000.service'],
	},
	'lingering may not be turned on': {
		make: () => rehearse({lingerRefused: true}),
		asked: '',
		problem: 'Lingering could not be turned on',
		fixes: ['sudo loginctl enable-linger alice'],
	},
	'a link of somebody else is in the place of the unit': {
		make: async () => {
			const machine = await rehearse({links: {[unitPath]: '/opt/vira.service'}});
			await put(machine, '/opt/vira.service', '[Service]\nExecStart=/x\n');
			return machine;
		},
		asked: '',
		problem: 'A service named vira.service is managed by somebody else.',
		fixes: ['Remove the link if it is not needed any more: rm /home/alice/.config/systemd/user/vira.service'],
	},
	'another user can read the key': {
		make: async () => {
			const machine = await rehearse();
			await certificate(machine);
			await attempt(machine, ...ofCertificate);
			setMode(machine.folder, `${home}/k.pem`, 0o644);
			return machine;
		},
		asked: 'doctor',
		problem: 'key-readable-by-others',
		fixes: ['chmod 600 /home/alice/k.pem'],
	},
	'its certificate is broken': {
		make: async () => {
			const machine = await rehearse();
			await certificate(machine);
			await attempt(machine, ...ofCertificate);
			await machine.writeFile(`${home}/c.pem`, 'broken', 0o600);
			await machine.writeFile(`${home}/d.pem`, ownPair.certificate, 0o600);
			return machine;
		},
		asked: 'doctor',
		problem: 'certificate-unusable',
		values: {'cert FILE': `cert ${home}/d.pem`, 'key FILE': `key ${home}/k.pem`},
		fixes: ['Put the right file there, or give others: vira-setup --tls-cert FILE --tls-key FILE'],
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
		fixes: ['vira-setup   gives the repository the URL that Vira has, or another name, or leaves it out'],
	},
	'the state is to be elsewhere': {
		make: async () => {
			const machine = await rehearse();
			await attempt(machine, '--state-dir', '~/old');
			return machine;
		},
		asked: '--dry-run --state-dir ~/a/new',
		problem: 'state-moved',
		inOrder: true,
		fixes: ['vira-setup stop', 'mkdir -p /home/alice/a', 'mv /home/alice/old /home/alice/a/new'],
	},
	'the state is to be elsewhere, where there is a folder': {
		make: async () => {
			const machine = await rehearse();
			await attempt(machine, '--state-dir', '~/old');
			await put(machine, `${home}/there/a file`, '');
			return machine;
		},
		asked: '--dry-run --state-dir ~/there',
		problem: 'state-moved',
		inOrder: true,
		fixes: ['vira-setup stop', 'cp -a /home/alice/old/. /home/alice/there/'],
	},
	'the state folder may not be written': {
		make: async () => {
			const machine = await rehearse();
			await put(machine, `${home}/shut/x`, '');
			await machine.deleteFile(`${home}/shut/x`);
			setMode(machine.folder, `${home}/shut`, 0o555);
			return machine;
		},
		asked: '--state-dir ~/shut',
		problem: `--state-dir: You may not write in ${home}/shut`,
		fixes: [
			'--state-dir: You may not write in /home/alice/shut: its mode is 0555. Use another folder, or allow it: chmod u+w /home/alice/shut',
		],
	},
	"the state folder in one's home is root's": {
		make: async () => {
			const machine = await rehearse({readOnly: [`${home}/empty`]});
			await machine.makeFolder(`${home}/empty`, 0o755);
			return machine;
		},
		asked: '--state-dir ~/empty',
		problem: `--state-dir: You may not write in ${home}/empty`,
		fixes: [
			`--state-dir: You may not write in ${home}/empty: it belongs to root. Use another folder, or have it given to you: sudo chown -R alice ${home}/empty`,
		],
	},
	'others may write in our folder': {
		make: () => after(async (machine) => setMode(machine.folder, `${home}/.config/vira-setup`, 0o777)),
		asked: 'doctor',
		problem: 'other-mode',
		fixes: ['vira-setup doctor --fix   mends it', `chmod go-w ${home}/.config/vira-setup   corrects that`],
	},
	'a drop-in has systemd wait for a sign of Vira’s': {
		make: () =>
			after(async (machine) => {
				await dropIn(machine, 'Type=oneshot');
				await stop(machine);
			}),
		asked: 'doctor',
		problem: 'start-never-over',
		first: (machine) => machine.writeFile(`${unitPath}.d/own.conf`, '[Service]\n', 0o644),
		fixes: ['Take that line out of the drop-in, then: vira-setup restart'],
	},
	'a drop-in has systemd leave Vira running': {
		make: () => after((machine) => dropIn(machine, 'KillMode=none')),
		asked: 'stop',
		problem: 'The service is stopped, but Vira still runs',
		fixes: ['kill -INT 1201   ends it'],
	},
	'logind hangs': {
		make: () => rehearse({logindHangs: true}),
		asked: '',
		problem: '--linger: systemd-logind does not answer',
		fixes: [
			'--linger: systemd-logind does not answer, and nothing else turns lingering on or off. Do without it, or restart that first: sudo systemctl restart systemd-logind',
		],
	},
	'the account has expired': {
		make: () => rehearse({session: false, lingering: true, accountRefused: true, userManager: 'refused'}),
		asked: '',
		problem: 'The user manager of alice cannot start',
		first: ({events}) => events.change({accountRefused: false}),
		fixes: ['sudo systemctl restart user@1000.service   starts the user manager then'],
	},
	'the number of the schema may not be read': {
		make: () => after(async (machine) => setMode(machine.folder, `${state}/schema-version`, 0o200)),
		asked: '',
		problem: '--state-dir: You may not read',
		fixes: [
			'--state-dir: You may not read /home/alice/.local/share/vira/state/schema-version: its mode is 0200. Allow it: chmod u+r /home/alice/.local/share/vira/state/schema-version',
		],
	},
	"the number of the schema is root's": {
		make: () => after((machine) => machine.events.change({unreadable: [`${state}/schema-version`]})),
		asked: '',
		problem: '--state-dir: You may not read',
		fixes: [
			'--state-dir: You may not read /home/alice/.local/share/vira/state/schema-version: it belongs to root. Have it given to you: sudo chown alice /home/alice/.local/share/vira/state/schema-version',
		],
	},
	'a folder is where the number of the schema belongs': {
		make: () =>
			after(async (machine) => {
				await machine.deleteFile(`${state}/schema-version`);
				await put(machine, `${state}/schema-version/x`, '');
			}),
		asked: '',
		problem: `--state-dir: ${state}/schema-version is no file`,
		fixes: [
			'--state-dir: /home/alice/.local/share/vira/state/schema-version is no file: Vira keeps the number of its schema there. Use another folder, or move it away: mv /home/alice/.local/share/vira/state/schema-version /home/alice/.local/share/vira/state/schema-version.away',
		],
	},
	'nothing keeps a store path': {
		make: async () => {
			const machine = await rehearse();
			await put(machine, `${store}/bin/tool`, '');
			return machine;
		},
		asked: `--dry-run --extra-package ${store}`,
		problem: 'no-gc-root',
		fixes: [
			'nix-store --add-root /home/alice/.nix-roots/tools-1.0 --realise /nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-tools-1.0',
		],
	},
	'somebody starts what is not set up': {
		make: () => rehearse(),
		asked: 'start',
		problem: 'Vira is not set up here.',
		fixes: ['vira-setup   sets it up.'],
	},
	'systemd may not give it a namespace of its own': {
		...notPrepared(226),
		problem: 'namespaces-not-allowed',
		answers: ['--service-config', 'WorkingDirectory=/home/alice', '--service-config', 'PrivateTmp=no'],
		fixes: [
			'To do without, set PrivateTmp=no among the systemd settings; others like it may have to go as well: vira-setup',
			'sudo sysctl kernel.unprivileged_userns_clone=1   allows them, where the machine has that switch',
		],
	},
	'systemd could not enter its folder': {
		...notPrepared(200),
		problem: 'folder-unusable',
		fixes: ['Make that folder, or take WorkingDirectory out of the systemd settings: vira-setup'],
	},
	'systemd could not run it as another user': {
		...notPrepared(217),
		problem: 'other-user',
		fixes: ['Take User out of the systemd settings: vira-setup'],
	},
	'systemd could not prepare its process': {
		...notPrepared(233),
		problem: 'not-startable',
		fixes: ['vira-setup logs   shows what it has said', 'Then take that setting out: vira-setup'],
	},
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
	'the settings cannot be gone back from, for a run was killed': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			await edit(machine, receipt, (text) => text.replace('complete', 'pending'));
			return machine;
		},
		asked: 'rollback --non-interactive',
		problem: 'A run of vira-setup was ended before it was done.',
		inOrder: true,
		fixes: [
			'vira-setup   brings it to its end.',
			'vira-setup rollback   after that goes back to those before it.',
		],
	},
	'the settings cannot be gone back from, for an uninstall was killed': {
		make: () =>
			after((machine) =>
				edit(machine, receipt, (text) =>
					text.replace('"complete"', '"pending"').replace('"state"', '"removing": true, "state"'),
				),
			),
		asked: 'rollback --non-interactive',
		problem: 'An uninstall was ended before it was done.',
		fixes: ['vira-setup   sets Vira up again, vira-setup uninstall   removes the rest.'],
	},
	'the settings before cannot be used': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			await attempt(machine, '--port', '5007');
			await machine.events.change({listeners: [{port: 5006, program: 'nginx'}]});
			return machine;
		},
		asked: 'rollback --non-interactive',
		problem: 'It is not possible to go back to',
		fixes: ['vira-setup rollback --to 2   the settings until 2026-03-02 09:00'],
	},
	'the journal may not be read': {
		make: () => after((machine) => machine.events.change({journalReadable: false})),
		asked: 'doctor',
		problem: 'log-unreadable',
		fixes: ['sudo usermod --append --groups systemd-journal alice   lets alice read it after the next login'],
	},
	'there is no journal': {
		make: () => after((machine) => machine.events.change({journalKept: false})),
		asked: 'logs',
		problem: 'There is no log: this machine keeps no journal.',
		inOrder: true,
		fixes: [
			'Set Storage=persistent in /etc/systemd/journald.conf, then: sudo systemctl restart systemd-journald',
			'vira-setup restart   starts a new log',
		],
	},
	'what is kept was changed by hand': {
		make: async () => {
			const machine = await setUp();
			await attempt(machine, '--port', '5006');
			const folder = `${home}/.local/state/vira-setup/versions`;
			const copy = (await machine.list(folder))?.find((name) => name.startsWith('settings.')) ?? '';
			await edit(machine, `${folder}/${copy}`, (text) => text.replace('5005', '5007'));
			return machine;
		},
		asked: 'rollback --non-interactive',
		problem: 'It is not possible to go back to',
		fixes: [
			'vira-setup --config /home/alice/.local/state/vira-setup/versions/settings.f33d3af20702.json   sets Vira up with what is in it now.',
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
		problem: 'A run of vira-setup was ended before it was done.',
		inOrder: true,
		fixes: ['vira-setup   puts everything as it was.', 'vira-setup rollback   after that goes further back.'],
	},
	'the receipt is damaged, and all is to go': {
		make: () => after((machine) => edit(machine, receipt, () => '{"a')),
		asked: 'uninstall --non-interactive',
		problem: 'receipt',
		fixes: ['If it is damaged: vira-setup   writes it again; then vira-setup uninstall.'],
	},
	'the receipt is elsewhere, and all is to go': {
		make: () =>
			after(async (machine) => {
				await machine.makeFolder(`${home}/elsewhere`, 0o700);
				await machine.move(`${home}/.local/state/vira-setup`, `${home}/elsewhere/vira-setup`);
			}),
		asked: 'uninstall --non-interactive',
		problem: 'receipt',
		fixes: [
			'With the value that it had: XDG_STATE_HOME=FOLDER vira-setup uninstall',
			'If the receipt is lost: vira-setup   sets Vira up again; then vira-setup uninstall.',
		],
	},
	'its settings go with an uninstall': {
		make: () => setUp(),
		asked: 'uninstall --dry-run',
		problem: 'settings',
		fixes: ['vira-setup export --format json > vira.json'],
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
		fixes: ['vira-setup start   starts it, once the reason is gone'],
	},
	'lingering may not be turned off': {
		make: () => after((machine) => machine.events.change({lingerRefused: true})),
		asked: 'uninstall --non-interactive --disable-linger',
		problem: 'Lingering could not be turned off',
		fixes: ['sudo loginctl disable-linger alice'],
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
		problem: 'Vira has a repository a',
		fixes: ['vira-setup   changes the repositories'],
	},
	'the list of its repositories is gone': {
		make: async () => {
			const machine = await setUp({}, '--repository', 'a=https://x/a');
			await stop(machine);
			await machine.deleteFile(`${home}/.config/vira-setup/initial-state.json`);
			await startAgain(machine);
			return machine;
		},
		asked: 'doctor',
		problem: 'import-unreadable',
		fixes: ['vira-setup doctor --fix   mends it', 'vira-setup   writes that file again'],
	},
	'others can read a key of root’s': {
		make: async () => {
			const machine = await rehearse({readOnly: ['/etc/k.pem']});
			await certificate(machine);
			await put(machine, '/etc/k.pem', ownPair.key);
			return machine;
		},
		asked: `--dry-run --tls-cert ${home}/c.pem --tls-key /etc/k.pem --hostname 0.0.0.0`,
		problem: 'key-readable-by-others',
		fixes: ['sudo chmod o-rwx /etc/k.pem'],
	},
};
