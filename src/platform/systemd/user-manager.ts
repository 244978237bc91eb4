import {randomUUID} from 'node:crypto';
import type {Fix, Notice} from '../../notice.ts';
import type {Settings} from '../../settings/options.ts';
import {isSecretName} from '../../settings/secrets/assigned-secrets.ts';
import {maskLooks} from '../../settings/secrets/mask-looks.ts';
import {controlEscapes} from '../../settings/unit-value.ts';
import {answerOf} from '../run-result.ts';
import {
	accountVariables,
	ownVariables,
	runningWith,
	type AsService,
	type AsServiceOptions,
} from '../service.ts';
import {askManager, parseProperties, systemctlCommands} from './systemctl.ts';
import type {Command, RunResult, System, User} from '../system.ts';
import {hasPrivateTmp, ownSettings} from './unit/unit.ts';
import type {Hopeless, WaitFor} from '../actions/wait-for.ts';
import type {LinuxMachine} from './facts.ts';
import {exitCode, type Failure} from '../../errors.ts';
import {commandText} from '../command-text.ts';

/** The subject of a sentence. */
export const managerOfUser = ({name}: Pick<User, 'name'>): string => `The systemd user manager of ${name}`;

export const restartManager = ({uid}: Pick<User, 'uid'>): Fix => ({
	say: 'restarts the user manager',
	command: `sudo systemctl restart user@${uid}.service`,
});

/** For a manager that is starting, or is about to. */
export const untilManagerResponds: Pick<WaitFor, 'does' | 'probe' | 'until' | 'withinMs' | 'why'> = {
	does: 'wait-for',
	probe: systemctlCommands.managerVersion,
	until: {exitCode: 0},
	withinMs: 15_000,
	why: 'Wait for the systemd user manager',
};

/** If lingering is on, a user manager that does not respond is broken. */
export const managerSilent = ({user, linux}: LinuxMachine): Notice => ({
	level: 'error',
	code: 'user-manager-silent',
	message: `${managerOfUser(user)} does not respond, although lingering is on.`,
	detail: linux.userManager.answers ? undefined : linux.userManager.why,
	fixes: [restartManager(user)],
});

/** systemd.exec(5), Process Exit Codes: EXIT_PAM. */
export const exitPam = '224';

/**
 * PAM denies the account access (because it expired, or pam_access(8)), which stops its user manager from starting. The
 * fixes show why, and end it.
 */
export const accountRefused = ({name, uid}: User): Required<Pick<Notice, 'message' | 'fixes'>> => ({
	message: `${managerOfUser({name})} cannot start: PAM denies the account access. The account may have expired.`,
	fixes: [
		{
			say: 'shows whether the account has expired',
			command: commandText(['sudo', 'chage', '--list', name]),
		},
		{
			say: 'removes the expiration date',
			command: commandText(['sudo', 'chage', '--expiredate', '-1', name]),
		},
		restartManager({uid}),
	],
});

export const refusedAccountFailure = (user: User): Failure => {
	const {message, fixes} = accountRefused(user);
	const detail = `systemd reports exit status ${exitPam} (PAM) for user@${user.uid}.service.`;
	return {message, detail, fixes, exit: exitCode.unsuitable};
};

/** Ends the wait for a user manager that PAM does not allow to start. */
export const hopelessIfRefused = (user: User): Hopeless => ({
	probe: systemctlCommands.showManager(user.uid),
	lines: [`ExecMainStatus=${exitPam}`, 'ActiveState=failed'],
	failure: refusedAccountFailure(user),
});

/** Settings of [Service] that decide what a process may do and see, so far as systemd-run(1) takes them (systemd.exec(5)). */
const surrounding =
	/^(?:(?:Private|Protect|Restrict|ReadOnly|ReadWrite|Exec|NoExec|Inaccessible|Bind|IPAddress|SystemCall|SocketBind|Limit|Supplementary)\w+|(?:TemporaryFileSystem|NoNewPrivileges|CapabilityBoundingSet|AmbientCapabilities|UMask|LockPersonality|RootDirectory|MountFlags|ProcSubset|UnsetEnvironment))$/u;

/** A specifier of a unit (systemd.unit(5)) means nothing to systemd-run. */
const surroundingsOf = (settings: Settings): readonly string[] =>
	Object.entries({...ownSettings, ...settings.serviceConfig})
		.map(([name, value]) => [name, value.replaceAll('%%', '%')] as const)
		.filter(([name, value]) => surrounding.test(name) && !value.includes('%'))
		.map(([name, value]) => `--property=${name}=${value}`);

