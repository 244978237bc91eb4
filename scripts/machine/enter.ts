/** The users of a machine: alice has no privileges, admin can use sudo without a password. */
export type Account = 'root' | 'alice' | 'admin';

export type Environment = Readonly<Record<string, string>>;

/** The environment of host programs that handle a machine: nothing of ours gets inside. */
export const hostEnv = {PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C'};

/** The words that run a command in the machine with this PID 1, as root and with a bare environment. */
export function enter(firstProcess: number, argv: readonly string[]): string[] {
	const home = ['env', '--ignore-environment', '--chdir=/root'];
	return ['nsenter', '--target', String(firstProcess), '--all', '--', ...home, ...pairs(rootEnv), ...argv];
}

/** The words that, run as root, run a command in a new login session of the account; root keeps its own. */
export function inSession(account: Account, env: Environment, argv: readonly string[]): string[] {
	if (account === 'root') return ['env', ...pairs(env), ...argv];
	const login = ['su', '--login', '--session-command', 'exec "$@"', '--', account, 'sh'];
	return [...login, 'env', ...pairs(env), ...argv];
}

/** The words that, run as root, give a command the terminal as its controlling one. */
export function atTerminal(argv: readonly string[]): string[] {
	// Left in the session of nsenter, which a Ctrl-C ends, the command would lose the terminal with it.
	return ['setsid', '--ctty', '--wait', ...argv];
}

/** The words that, run as root, run a command for the account as cron does: without any session. */
export function withoutSession(account: Account, env: Environment, argv: readonly string[]): string[] {
	const home = homeOf(account);
	const become = ['setpriv', `--reuid=${account}`, `--regid=${account}`, '--init-groups'];
	const cronEnv = {HOME: home, USER: account, LOGNAME: account, SHELL: '/bin/bash', PATH: '/usr/bin:/bin'};
	const bare = ['env', '--ignore-environment', `--chdir=${home}`, ...pairs({...cronEnv, ...env})];
	return [...become, ...bare, ...argv];
}

function homeOf(account: Account): string {
	return account === 'root' ? '/root' : `/home/${account}`;
}

const rootEnv = {
	HOME: '/root',
	USER: 'root',
	LOGNAME: 'root',
	SHELL: '/bin/bash',
	PATH: hostEnv.PATH,
	LANG: 'C.UTF-8',
};

function pairs(env: Environment): string[] {
	return Object.entries(env).map(([name, value]) => `${name}=${value}`);
}
