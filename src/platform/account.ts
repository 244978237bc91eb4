import {tmpdir, userInfo} from 'node:os';
import {getuid} from 'node:process';
import {exitCode, SetupError} from '../errors.ts';
import {cleanPath} from './clean-path.ts';
import type {User} from './facts.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Accounts can be kept by a service on the network (nsswitch.conf(5)): while that is down, a UID has no name and no home. */
const noAccount = (error: unknown): SetupError => {
	const uid = getuid?.() ?? 0;
	return new SetupError({
		what: `There is no account with the UID ${uid}, under which this runs.`,
		why: (error as Error).message,
		next: [
			`id ${uid}   shows whether the account is known; a directory service such as SSSD or LDAP may be down.`,
			'vira-setup --simulate   needs no account.',
		],
		code: exitCode.unsuitable,
	});
};

const noHome = (name: string, home: string): SetupError =>
	new SetupError({
		what: `The account ${name} has no home folder: ${JSON.stringify(home)} is not an absolute path in UTF-8.`,
		next: ['Set Vira up as somebody with a home folder.'],
		code: exitCode.unsuitable,
	});

const accountOf = () => {
	try {
		return userInfo();
	} catch (error) {
		throw noAccount(error);
	}
};

/**
 * The account that this runs under, as the system has it (getpwuid(3)): not as USER or HOME say, which the service
 * manager does not read. Throws a SetupError where there is none, or it has no home folder.
 */
export const currentUser = (environment: Environment): User => {
	const {username, uid, homedir} = accountOf();
	// What is not UTF-8 cannot be named here.
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

/** Folders for what is soon gone again, the best first. A relative one would lie wherever the program was started. */
export const temporaryFolders = ({TMPDIR, XDG_RUNTIME_DIR}: Environment): readonly [string, ...string[]] => {
	const given = [...absolute(TMPDIR ?? tmpdir()), ...absolute(XDG_RUNTIME_DIR)];
	const [first, ...others] = given;
	return first === undefined ? ['/tmp'] : [first, ...others, '/tmp'];
};
