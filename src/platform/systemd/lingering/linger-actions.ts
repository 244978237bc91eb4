import {exitCode, type Failure} from '../../../errors.ts';
import type {Settings} from '../../../settings/options.ts';
import type {Action} from '../../actions/action.ts';
import type {RunCommand} from '../../actions/run-command.ts';
import type {LinuxMachine} from '../facts.ts';
import {runAgain} from '../../service-manager/service-words.ts';
import type {User} from '../../system.ts';
import {systemctlCommands} from '../systemctl.ts';
import {hopelessIfRefused, managerOfUser, restartManager, untilManagerResponds} from '../user-manager.ts';
import {lingerText, logindLimitMs} from './lingering.ts';

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
			undo: systemctlCommands.disableLinger(user.name),
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
		undo: systemctlCommands.enableLinger(user.name),
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
