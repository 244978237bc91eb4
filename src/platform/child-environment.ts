import type {User} from './facts.ts';

/** Where a service manager's commands are, should PATH not say so (cron(8) gives a short one). */
const systemFolders = ['/usr/local/bin', '/usr/bin', '/bin', '/run/current-system/sw/bin'];

/**
 * Variables that change what the system's own tools do or print. Those of Nix (NIX_SSL_CERT_FILE, NIX_CONFIG, NIX_PATH,
 * NIX_REMOTE) are not among them: without them Nix may find neither its daemon nor what it is to build.
 */
const meddling: readonly RegExp[] = [
	// Code and data in the place of the system's own libraries: ld.so(8), iconv(3), dyld(1), malloc(3) of macOS.
	/^(?:LD_|DYLD_|__XPC_|Malloc)/u,
	/^(?:GLIBC_TUNABLES|GCONV_PATH|LOCPATH|NLSPATH)$/u,
	// systemctl that asks nobody, or somebody else (systemd's docs/ENVIRONMENT.md), and what a service is given (systemd.exec(5)).
	/^(?:SYSTEMD_|SYSTEMCTL_|SD_|JOURNAL_|LISTEN_|WATCHDOG_|CREDENTIALS_)/u,
	/^(?:NOTIFY_SOCKET|MANAGERPID|INVOCATION_ID|(?:RUNTIME|STATE|CACHE|LOGS|CONFIGURATION)_DIRECTORY)$/u,
	// Another bus than this machine's, or one of a session that is gone.
	/^DBUS_/u,
	// A home folder for macOS's own libraries alone.
	/^CFFIXED_USER_HOME$/u,
	// Scripts that a shell runs before its own, and functions in the place of programs (bash(1), sh(1), zsh(1)).
	/^(?:BASH_ENV|ENV|SHELLOPTS|BASHOPTS|ZDOTDIR|CDPATH|GLOBIGNORE|PS4|BASH_FUNC_.*)$/u,
	// Other grammars of options, other columns, lines that are cut, another language.
	/^(?:POSIXLY_CORRECT|POSIX_ME_HARDER|_POSIX2_VERSION|PS_FORMAT|PS_PERSONALITY|COLUMNS|LINES|LANGUAGE)$/u,
];

const isMeddling = (name: string): boolean => meddling.some((pattern) => pattern.test(name));

/**
 * What child processes see: our language, no pager, no variable that would change the answer, and the runtime folder
 * that pam_systemd(8) would have set, which is all that a shell without a session lacks.
 */
export const childEnvironment = (
	environment: NodeJS.ProcessEnv,
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
