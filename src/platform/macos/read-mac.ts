import {answerOf} from '../answer-of.ts';
import type {MacFacts, Screen} from '../facts.ts';
import {look} from '../look.ts';
import type {Command, System} from '../system.ts';
import {foreignVolumeOf, type ForeignVolume} from './foreign-volume.ts';
import {whyUnanswered} from '../why-unanswered.ts';
import {commands, status} from './launchctl.ts';

/** launchctl can hang for as long as launchd does. */
const timeLimit = {timeoutMs: 30_000};

const ask = async (system: System, command: Command): Promise<string | undefined> =>
	answerOf(await system.run(command, timeLimit))?.trim();

/**
 * Asks launchd for the domain itself: `launchctl managername` would speak of this run's session, which over SSH is
 * another one.
 */
const readScreen = async (system: System): Promise<Screen> => {
	const result = await system.run(commands.printDomain('gui', system.user.uid), timeLimit);
	const {exitCode, stderr} = result;
	if (exitCode === 0) return {session: 'there'};
	if (exitCode === status.noSession || exitCode === status.noDomain) return {session: 'absent'};
	const words = stderr.trim().split('\n').at(-1);
	const why = whyUnanswered(result);
	if (why === undefined)
		return {session: 'unknown', words: words || `launchctl ended with status ${exitCode ?? 'unknown'}.`};
	return {session: 'unknown', words: why, ...(!result.timedOut && {unusable: true})};
};

const readFileVault = async (system: System): Promise<boolean | undefined> => {
	const said = await ask(system, ['/usr/bin/fdesetup', 'status']);
	// While the disk is being encrypted or decrypted, more lines follow (fdesetup(8), status).
	const [, is] = /^FileVault is (On|Off)/mu.exec(said ?? '') ?? [];
	return is === undefined ? undefined : is === 'On';
};

/**
 * login window's own settings, which anybody may read (defaults(1)). The name alone logs nobody in: it takes the
 * password that System Settings keeps beside it, and nix-darwin's autoLoginUser does not.
 */
const readAutoLogin = async (system: System): Promise<string | false | undefined> => {
	const settings = '/Library/Preferences/com.apple.loginwindow';
	const [result, password] = await Promise.all([
		system.run(['/usr/bin/defaults', 'read', settings, 'autoLoginUser'], timeLimit),
		look(system, '/etc/kcpassword'),
	]);
	// defaults ends with status 1 for a setting that is not there, and for what it could not read.
	if (!password || result.stderr.includes('does not exist')) return false;
	return answerOf(result)?.trim();
};

/** What pmset(1) says of the power source in use: `sleep 1 (sleep prevented by powerd)`, or that sleep is switched off. */
const sleepIn = (settings: string | undefined): number | undefined => {
	if (settings === undefined) return undefined;
	if (/^\s*SleepDisabled\s+1\s*$/mu.test(settings)) return 0;
	const minutes = /^\s*sleep\s+(\d+)\b/mu.exec(settings)?.[1];
	return minutes === undefined ? undefined : Number(minutes);
};

const readSleep = async (system: System): Promise<number | undefined> =>
	sleepIn(answerOf(await system.run(['/usr/bin/pmset', '-g'], {timeoutMs: 5000})));

const readHomeVolume = async (system: System): Promise<ForeignVolume | undefined> => {
	const {home} = system.user;
	const real = (await look(system, home))?.realPath ?? home;
	return foreignVolumeOf(real, await system.fileSystemAt(real));
};

/** At the login window the screen is root's, in the Setup Assistant an account's of macOS itself. */
const isPerson = (name: string): boolean => name !== 'root' && !name.startsWith('_');

const readScreenUser = async (system: System): Promise<string | false | undefined> => {
	const owner = await ask(system, ['/usr/bin/stat', '-f', '%Su', '/dev/console']);
	return owner === undefined || isPerson(owner) ? owner : false;
};

type MacItself = Omit<MacFacts, 'agents' | 'disabled' | 'daemonDisabled' | 'files' | 'obstacles'>;

const readChip = async (system: System): Promise<Pick<MacFacts, 'architecture' | 'rosetta'>> => {
	const [architecture, translated] = await Promise.all([
		ask(system, ['/usr/bin/uname', '-m']),
		ask(system, ['/usr/sbin/sysctl', '-n', 'sysctl.proc_translated']),
	]);
	return {architecture: architecture ?? 'unknown', rosetta: translated === '1'};
};

/** What a Mac is, whether or not the service is on it. Everything here answers without privilege and without a screen. */
export const readMac = async (system: System): Promise<MacItself> => {
	const [
		version,
		chip,
		screen,
		screenUser,
		fileVault,
		autoLogin,
		sleepsAfter,
		store,
		storePlace,
		homeVolume,
	] = await Promise.all([
		ask(system, ['/usr/bin/sw_vers', '-productVersion']),
		readChip(system),
		readScreen(system),
		readScreenUser(system),
		readFileVault(system),
		readAutoLogin(system),
		readSleep(system),
		look(system, '/nix/store'),
		look(system, '/nix'),
		readHomeVolume(system),
	]);
	return {
		version,
		...chip,
		screen,
		screenUser,
		ssh: system.environment['SSH_CONNECTION'] !== undefined,
		fileVault,
		autoLogin,
		sleepsAfter,
		nixMounted: store !== undefined,
		nixExpected: storePlace !== undefined,
		homeVolume,
	};
};
