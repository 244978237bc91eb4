import {exitCode, type Complaint} from '../../errors.ts';
import type {LinuxMachine, User} from '../../platform/facts.ts';
import {commands} from '../../platform/linux/systemd.ts';
import type {Settings} from '../../settings/options.ts';
import type {Action} from '../action.ts';
import {logindSilent, untilSilent} from './logind.ts';
import {hopelessIfRefused} from './refused-account.ts';
import {lingerText} from '../../platform/linux/linger-file.ts';

/** Whether this run is to turn lingering on. Turning it off is never ours to do: other services may need it. */
export const wantsLingering = (settings: Settings, {linux}: LinuxMachine): boolean =>
	settings.linger && !linux.lingering;

const privilegeMissing = (user: User): Complaint => ({
	what: `Lingering could not be turned on for ${user.name}.`,
	next: [lingerText('enable', user, true), 'Then start vira-setup again, or use --no-linger to do without.'],
	code: exitCode.privilege,
});

/** What lingering is for comes first: without a user manager there is nothing to install into. */
export const lingerActions = (settings: Settings, facts: LinuxMachine): readonly Action[] => {
	if (!wantsLingering(settings, facts)) return [];
	const {user} = facts;
	const privilege = privilegeMissing(user);
	return [
		{
			does: 'run',
			command: commands.enableLinger(user.name),
			why: 'lets the service run without a login, and start at boot',
			undo: commands.disableLinger(user.name),
			onFailure: privilege,
			...untilSilent(user, 'enable'),
		},
		{
			does: 'wait-for',
			probe: commands.managerVersion,
			until: {exitCode: 0},
			withinMs: 15_000,
			why: 'your user manager answers',
			onFailure: {
				what: `The user manager of ${user.name} did not start after lingering was turned on.`,
				next: [`sudo systemctl restart user@${user.uid}.service`],
				code: exitCode.refused,
			},
			hopeless: hopelessIfRefused(user),
		},
		{
			does: 'wait-for',
			probe: commands.showLinger(user.name),
			until: {exitCode: 0, stdout: 'yes'},
			withinMs: 5000,
			why: 'lingering is on',
			onFailure: privilege,
			onTimeout: logindSilent,
		},
	];
};
