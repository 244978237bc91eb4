import {access, constants} from 'node:fs/promises';
import type {System, User} from '../system.ts';

/** A folder that does not exist yet may exist when a command searches it. */
const isOpen = (folder: string): Promise<boolean> =>
	access(folder, constants.X_OK).then(
		() => true,
		(error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT',
	);

/**
 * The folders of PATH in which a program can be found. execvp(3) silently skips only missing folders: for a program that
 * does not exist, an inaccessible folder makes it report EACCES, and a failing file system its error. A shell skips all
 * of them.
 */
export const withOpenPath = async (environment: System['environment']): Promise<System['environment']> => {
	const folders = environment['PATH']?.split(':');
	if (!folders) return environment;
	const open = await Promise.all(folders.map(isOpen));
	return {...environment, PATH: folders.filter((_, index) => open[index]).join(':')};
};

/** The folders of the service manager's commands, in case PATH lacks them (that of cron(8) is short). */
const systemFolders = ['/usr/local/bin', '/usr/bin', '/bin', '/run/current-system/sw/bin'];

/**
 * Variables that change what the system's own tools do or print. Those of Nix (NIX_SSL_CERT_FILE, NIX_CONFIG, NIX_PATH,
 * NIX_REMOTE) are kept: without them, Nix may find neither its daemon nor what to build.
 */
const meddling: readonly RegExp[] = [
	// Code and data instead of the system's own libraries: ld.so(8), iconv(3), dyld(1), malloc(3) of macOS.
	/^(?:LD_|DYLD_|__XPC_|Malloc)/u,
	/^(?:GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH)$/u,
	// Variables that change what systemctl talks to (systemd's docs/ENVIRONMENT.md), and those of a service (systemd.exec(5)).
	/^(?:SYSTEMD_|SYSTEMCTL_|SD_|JOURNAL_|LISTEN_|WATCHDOG_|CREDENTIALS_)/u,
	/^(?:NOTIFY_SOCKET|MANAGERPID|INVOCATION_ID|(?:RUNTIME|STATE|CACHE|LOGS|CONFIGURATION)_DIRECTORY)$/u,
	// A bus of another machine, or of a session that has ended.
	/^DBUS_/u,
	// A home folder for macOS's own libraries alone.
	/^CFFIXED_USER_HOME$/u,
	// Scripts that a shell runs first, and functions that replace programs (bash(1), sh(1), zsh(1)).
	/^(?:BASH_ENV|ENV|SHELLOPTS|BASHOPTS|ZDOTDIR|CDPATH|GLOBIGNORE|PS4|BASH_FUNC_.*)$/u,
	// Other option syntax, other columns, truncated lines, another language.
	/^(?:POSIXLY_CORRECT|POSIX_ME_HARDER|_POSIX2_VERSION|PS_FORMAT|PS_PERSONALITY|COLUMNS|LINES|LANGUAGE)$/u,
];

const isMeddling = (name: string): boolean => meddling.some((pattern) => pattern.test(name));

/**
 * The environment of child processes: a fixed language, no pager, no variable that would change the output, and the
 * runtime folder that pam_systemd(8) sets, which is all that a shell without a session lacks.
 */
export const childEnvironment = (
	environment: System['environment'],
	user: User,
): Record<string, string | undefined> => {
	const kept = Object.entries(environment).filter(([name]) => !isMeddling(name));
	const given = (environment['PATH'] ?? '').split(':').filter((folder) => folder.startsWith('/'));
	return {
		...Object.fromEntries(kept),
		PATH: [...new Set([...given, ...systemFolders])].join(':'),
		HOME: user.home,
		LC_ALL: 'C',
		SYSTEMD_COLORS: '0',
		SYSTEMD_PAGER: '',
		XDG_RUNTIME_DIR: `/run/user/${user.uid}`,
	};
};
