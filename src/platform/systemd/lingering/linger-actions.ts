import {exitCode, type Failure} from '../../../errors.ts';
import type {User} from '../../system.ts';
import {lingerText} from './lingering.ts';
import type {RunCommand} from '../../actions/run-command.ts';
import {runAgain} from '../../service-manager/service-words.ts';
import type {LinuxMachine} from '../../facts.ts';
import {commands} from '../systemctl.ts';
import type {Settings} from '../../../settings/options.ts';
import type {Action} from '../../actions/action.ts';
import {hopelessIfRefused, managerOfUser, restartManager, untilManagerResponds} from '../user-manager.ts';

/** logind responds within milliseconds; if it hangs, D-Bus would wait for 25 s (sd_bus_call(3)). */
const limitMs = 5000;

/** The service that turns lingering on and off hangs: this is not about privileges. */
export const logindSilence = 'systemd-logind does not respond, and only it can turn lingering on or off.';

/** Makes it respond again; sessions stay. */
export const wakeLogind = 'sudo systemctl restart systemd-logind';

export const logindSilent: Failure = {
	message: logindSilence,
	fixes: [{say: '', command: wakeLogind}, runAgain],
	exit: exitCode.refused,
};

/** The time limit of a command that turns lingering on or off, and what to report if logind hangs. */
export const untilSilent = (
	user: User,
	does: 'enable' | 'disable',
): Pick<RunCommand, 'limitMs' | 'onTimeout'> => ({
	limitMs,
	onTimeout: {
		failure: logindSilent,
		left: {
			message: `Lingering may be ${does === 'enable' ? 'on' : 'off'} for ${user.name} once systemd-logind responds again.`,
			fixes: [{say: '', command: lingerText(does === 'enable' ? 'disable' : 'enable', user)}],
			exit: exitCode.refused,
		},
	},
});

/** Whether this run turns lingering on. A setup never turns it off: other services may need it. */
export const wantsLingering = (settings: Settings, {linux}: LinuxMachine): boolean =>
	settings.linger && !linux.lingering;

const privilegeMissing = (user: User): Failure => ({
	message: `Could not turn on lingering for ${user.name}.`,
	fixes: [
		{say: '', command: lingerText('enable', user, true)},
		{say: 'Then run vira-setup again, or use --no-linger to set up Vira without lingering.'},
	],
	exit: exitCode.privilege,
});

/** Lingering comes first: it starts the user manager, without which nothing can be installed. */
export const lingerActions = (settings: Settings, facts: LinuxMachine): readonly Action[] => {
	if (!wantsLingering(settings, facts)) return [];
	const {user} = facts;
	const privilege = privilegeMissing(user);
	return [
		{
			does: 'run',
			command: commands.enableLinger(user.name),
			why: 'let the service start at boot and keep running after logout',
			undo: commands.disableLinger(user.name),
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
			probe: commands.showLinger(user.name),
			until: {exitCode: 0, stdout: 'yes'},
			withinMs: 5000,
			why: 'Check that lingering is on',
			onFailure: privilege,
			onTimeout: logindSilent,
		},
	];
};
