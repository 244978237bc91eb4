import {exitCode} from '../errors.ts';
import type {Facts} from '../platform/facts.ts';
import {commands} from '../platform/linux/systemd.ts';
import type {Settings} from '../settings/options.ts';
import type {Action} from './action.ts';

/** What lingering is for comes first: without a user manager there is nothing to install into. */
export const lingerActions = (settings: Settings, {user, linux}: Facts): readonly Action[] => {
	if (!settings.linger || linux.lingering) return [];
	const privilege = {
		what: `Lingering could not be turned on for ${user.name}.`,
		next: [
			`sudo loginctl enable-linger ${user.name}`,
			'Then start vira-setup again, or use --no-linger to do without.',
		],
		code: exitCode.privilege,
	};
	return [
		{
			does: 'run',
			command: commands.enableLinger(user.name),
			why: 'lets the service run without a login, and start at boot',
			undo: commands.disableLinger(user.name),
			onFailure: privilege,
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
		},
		{
			does: 'wait-for',
			probe: commands.showLinger(user.name),
			until: {exitCode: 0, stdout: 'yes'},
			withinMs: 5000,
			why: 'lingering is on',
			onFailure: privilege,
		},
	];
};