/** `--setenv=NAME` takes the value from the variables of systemd-run itself (systemd-run(1), since 250). */
const hiddenSince = 250;

/** systemd puts variables into a command, `$$` being `$` (systemd.service(5), Command Lines). */
const withDollars = (command: Command): readonly string[] =>
	command.map((word) => word.replaceAll('$', '$$$$'));

/** systemd-run failed before the command was started. */
const hasNotBegun = ({exitCode: status, stderr, found}: RunResult): boolean =>
	!found || (status !== 0 && /^(?:Failed to (?!set up)|Unknown assignment|Job for .* failed)/mu.test(stderr));

/** Values as `systemctl show-environment` prints them: in `$'…'` or double quotes if a shell would change them. */
const unquoted = (text: string): string =>
	/^(?:\$'.*'|".*")$/su.test(text)
		? text
				.replaceAll(/^\$?['"]|['"]$/gu, '')
				.replaceAll(/\\(.)/gsu, (_, sign: string) => controlEscapes[sign] ?? sign)
		: text;

const parseEnvironment = (text: string): Readonly<Record<string, string>> =>
	Object.fromEntries(Object.entries(parseProperties(text)).map(([name, value]) => [name, unquoted(value)]));

/** How long a transient service may outlive us if we are killed. */
const sweepMs = 1000;

/** For a person's own PrivateTmp=; what it does to files of root is said at ownSettings. */
const withoutPrivateTmp = ({serviceConfig}: Settings): Fix => ({
	say: 'leaves the sandbox off that hides who owns a file',
	command: commandText([
		'vira-setup',
		...Object.entries({...serviceConfig, PrivateTmp: 'no'}).flatMap(([name, value]) => [
			'--service-config',
			`${name}=${value}`,
		]),
	]),
});

type Variables = Readonly<Record<string, string>>;

/** The journal would keep the command, with what secrets it has. */
const unrecorded = ['--description=A check by vira-setup', '--property=LogLevelMax=alert'];

const transient = (
	settings: Settings,
	variables: Variables,
	{timeoutMs, unit}: Pick<AsServiceOptions, 'timeoutMs'> & {readonly unit: string},
): readonly string[] => [
	...['systemd-run', '--user', '--pipe', '--wait', '--collect', '--quiet', `--unit=${unit}`],
	...unrecorded,
	`--property=RuntimeMaxSec=${Math.ceil((timeoutMs + sweepMs) / 1000)}`,
	'--property=KillSignal=SIGKILL',
	...surroundingsOf(settings),
	...Object.entries(variables).map(
		([name, value]) =>
			`--setenv=${isSecretName(name) || maskLooks(value) !== value ? name : `${name}=${value}`}`,
	),
	'--',
];

/**
 * Runs commands as transient services of the user manager, in the sandbox of the service. Without a manager, with one
 * that cannot run them, and with secrets for one that cannot be given them unseen, they run with the same variables
 * without the sandbox.
 */
export const asUnit = async (system: System, settings: Settings, facts: LinuxMachine): Promise<AsService> => {
	const {userManager} = facts.linux;
	const runtime = {XDG_RUNTIME_DIR: `/run/user/${facts.user.uid}`};
	const own = ownVariables(settings, facts);
	const around = await askManager(system, systemctlCommands.showEnvironment, {timeoutMs: 3000});
	const variables = {
		...accountVariables(facts.user),
		...runtime,
		...parseEnvironment(answerOf(around) ?? ''),
		...own,
	};
	const directly = runningWith(system, variables);
	const mayHide = userManager.answers && userManager.version >= hiddenSince;
	return {
		variables,
		...(hasPrivateTmp(settings) && {lessSandbox: withoutPrivateTmp(settings)}),
		run: async (command, how) => {
			const given: Variables = {...own, ...how.added, LC_ALL: 'C'};
			const unit = `vira-setup-${randomUUID()}`;
			const words = transient(settings, given, {...how, unit});
			const isHidden = words.some((word) => /^--setenv=[^=]+$/u.test(word));
			if (!userManager.answers || (isHidden && !mayHide)) return directly.run(command, how);
			const environment = {...given, ...runtime};
			const {timeoutMs, signal} = how;
			const [program, ...rest] = words;
			const inUnit: Command = [program ?? '', ...rest, ...withDollars(command)];
			const result = await system.run(inUnit, {timeoutMs, signal, environment});
			// It outlives systemd-run.
			if (signal.aborted || result.timedOut)
				await system.run(systemctlCommands.stopTransient(unit), {timeoutMs: sweepMs});
			return hasNotBegun(result) ? directly.run(command, how) : result;
		},
	};
};
