import type {Fix} from '../../notice.ts';
import {commands} from './systemd.ts';
import type {User} from '../system.ts';
import type {WaitFor} from '../actions/wait-for.ts';

/** The subject of a sentence. */
export const managerOfUser = ({name}: Pick<User, 'name'>): string => `The systemd user manager of ${name}`;

export const restartManager = ({uid}: Pick<User, 'uid'>): Fix => ({
	say: 'restarts the user manager',
	command: `sudo systemctl restart user@${uid}.service`,
});

/** For a manager that is starting, or is about to. */
export const untilManagerResponds: Pick<WaitFor, 'does' | 'probe' | 'until' | 'withinMs' | 'why'> = {
	does: 'wait-for',
	probe: commands.managerVersion,
	until: {exitCode: 0},
	withinMs: 15_000,
	why: 'Wait for the systemd user manager',
};
