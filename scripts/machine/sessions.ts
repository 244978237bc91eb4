import type {Demand} from './files.ts';
import {waitUntil} from './poll.ts';

/** Ends all sessions of a user as a logout does, and waits until what ends with them is gone. */
export async function endSessions(demand: Demand, user: string): Promise<void> {
	for (const session of await sessionsOf(demand, user)) {
		// One that ended on its own in the meantime is not an error.
		await demand(['loginctl', 'terminate-session', session]).catch(() => undefined);
	}
	await waitUntil(`${user} had no session left`, async () => {
		return (await sessionsOf(demand, user)).length === 0 || undefined;
	});
	await waitUntil(`the user manager of ${user} was gone`, async () => {
		return (await isLingering(demand, user)) || !(await hasManager(demand, user)) || undefined;
	});
}

async function sessionsOf(demand: Demand, user: string): Promise<string[]> {
	const lines = (await demand(['loginctl', 'list-sessions', '--no-legend'])).split('\n');
	const rows = lines.map((line) => line.trim().split(/\s+/));
	const ids = rows.filter((row) => row[2] === user).map(([id = '']) => id);
	const logins: string[] = [];
	for (const id of ids) if (!(await belongsToManager(demand, id))) logins.push(id);
	return logins;
}

/** Since systemd 256 the user manager has a session too; ending that would end a lingering manager. */
async function belongsToManager(demand: Demand, session: string): Promise<boolean> {
	const ask = ['loginctl', 'show-session', session, '--property=Class', '--value'];
	return (await demand(ask).catch(() => '')).startsWith('manager');
}

async function isLingering(demand: Demand, user: string): Promise<boolean> {
	return (await demand(['find', '/var/lib/systemd/linger', '-name', user])) !== '';
}

async function hasManager(demand: Demand, user: string): Promise<boolean> {
	const id = (await demand(['id', '--user', user])).trim();
	const ask = ['systemctl', 'show', `user@${id}.service`, '--property=ActiveState', '--value'];
	return !['inactive', 'failed'].includes((await demand(ask)).trim());
}
