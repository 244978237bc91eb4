import {randomUUID} from 'node:crypto';
import type {Fix} from '../../../notice.ts';
import type {Settings} from '../../../settings/options.ts';
import {isSecretName} from '../../../settings/secrets/assigned-secrets.ts';
import {maskLooks} from '../../../settings/secrets/mask-looks.ts';
import {controlEscapes} from '../../../settings/unit-value.ts';
import {commandText} from '../../command-text.ts';
import {answerOf} from '../../run-result.ts';
import {
	accountVariables,
	runningWith,
	type AsService,
	type AsServiceOptions,
	type WhichService,
} from '../../service.ts';
import type {Command, RunOptions, RunResult, System} from '../../system.ts';
import type {LinuxMachine} from '../facts.ts';
import {askManager, parseProperties, systemctlCommands} from '../systemctl.ts';
import {readRunningVariables, readSurroundings, type Surroundings} from './surroundings.ts';
import {isNo} from './unit.ts';

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
const withoutPrivateTmp = ({serviceConfig}: Settings): Fix => {
	const lines = Object.entries({...serviceConfig, PrivateTmp: 'no'}).map((one) => one.join('='));
	// The option replaces all lines, and a masked one would replace what it hides.
	if (lines.some((line) => maskLooks(line) !== line))
		return {say: 'Set PrivateTmp=no under "systemd settings":', command: 'vira-setup'};
	return {
		say: 'turns off the sandbox that hides the owners of files',
		command: commandText(['vira-setup', ...lines.flatMap((line) => ['--service-config', line])]),
	};
};

/** The fix for a sandbox that hides owners. */
const lessSandbox = (settings: Settings, {properties, privateTmpIn}: Surroundings): Fix | undefined => {
	const last = properties.findLast((one) => one.startsWith('PrivateTmp='));
	if (last === undefined || isNo(last.slice('PrivateTmp='.length))) return undefined;
	return privateTmpIn === undefined
		? withoutPrivateTmp(settings)
		: {say: `Remove the line PrivateTmp= from ${privateTmpIn}, then:`, command: 'vira-setup restart'};
};

type Variables = Readonly<Record<string, string>>;

/** The journal would keep the command, with what secrets it has. */
const unrecorded = ['--description=A check by vira-setup', '--property=LogLevelMax=alert'];

/** What a transient service gets. */
interface Transient {
	readonly variables: Variables;
	/** Variables of the user manager that it does not get. */
	readonly without: readonly string[];
	readonly properties: readonly string[];
	/** Whether values may stand on the command line, which others can read (proc(5), hidepid). */
	readonly isPublic: boolean;
}

const transient = (
	{variables, without, properties, isPublic}: Transient,
	{timeoutMs, unit}: Pick<AsServiceOptions, 'timeoutMs'> & {readonly unit: string},
): readonly string[] => [
	...['systemd-run', '--user', '--pipe', '--wait', '--collect', '--quiet', `--unit=${unit}`],
	...unrecorded,
	`--property=RuntimeMaxSec=${Math.ceil((timeoutMs + sweepMs) / 1000)}`,
	'--property=KillSignal=SIGKILL',
	...properties.map((one) => `--property=${one}`),
	...(without.length > 0 ? [`--property=UnsetEnvironment=${without.join(' ')}`] : []),
	...Object.entries(variables).map(([name, value]) => `--setenv=${isPublic ? `${name}=${value}` : name}`),
	'--',
];

/**
 * Runs a command of systemd-run. Its unit outlives it, and holds its output open: when nobody waits for it any longer, the
 * unit is stopped at once.
 */
