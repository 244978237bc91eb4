import {
	agentPath,
	agentText,
	daemonPath,
	gui,
	label,
	logPath,
	simulateMac,
	type MacSimulation,
} from '../simulated-mac.ts';
import {putEntry, setMode} from '../disks.ts';
import {another, exit, remove, unstartable, type as launchctl} from '../mac-incidents.ts';
import {macSetUp} from '../mac-setup.ts';
import {macStates} from '../mac-states.ts';
import type {Situation} from './situation.ts';

const vira = '/Users/alice/.local/bin/vira';

const generation = '/Users/alice/.local/state/home-manager/gcroots/current-home';
const store = '/nix/store/0zv7q5yv8c3hlmkb2dpafs1nr4w6xgj9-home-manager-generation';
const withoutLog = {StandardOutPath: undefined, StandardErrorPath: undefined};

const elsewhere = '/Users/alice/vira';

const startVira = 'vira-setup start   starts Vira';
const setUpAgain = 'vira-setup   repairs it';

const after = async (change: (machine: MacSimulation) => Promise<unknown>): Promise<MacSimulation> => {
	const machine = await macSetUp();
	await change(machine);
	return machine;
};

const well = (machine: MacSimulation) => machine.events.behave(label, {exitAfterMs: 1e9});

/** Problems on a Mac, and each line that is printed for them. */
export const macSituations: Readonly<Record<string, Situation<MacSimulation>>> = {
	'launchd no longer has it': {
		make: macStates['not loaded'],
		asked: 'doctor',
		problem: 'not-loaded',
		fixes: ['vira-setup doctor --fix   fixes it', startVira],
	},
	'it was disabled by a command': {
		make: macStates.disabled,
		asked: 'doctor',
		problem: 'switched-off',
		fixes: ['vira-setup doctor --fix   fixes it', startVira],
	},
	'it exited without an error': {
		make: macStates['ended well'],
		asked: 'doctor',
		problem: 'ended',
		fixes: ['vira-setup doctor --fix   fixes it', startVira],
	},
	'it crashed': {
		make: macStates.crashed,
		first: well,
		asked: 'doctor',
		problem: 'crashed',
		fixes: ['vira-setup doctor --fix   fixes it', 'vira-setup logs   shows why', startVira],
	},
	'it keeps crashing': {
		make: () =>
			after(async (machine) => {
				await machine.events.behave(label, {exitAfterMs: 200, ending: {how: 'exit', code: 1}});
				await exit(1)(machine);
				await machine.sleep(25_000);
			}),
		first: well,
		asked: 'doctor',
		problem: 'crash-loop',
		fixes: ['vira-setup logs   shows why', 'Then fix the cause, and run: vira-setup'],
	},
	'no one is logged in at the screen': {
		make: macStates['no session'],
		asked: 'start',
		problem: 'alice has no desktop session',
		fixes: ['vira-setup --domain user   runs it now, until the next reboot'],
	},
	'in the background, after a reboot': {
		make: macStates['in the background, after a reboot'],
		asked: 'doctor',
		problem: 'stopped',
		fixes: ['vira-setup doctor --fix   fixes it', startVira],
	},
	'launchd does not respond': {
		make: macStates['a silent launchd'],
		first: (machine) => machine.events.changeMac({launchctl: 'works'}),
		asked: 'doctor',
		problem: 'unclear',
		fixes: ['launchctl print gui/$(id -u)'],
	},
	'its program does not exist': {
		make: async () => {
			const machine = await macSetUp({vira: {path: vira, version: '0.1.0', schema: 1, behaviour: 'well'}});
			const {readOnly} = await machine.events.state();
			await unstartable(async ({events}) => {
				await events.change({readOnly: []});
				await machine.move(vira, elsewhere);
				const played = {version: '0.1.0', schema: 1, behaviour: 'well'} as const;
				await events.change({readOnly, vira: undefined, otherViras: [{path: elsewhere, ...played}]});
			})(machine);
			return machine;
		},
		asked: 'doctor',
		problem: 'program-unusable',
		values: {PATH: elsewhere},
		fixes: ['vira-setup --package PATH   uses another Vira'],
	},
	'its folder does not exist': {
		make: () => after(unstartable(remove('/Users/alice/.local/share/vira/state'))),
		asked: 'doctor',
		problem: 'folder-unusable',
		fixes: ['vira-setup doctor --fix   fixes it', setUpAgain],
	},
	'a file is in place of its folder': {
		make: () =>
			after(
				unstartable(async (machine) => {
					await remove('/Users/alice/.local/share/vira/state')(machine);
					await machine.events.put('/Users/alice/.local/share/vira/state', '');
				}),
			),
		asked: 'doctor',
		problem: 'folder-unusable',
		fixes: [
			'Move it aside: mv /Users/alice/.local/share/vira/state /Users/alice/.local/share/vira/state.away && vira-setup',
		],
	},
	'its log belongs to root': {
		make: () =>
			after(async (machine) => {
				const {readOnly} = await machine.events.state();
				await unstartable(({events}) => events.change({readOnly: [...readOnly, logPath]}))(machine);
			}),
		asked: 'doctor',
		problem: 'log-unusable',
		fixes: ['Make it yours: sudo chown alice /Users/alice/Library/Logs/vira.log && vira-setup start'],
	},
	'a folder is in place of its log': {
		make: () =>
			after(
				unstartable(async (machine) => {
					await machine.deleteFile(logPath);
					await machine.events.put(`${logPath}/x`, '');
				}),
			),
		asked: 'doctor',
		problem: 'log-unusable',
		fixes: [
			'Move it aside: mv /Users/alice/Library/Logs/vira.log /Users/alice/Library/Logs/vira.log.away && vira-setup start',
		],
	},
	'a folder is in place of its log, and the log is requested': {
		make: () =>
			after(async (machine) => {
				await machine.deleteFile(logPath);
				await machine.events.put(`${logPath}/x`, '');
			}),
		asked: 'logs',
		problem: `${logPath} already exists`,
		fixes: ['Move it aside: mv /Users/alice/Library/Logs/vira.log /Users/alice/Library/Logs/vira.log.away'],
	},
	'its log has no timestamps': {
		make: macStates.running,
		asked: 'logs --since yesterday',
		problem: '--since: Not available on a Mac',
		fixes: ['vira-setup logs -n 200   shows more lines of /Users/alice/Library/Logs/vira.log'],
	},
	'its file is missing': {
		make: () => after((machine) => machine.deleteFile(agentPath)),
		asked: 'doctor',
		problem: 'file-',
		fixes: ['vira-setup doctor --fix   fixes it', setUpAgain, 'vira-setup   sets up Vira again'],
	},
	'its file is missing, and it is to start': {
		make: () =>
			after(async (machine) => {
				await launchctl(`bootout ${gui}`)(machine);
				await machine.deleteFile(agentPath);
			}),
		asked: 'start',
		problem: 'The service file does not exist',
		fixes: ['vira-setup   writes it again and starts Vira'],
	},
	'others can write its file': {
		make: () =>
			after(async (machine) => {
				await launchctl(`bootout ${gui}`)(machine);
				setMode(machine.folder, agentPath, 0o666);
			}),
		asked: 'doctor',
		problem: 'file-not-trusted',
		fixes: ['vira-setup doctor --fix   fixes it', setUpAgain],
	},
	'it is loaded from another file': {
		make: () => after(another),
		asked: 'doctor',
		problem: 'other-file',
		fixes: ['vira-setup doctor --fix   fixes it', setUpAgain],
	},
	'it is loaded a second time, in the background': {
		make: () =>
			after(async (machine) => {
				await machine.events.put('/Users/alice/b.plist', agentText({LimitLoadToSessionType: 'Background'}));
				await launchctl('bootstrap user/501 /Users/alice/b.plist')(machine);
			}),
		asked: 'doctor',
		problem: 'loaded-twice',
		fixes: ['vira-setup doctor --fix   fixes it', setUpAgain],
	},
	'a link of another program is in place of its file': {
		make: async () => {
			const machine = await simulateMac();
			const {links} = await machine.events.state();
			await machine.events.put('/opt/vira.plist', agentText());
			await machine.events.put('/Users/alice/Library/LaunchAgents/.keep', '');
			await machine.events.change({links: {...links, [agentPath]: '/opt/vira.plist'}});
			return machine;
		},
		asked: '',
		problem: 'A service named org.vira.service is managed by',
		fixes: [
			'If you no longer need the link, delete it: rm /Users/alice/Library/LaunchAgents/org.vira.service.plist',
		],
	},
	"Home Manager's last generation is a leftover": {
		make: async () => {
			const machine = await simulateMac();
			const {links} = await machine.events.state();
			await machine.events.change({links: {...links, [generation]: store}});
			const text = agentText(withoutLog);
			for (const path of [`${store}/LaunchAgents/${label}.plist`, agentPath])
				await machine.events.put(path, text, 0o444);
			await launchctl(`bootstrap gui/501 ${agentPath}`)(machine);
			return machine;
		},
		asked: '',
		problem: 'A service named org.vira.service is managed by',
		fixes: ['rm /Users/alice/.local/state/home-manager/gcroots/current-home'],
	},
	'the system has a daemon of the same name': {
		make: async () => {
			const machine = await simulateMac({mac: {sudo: 'free'}});
			await machine.events.put(daemonPath, agentText());
			await machine.runAsRoot(['/bin/launchctl', 'bootstrap', 'system', daemonPath]);
			return machine;
		},
		asked: '',
		problem: 'A service named org.vira.service is managed by',
		fixes: [
			'Remove the daemon first, because both would use the same port: sudo launchctl bootout system/org.vira.service && sudo rm /Library/LaunchDaemons/org.vira.service.plist',
		],
	},
	'an uninstall leaves its log': {
		make: macStates.running,
		asked: 'uninstall --non-interactive',
		problem: `left ${logPath}`,
		fixes: ['rm /Users/alice/Library/Logs/vira.log'],
	},
	'others can read the file of a daemon': {
		make: async () => {
			const machine = await macStates['a daemon']();
			setMode(machine.folder, daemonPath, 0o666);
			return machine;
		},
		asked: 'doctor',
		problem: 'other-mode',
		fixes: [
			'vira-setup doctor --fix   fixes it',
			'sudo chmod 644 /Library/LaunchDaemons/org.vira.service.plist   restores the mode',
		],
	},
	'its log has grown large': {
		make: () =>
			after(async (machine) => {
				putEntry(machine.folder, logPath, {
					kind: 'file',
					mode: 0o644,
					content: new Uint8Array(101 * 2 ** 20),
				});
			}),
		asked: 'doctor',
		problem: 'log-large',
		fixes: ['cp /dev/null /Users/alice/Library/Logs/vira.log   empties it; Vira keeps writing to it'],
	},
	'the file of a daemon was changed by hand, and everything is to be removed': {
		make: async () => {
			const machine = await macStates['a daemon']();
			const text = (await machine.readFile(daemonPath)) ?? '';
			putEntry(machine.folder, daemonPath, {kind: 'file', mode: 0o644, content: `${text}<!-- mine -->\n`});
			return machine;
		},
		asked: 'uninstall --non-interactive',
		problem: `left ${daemonPath}`,
		fixes: ['sudo rm /Library/LaunchDaemons/org.vira.service.plist'],
	},
	'it goes to sleep': {
		make: () => macSetUp({mac: {sudo: 'free', sleep: {minutes: 1}}}),
		asked: 'doctor',
		problem: 'sleeps',
		fixes: ['sudo pmset -a sleep 0   keeps it awake'],
	},
	'others can write in the folder of its settings': {
		make: () => after(async (machine) => setMode(machine.folder, '/Users/alice/.config/vira-setup', 0o777)),
		asked: 'doctor',
		problem: 'other-mode',
		fixes: [
			'vira-setup doctor --fix   fixes it',
			'chmod go-w /Users/alice/.config/vira-setup   restores safe permissions',
		],
	},
	'its log is too long for one document': {
		make: () =>
			after(async (machine) => {
				const line = `${'x'.repeat(1023)}\n`;
				putEntry(machine.folder, logPath, {kind: 'file', mode: 0o644, content: line.repeat(65 * 2 ** 10)});
			}),
		asked: 'logs -n 1000000',
		problem: 'The log is larger than 64 MiB',
		fixes: ['vira-setup logs -n 1000000   prints the whole log'],
	},
};
