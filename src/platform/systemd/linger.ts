import {exitCode, type Failure} from '../../errors.ts';
import type {LinuxMachine} from '../facts.ts';
import type {User} from '../system.ts';
import {commands} from './systemd.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action} from '../actions/action.ts';
import {logindSilent, untilSilent} from './logind.ts';
import {hopelessIfRefused} from './refused-account.ts';
import {managerOfUser, restartManager, untilManagerResponds} from './user-manager.ts';
import {lingerText} from './linger-file.ts';

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
