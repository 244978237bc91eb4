import {tmpdir, userInfo} from 'node:os';
import {getuid} from 'node:process';
import {exitCode, SetupError} from '../../errors.ts';
import {cleanPath} from '../paths.ts';
import type {System, User} from '../system.ts';

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