const runUnit = async (
	system: System,
	command: Command,
	{unit, ...options}: RunOptions & {readonly unit: string; readonly signal: AbortSignal},
): Promise<RunResult> => {
	const {signal} = options;
	let stopping: Promise<RunResult> | undefined;
	const stop = (): Promise<RunResult> =>
		system.run(systemctlCommands.stopTransient(unit), {timeoutMs: sweepMs});
	const end = (): void => {
		stopping ??= stop();
	};
	signal.addEventListener('abort', end, {once: true});
	const result = await system.run(command, options);
	signal.removeEventListener('abort', end);
	if (signal.aborted || result.timedOut) end();
	// It may have been asked before systemd had the unit.
	if (stopping && (await stopping).exitCode !== 0) await stop();
	return result;
};

/** Variables that are no secret, whatever sets them. */
const isUsual =
	/^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LC_\w+|XDG_RUNTIME_DIR|GIT_SSH_COMMAND|SSH_ASKPASS|GCM_INTERACTIVE)$/u;

/** Whether others may see a variable: what a drop-in or a file of variables gives the service is for it alone. */
const mayBeSeen = ([name, value]: readonly [string, string], {environment}: Settings): boolean =>
	!isSecretName(name) && maskLooks(value) === value && (environment[name] === value || isUsual.test(name));

/** The variables of the service: those of its process, or those that its next process will have. */
const readVariables = async (
	system: System,
	facts: LinuxMachine,
	{
		inherited,
		surroundings,
		isRunning,
	}: {
		readonly inherited: Variables;
		readonly surroundings: Surroundings;
		readonly isRunning: boolean;
	},
): Promise<Variables> => {
	const running = isRunning ? await readRunningVariables(system, facts) : undefined;
	if (running) return running;
	const all = Object.entries({...inherited, ...surroundings.variables});
	return Object.fromEntries(all.filter(([name]) => !surroundings.unset.includes(name)));
};

/**
 * Runs commands as transient services of the user manager, in the sandbox of the service. Without a manager, with one
 * that cannot run them, and with secrets for one that cannot be given them unseen, they run with the same variables
 * without the sandbox.
 */
export const asUnit = async (
	system: System,
	facts: LinuxMachine,
	{settings, isRunning}: WhichService,
): Promise<AsService> => {
	const {userManager} = facts.linux;
	const runtime = {XDG_RUNTIME_DIR: `/run/user/${facts.user.uid}`};
	const [around, surroundings] = await Promise.all([
		askManager(system, systemctlCommands.showEnvironment, {timeoutMs: 3000}),
		readSurroundings(system, settings, facts),
	]);
	const ofManager = parseEnvironment(answerOf(around) ?? '');
	const inherited = {...accountVariables(facts.user), ...runtime, ...ofManager};
	const variables = await readVariables(system, facts, {inherited, surroundings, isRunning});
	const directly = runningWith(system, variables);
	const isPublic = userManager.answers && userManager.version < hiddenSince;
	const own = Object.entries(variables).filter(([name, value]) => ofManager[name] !== value);
	const less = lessSandbox(settings, surroundings);
	return {
		variables,
		...(less && {lessSandbox: less}),
		run: async (command, how) => {
			const given: Variables = {...Object.fromEntries(own), ...how.added, LC_ALL: 'C'};
			const without = Object.keys(ofManager).filter((name) => !(name in {...variables, ...given}));
			const unit = `vira-setup-${randomUUID()}`;
			const {properties} = surroundings;
			const isOpen = Object.entries(given).every((one) => mayBeSeen(one, settings));
			if (!userManager.answers || (isPublic && !isOpen)) return directly.run(command, how);
			const words = transient({variables: given, without, properties, isPublic}, {...how, unit});
			const {PATH = ''} = system.environment;
			const environment = {PATH, ...given, ...runtime};
			const {timeoutMs, signal} = how;
			const [program, ...rest] = words;
			const inUnit: Command = [program ?? '', ...rest, ...withDollars(command)];
			const result = await runUnit(system, inUnit, {unit, timeoutMs, signal, environment});
			return hasNotBegun(result) ? directly.run(command, how) : result;
		},
	};
};
