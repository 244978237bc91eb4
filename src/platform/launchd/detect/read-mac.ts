import type {DesktopSession, MacFacts, ForeignVolume} from '../facts.ts';
import {look} from '../../paths.ts';
import {answerOf, whyUnanswered} from '../../run-result.ts';
import type {Command, System} from '../../system.ts';
import {launchctlCommands, exitText, launchctlStatus, timeLimit} from '../launchctl.ts';
import {foreignVolumeOf} from '../check-volumes.ts';

const ask = async (system: System, command: Command): Promise<string | undefined> =>
	answerOf(await system.run(command, timeLimit))?.trim();

/**
 * Asks launchd for the domain itself: `launchctl managername` reports the session of this run, which is another one over
 * SSH.
 */
const readScreen = async (system: System): Promise<DesktopSession> => {
	const result = await system.run(launchctlCommands.printDomain('gui', system.user.uid), timeLimit);
	const {exitCode, stderr} = result;
	if (exitCode === 0) return {session: 'there'};
	if (exitCode === launchctlStatus.noSession || exitCode === launchctlStatus.noDomain)
		return {session: 'absent'};
	const words = stderr.trim().split('\n').at(-1);
	const why = whyUnanswered(result);
	if (why === undefined) return {session: 'unknown', words: words || exitText(exitCode)};
	return {session: 'unknown', words: why, ...(!result.timedOut && {unusable: true})};
};

const readFileVault = async (system: System): Promise<boolean | undefined> => {
	const said = await ask(system, ['/usr/bin/fdesetup', 'status']);
	// While the disk is being encrypted or decrypted, fdesetup prints more lines (fdesetup(8), status).
	const [, is] = /^FileVault is (On|Off)/mu.exec(said ?? '') ?? [];
	return is === undefined ? undefined : is === 'On';
};

/**
 * The settings of the login window, which anyone can read (defaults(1)). Automatic login also needs the password that
 * System Settings stores separately; nix-darwin's autoLoginUser does not store it.
 */
const readAutoLogin = async (system: System): Promise<string | false | undefined> => {
	const settings = '/Library/Preferences/com.apple.loginwindow';
	const [result, password] = await Promise.all([
		system.run(['/usr/bin/defaults', 'read', settings, 'autoLoginUser'], timeLimit),
		look(system, '/etc/kcpassword'),
	]);
	// defaults exits with status 1 for a setting that does not exist and for one that it could not read.
	if (!password || result.stderr.includes('does not exist')) return false;
	return answerOf(result)?.trim();
};

/** What pmset(1) prints for the current power source: `sleep 1 (sleep prevented by powerd)`, or that sleep is disabled. */
const readSleep = async (system: System): Promise<number | undefined> => {
	const settings = answerOf(await system.run(['/usr/bin/pmset', '-g'], {timeoutMs: 5000})) ?? '';
	if (/^\s*SleepDisabled\s+1\s*$/mu.test(settings)) return 0;
	const minutes = /^\s*sleep\s+(\d+)\b/mu.exec(settings)?.[1];
	return minutes === undefined ? undefined : Number(minutes);
};

const readHomeVolume = async (system: System): Promise<ForeignVolume | undefined> => {
	const {home} = system.user;
	const real = (await look(system, home))?.realPath ?? home;
	return foreignVolumeOf(real, await system.fileSystemAt(real));
};

/** At the login window, root owns the screen; in the Setup Assistant, an account of macOS itself does. */
const isPerson = (name: string): boolean => name !== 'root' && !name.startsWith('_');

const readScreenUser = async (system: System): Promise<string | false | undefined> => {
	const owner = await ask(system, ['/usr/bin/stat', '-f', '%Su', '/dev/console']);
	return owner === undefined || isPerson(owner) ? owner : false;
};

export type MacItself = Omit<MacFacts, 'agents' | 'disabled' | 'daemonDisabled' | 'files' | 'obstacles'>;

const readChip = async (system: System): Promise<Pick<MacFacts, 'architecture' | 'rosetta'>> => {
	const [architecture, translated] = await Promise.all([
		ask(system, ['/usr/bin/uname', '-m']),
		ask(system, ['/usr/sbin/sysctl', '-n', 'sysctl.proc_translated']),
	]);
	return {architecture: architecture ?? 'unknown', rosetta: translated === '1'};
};

const readNix = async (system: System): Promise<Pick<MacFacts, 'nixMounted' | 'nixExpected'>> => {
	const [store, folder] = await Promise.all([look(system, '/nix/store'), look(system, '/nix')]);
	return {nixMounted: store !== undefined, nixExpected: folder !== undefined};
};

/** The facts about a Mac, whether or not the service is installed. All of it works without privileges or a session. */
export const readMac = async (system: System): Promise<MacItself> => {
	const found = await Promise.all([
		ask(system, ['/usr/bin/sw_vers', '-productVersion']),
		readChip(system),
		readScreen(system),
		readScreenUser(system),
		readFileVault(system),
		readAutoLogin(system),
		readSleep(system),
		readNix(system),
		readHomeVolume(system),
	]);
	const [version, chip, screen, screenUser, fileVault, autoLogin, sleepsAfter, nix, homeVolume] = found;
	return {
		version,
		...chip,
		screen,
		screenUser,
		fileVault,
		autoLogin,
		sleepsAfter,
		...nix,
		homeVolume,
	};
};
