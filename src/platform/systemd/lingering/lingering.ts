import {nixName} from '../../../settings/nix.ts';
import {commandText} from '../../command-text.ts';
import type {LinuxFacts, LinuxMachine} from '../facts.ts';
import {answerOf} from '../../run-result.ts';
import type {System, User} from '../../system.ts';
import {systemctlCommands} from '../systemctl.ts';
import {exitCode, type Failure} from '../../../errors.ts';
import type {Settings} from '../../../settings/options.ts';
import type {Action} from '../../actions/action.ts';
import type {RunCommand} from '../../actions/run-command.ts';
import {runAgain} from '../../service-manager/service-words.ts';
import {hopelessIfRefused, managerOfUser, restartManager, untilManagerResponds} from '../user-manager.ts';

/** A byte as systemd's cescape() writes it; names of accounts have no control characters. */
const escapedByte = (byte: number): string => {
	if (byte < 0x20 || byte >= 0x7f) return `\\${byte.toString(8).padStart(3, '0')}`;
	return String.fromCodePoint(byte).replace(/["'\\]/u, String.raw`\$&`);
};

const fileName = (name: string): string => [...Buffer.from(name)].map(escapedByte).join('');

/** Where logind stores for whom lingering is on: an empty file per user, read at boot. */
export const lingerFolder = '/var/lib/systemd/linger';

/** The file that exists if lingering is on for this person (logind-user.c, user_check_linger_file). */
export const lingerFile = ({name}: Pick<User, 'name'>): string => `${lingerFolder}/${fileName(name)}`;

/** Since this version, logind unescapes the name (systemd pull request 25529). */
const readsBackSince = 253;

/** Seen with Debian's 252, which has the fix as a backport. */
const readsBackIn252 = 39;

/**
 * Whether logind restores lingering for this person at boot; undefined: it depends on the patches of the distribution.
 * `version` is the output of `systemctl --version`.
 */
export const isLingerReadBack = ({name}: Pick<User, 'name'>, version: string): boolean | undefined => {
	if (fileName(name) === name) return true;
	const [, major = '', minor = '0'] = /^systemd (\d+)(?: \(\d+\.(\d+))?/u.exec(version) ?? [];
	if (major === '') return undefined;
	if (Number(major) >= readsBackSince) return true;
	if (Number(major) < readsBackSince - 1) return false;
	return Number(minor) >= readsBackIn252 || undefined;
};

/** The command that turns lingering on or off, for a person to copy. */
export const lingerText = (does: 'enable' | 'disable', {name}: Pick<User, 'name'>, sudo = false): string =>
	commandText([
		...(sudo ? (['sudo', 'loginctl'] as const) : (['loginctl'] as const)),
		`${does}-linger`,
		name,
	]);

/** Lingering in the NixOS configuration, from which NixOS rebuilds the machine. */
export const declaredLinger = ({name}: User): string => `users.users.${nixName(name)}.linger = true;`;

/** On NixOS, what loginctl changes is lost when the machine is rebuilt. */
export const keepLingering = (user: User): string =>
	`To keep it on, add to the NixOS configuration: ${declaredLinger(user)}`;

/** logind responds within milliseconds, or hangs; D-Bus would wait for 25 s (sd_bus_call(3)). */
const logindLimitMs = 5000;

const hasFile = async (system: System): Promise<boolean> =>
	(await system.inspect(lingerFile(system.user))) !== undefined;

/** loginctl needs a D-Bus connection; the file shows the same without one. */
export const askLingering = async (
	system: System,
): Promise<Pick<LinuxFacts, 'lingering' | 'logindSilent'>> => {
	const result = await system.run(systemctlCommands.showLinger(system.user.name), {timeoutMs: logindLimitMs});
	const said = answerOf(result)?.trim();
	const lingering = said === 'yes' || (said !== 'no' && (await hasFile(system)));
	return {lingering, logindSilent: result.timedOut};
};

/** Whether lingering is on now. A logind that did not respond before is not asked again. */
export const readLingering = async (
	system: System,
	{logindSilent}: Pick<LinuxFacts, 'logindSilent'>,
): Promise<boolean> => (logindSilent ? hasFile(system) : (await askLingering(system)).lingering);

/** The service that turns lingering on and off hangs: this is not about privileges. */
export const logindSilence = 'systemd-logind does not respond, and only it can turn lingering on or off.';

/** Makes it respond again; sessions stay. */
export const wakeLogind = 'sudo systemctl restart systemd-logind';

const logindSilent: Failure = {
	message: logindSilence,
	fixes: [{say: '', command: wakeLogind}, runAgain],
	exit: exitCode.refused,
};

/** The time limit of a command that turns lingering on or off, and what to report if logind hangs. */
const untilSilent = (user: User, does: 'enable' | 'disable'): Pick<RunCommand, 'limitMs' | 'onTimeout'> => ({
	limitMs: logindLimitMs,
	onTimeout: {
		failure: logindSilent,
		left: {
			message: `Lingering may be ${does === 'enable' ? 'on' : 'off'} for ${user.name} once systemd-logind responds again.`,
			fixes: [{say: '', command: lingerText(does === 'enable' ? 'disable' : 'enable', user)}],
			exit: exitCode.refused,
		},
	},
});

const turnOn = 'Turn on lingering';
const turnOff = 'Turn off lingering';

const privilegeMissing = (user: User): Failure => ({
	message: `Could not turn on lingering for ${user.name}.`,
	fixes: [
		{say: '', command: lingerText('enable', user, true)},
		{say: 'Then run vira-setup again, or use --no-linger to set up Vira without lingering.'},
	],
	exit: exitCode.privilege,
});

/**
 * Turns lingering on if the settings want it; a setup never turns it off, since other services may need it. It comes
 * first: it starts the user manager, without which nothing can be installed.
 */
export const lingerActions = (settings: Settings, {linux, user}: LinuxMachine): readonly Action[] => {
	if (!settings.linger || linux.lingering) return [];
	const privilege = privilegeMissing(user);
	return [
		{
			does: 'run',
			command: systemctlCommands.enableLinger(user.name),
			why: 'let the service start at boot and keep running after logout',
			title: turnOn,
			undo: systemctlCommands.disableLinger(user.name),
			undoTitle: turnOff,
			onFailure: privilege,
			...untilSilent(user, 'enable'),
		},
		{
			...untilManagerResponds,
			onFailure: {
				message: `${managerOfUser(user)} did not start after lingering was turned on.`,
				fixes: [restartManager(user)],
				exit: exitCode.refused,
			},
			hopeless: hopelessIfRefused(user),
		},
		{
			does: 'wait-for',
			probe: systemctlCommands.showLinger(user.name),
			until: {exitCode: 0, stdout: 'yes'},
			withinMs: 5000,
			why: 'Check that lingering is on',
			onFailure: privilege,
			onTimeout: logindSilent,
		},
	];
};

/** Waits until the user manager responds. */
const waitForManager = (user: User): Action => ({
	...untilManagerResponds,
	onFailure: {message: `${managerOfUser(user)} does not respond.`, exit: exitCode.refused},
	alsoBack: true,
});

/**
 * Turns lingering off. Without a session, the user manager ends then: an undo has to wait for it, since undoing the
 * earlier actions needs it. Planned only if it is running (linux.userManager), so the removal itself does not wait.
 */
export const lingerOffActions = ({user, linux}: LinuxMachine): readonly Action[] => [
	...(linux.userManager.answers ? [waitForManager(user)] : []),
	{
		does: 'run',
		command: systemctlCommands.disableLinger(user.name),
		why: 'turn lingering off, as before Vira was set up',
		title: turnOff,
		undo: systemctlCommands.enableLinger(user.name),
		undoTitle: turnOn,
		...untilSilent(user, 'disable'),
		onFailure: {
			message: `Could not turn off lingering for ${user.name}.`,
			fixes: [
				{say: '', command: lingerText('disable', user, true)},
				{say: 'Or leave lingering on, and run vira-setup uninstall again.'},
			],
			exit: exitCode.privilege,
		},
	},
];
