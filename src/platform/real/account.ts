import {tmpdir, userInfo} from 'node:os';
import {getuid} from 'node:process';
import {exitCode, SetupError} from '../../errors.ts';
import {cleanPath} from '../paths.ts';
import type {System, User} from '../system.ts';
import {access, constants, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';

/** Accounts can come from a network service (nsswitch.conf(5)): while that is down, a UID has no name and no home. */
const noAccount = (error: unknown): SetupError => {
	const uid = getuid?.() ?? 0;
	return new SetupError({
		message: `vira-setup runs with UID ${uid}, which has no account.`,
		detail: (error as Error).message,
		fixes: [
			{
				say: 'shows whether the account exists; a directory service such as SSSD or LDAP may be down',
				command: `id ${uid}`,
			},
			{say: 'works without an account', command: 'vira-setup --simulate'},
		],
		exit: exitCode.unsuitable,
	});
};

const noHome = (name: string, home: string): SetupError =>
	new SetupError({
		message: `Account ${name} has no home folder: ${JSON.stringify(home)} is not an absolute path in UTF-8.`,
		fixes: [{say: 'Use an account with a home folder.'}],
		exit: exitCode.unsuitable,
	});

const readAccount = () => {
	try {
		return userInfo();
	} catch (error) {
		throw noAccount(error);
	}
};

/**
 * The account that this runs under, according to the system (getpwuid(3)) and not to USER or HOME, which the service
 * manager does not read. Throws a SetupError if there is none, or it has no home folder.
 */
export const currentUser = (environment: System['environment']): User => {
	const {username, uid, homedir} = readAccount();
	// A path that is not UTF-8 cannot be used here.
	if (!homedir.startsWith('/') || homedir.includes('\u{FFFD}')) throw noHome(username, homedir);
	return {
		name: username,
		uid,
		home: cleanPath(homedir),
		sudoFrom: uid === 0 ? environment['SUDO_USER'] : undefined,
	};
};

const absolute = (path: string | undefined): readonly string[] =>
	path?.startsWith('/') ? [cleanPath(path)] : [];

/** Folders for temporary files, the best first. A relative one would depend on the current folder. */
export const temporaryFolders = ({
	TMPDIR,
	XDG_RUNTIME_DIR,
}: System['environment']): readonly [string, ...string[]] => {
	const given = [...absolute(TMPDIR ?? tmpdir()), ...absolute(XDG_RUNTIME_DIR)];
	const [first, ...others] = given;
	return first === undefined ? ['/tmp'] : [first, ...others, '/tmp'];
};

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

/** A new folder with the file in it, in the first folder where that works. */
const makeScratch = async (
	[folder = '', ...others]: readonly string[],
	name: string,
	content: string,
): Promise<string> => {
	let made: string | undefined;
	try {
		// mkdtemp(3) creates it with mode 0700.
		made = await mkdtemp(join(folder, 'vira-setup-'));
		await writeFile(join(made, name), content, {mode: 0o600});
		return made;
	} catch (error) {
		if (made !== undefined) await rm(made, {recursive: true, force: true});
		if (others.length === 0) throw error;
		return makeScratch(others, name, content);
	}
};

/** See System.withScratchFile. TMPDIR may not exist or be full, so `folders` are tried in turn. */
export const withScratchFile =
	(folders: readonly string[]): System['withScratchFile'] =>
	async (name, content, use) => {
		const folder = await makeScratch(folders, name, content);
		try {
			return await use(join(folder, name));
		} finally {
			await rm(folder, {recursive: true, force: true});
		}
	};
