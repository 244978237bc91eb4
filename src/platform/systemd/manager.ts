import type {LinuxMachine, ServiceState} from '../facts.ts';
import {readServiceState} from './detect.ts';
import {readLingering} from './lingering.ts';
import {journal} from './journal.ts';
import {commands, parseProperties, unitName} from './systemd.ts';
import {unitReports} from './unit-status.ts';
import {unitText} from './unit.ts';
import {readUnitProcesses} from './unit-processes.ts';
import {serviceFrom} from '../service.ts';
import type {System} from '../system.ts';
import {nothing, problem, type Check} from '../service-manager/check.ts';
import type {Manager, Need, Persistence} from '../service-manager/service-manager.ts';
import {adviceOn, refusalsOf} from './advice.ts';
import {systemdByHand} from './manual-control.ts';
import {checkPrivateTmp} from './check-private-tmp.ts';
import {checkUnit} from './check-unit.ts';
import {diagnoseUnit, whyNotEnded} from './diagnose.ts';
import {readJournalExcerpt} from './journal-excerpt.ts';
import {lingerActions} from './linger.ts';
import {atBoot, outlookOn} from './boot-behavior.ts';
import {logindSilence, wakeLogind} from './logind.ts';
import {removerOn} from './remover.ts';
import type {LogSource} from '../service-manager/log-source.ts';
import {journalFailure} from './journal-complaints.ts';
import {newestSince} from './newest-since.ts';
import {outputElsewhere} from './output-elsewhere.ts';
import {answerOf} from '../run-result.ts';
import type {Vitals} from '../vitals.ts';
import {askManager} from './ask-manager.ts';
import {endingIn, endedByItself} from './unit-ending.ts';
import type {Action} from '../actions/action.ts';
import type {RunCommand} from '../actions/run-command.ts';
import {beforeFileChanges} from '../service-manager/service-words.ts';
import {clearFailures, readsAgain, reloadAfterChange, systemctlRun, toProcess} from './systemctl-run.ts';

/** It may contain secrets. */
const privateMode = 0o600;

const checkManager =
	({linux}: LinuxMachine): Check =>
	async ({settings}) => {
		if (settings.linger && !linux.lingering && linux.logindSilent)
			return problem(
				'linger',
				`${logindSilence} Leave lingering off, or restart systemd-logind first: ${wakeLogind}`,
			);
		return settings.linger || linux.userManager.answers
			? nothing
			: problem(
					'linger',
					'Turn lingering on: your systemd user manager is not running, and only lingering starts it without a login.',
				);
	};

const enabledUnknown = 'The systemd user manager does not report whether the service is enabled.';

/** As the user manager and logind report it now. */
const readPersistence = async (
	system: System,
	facts: LinuxMachine,
	{active, enabled, masked, file}: ServiceState,
): Promise<Persistence> => {
	const survivesLogout = await readLingering(system, facts.linux);
	// A manager that does not respond reports no file.
	const isGone = file === undefined && active !== 'unknown';
	if (enabled === false || masked || isGone || !survivesLogout) return {startsAtBoot: false, survivesLogout};
	const boot = atBoot(facts);
	return boot.startsAtBoot && enabled === undefined
		? {startsAtBoot: undefined, survivesLogout, bootUnknown: enabledUnknown}
		: {...boot, survivesLogout};
};

/** Result= of org.freedesktop.systemd1(5). */
const howEnded = ({service: {failure}}: LinuxMachine): ReturnType<Manager['howEnded']> => {
	if (failure?.result === 'exit-code') return 'exited';
	return failure && ['signal', 'core-dump'].includes(failure.result) ? 'killed' : undefined;
};

const shownCommands: Manager['commands'] = {
	status: () => ['systemctl', '--user', 'status', 'vira.service'],
	stop: commands.stop,
	log: journal.shown,
	followLog: journal.followed,
};

const places: Pick<Manager, 'servicesFolderFix' | 'ownPlaces'> = {
	servicesFolderFix: {say: 'Change XDG_CONFIG_HOME for the systemd user manager, and log in again.'},
	ownPlaces: {
		isFile: (path) => path.endsWith(`/systemd/user/${unitName}`),
		isFolder: () => false,
		files: [],
	},
};

/** A machine with systemd, where the service is a user unit. */
export const systemd = (facts: LinuxMachine): Manager => ({
	name: 'systemd',
	refusals: refusalsOf(facts),
	advice: adviceOn(facts),
	checks: [checkPrivateTmp, checkManager(facts)],
	checkService: checkUnit,
	...places,
	folders: () => [facts.folders.services],
	serviceFile: (settings, program) => ({
		path: facts.serviceFiles[0],
		content: unitText(serviceFrom(settings, facts, program.path)),
		mode: privateMode,
		afterChange: reloadAfterChange,
	}),
	stagedFor: () => undefined,
	preparation: (settings) => lingerActions(settings, facts),
	stop: (hadFile) => stopActions(facts, hadFile),
	start: (_, need) => serviceActions(facts, need),
	isStart: (action) =>
		action.does === 'run' && (action.command === commands.start || action.command === commands.restart),
	isLingering: (action) => action.does === 'run' && action.command.includes('enable-linger'),
	byHand: systemdByHand(facts),
	startsLater: () => undefined,
	announcement: [],
	outlook: (settings) => outlookOn(facts, settings),
	countsEveryStart: false,
	isAstray: () => false,
	diagnose: (settings) => diagnoseUnit(facts, settings),
	howEnded: () => howEnded(facts),
	readState: readServiceState,
	readProcesses: readUnitProcesses,
	whyNotEnded,
	readVitals: readUnitVitals,
	readPersistence: (system, state) => readPersistence(system, facts, state),
	readLog: readJournalExcerpt,
	remover: removerOn(facts),
	log: journalOf(facts),
	...unitReports(facts),
	commands: shownCommands,
});
/** The service's log is in the journal. */

export const journalOf = ({user, service}: LinuxMachine): LogSource => ({
	name: 'journal',
	refuse: async () => undefined,
	command: async ({lines, since, follow}, system, signal) =>
		lines === undefined || since === undefined
			? journal.show({lines, since, follow})
			: newestSince(system, {lines, since, follow}, signal),
	complain: async (result) => journalFailure(result, user),
	elsewhere: (system) => outputElsewhere(system, service),
	// journald limits the size of the journal (journald.conf(5), SystemMaxUse).
	growth: async () => undefined,
});
/** `Mon 2026-03-02 09:00:00 UTC`: the only format before systemd 248 (systemctl(1), --timestamp=). */
const parseTimestamp = (text: string | undefined): number | undefined => {
	const [, day, time] = /^\w+ (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) UTC$/u.exec(text ?? '') ?? [];
	return day === undefined || time === undefined ? undefined : Date.parse(`${day}T${time}Z`);
};
/** `[not set]` or the maximum value if memory accounting is off for user services. */
const parseMemory = (text: string | undefined): number | undefined => {
	const bytes = /^\d+$/u.test(text ?? '') ? Number(text) : Infinity;
	return bytes < Number.MAX_SAFE_INTEGER ? bytes : undefined;
};
/** The condition of the service, as the user manager reports it. */

export const readUnitVitals = async (system: System, {active}: ServiceState): Promise<Vitals> => {
	const shown = answerOf(await askManager(system, commands.showVitals, {timeoutMs: 5000}));
	if (shown === undefined) return {loaded: undefined, since: undefined, memory: undefined, ending: undefined};
	const properties = parseProperties(shown);
	const isRunning = active === 'active';
	const ending = isRunning ? undefined : endingIn(shown);
	return {
		loaded: properties['LoadState'] === 'loaded',
		since: isRunning ? parseTimestamp(properties['ActiveEnterTimestamp']) : undefined,
		memory: isRunning ? parseMemory(properties['MemoryCurrent']) : undefined,
		ending,
		...(ending !== undefined && !endedByItself(shown) && {isExplained: true}),
	};
};
const isRunning = ({service}: LinuxMachine): boolean =>
	['active', 'activating', 'reloading', 'deactivating'].includes(service.active);
/**
 * Run before the file of a running service changes. Stop and start undo each other, so whichever action fails, the old
 * process runs again from the old file; `restart` would not ensure that.
 */

export const stopActions = (facts: LinuxMachine, hadUnit: boolean): readonly Action[] => {
	// If the user manager does not respond yet, lingering starts it, and it starts every enabled service.
	const mayRun =
		isRunning(facts) || facts.service.exited === true || (facts.service.active === 'unknown' && hadUnit);
	return mayRun ? [systemctlRun(commands.stop, beforeFileChanges, {undo: commands.start})] : [];
};
/**
 * A service that is waiting to be restarted is started now by `restart`: `start` was seen to wait as well (systemd 247,
 * 252), and counts as another automatic restart (257 too). There is no undo: in that pause, systemd decides what
 * happens next.
 */
const startAction = (byRestart: boolean): RunCommand =>
	systemctlRun(byRestart ? commands.restart : commands.start, 'start the service', {
		...(!byRestart && {undo: commands.stop}),
		...toProcess,
	});
/** Enables and starts the service, whatever its state. */

export const serviceActions = (facts: LinuxMachine, {restart, stale}: Need): readonly Action[] => {
	const {service} = facts;
	// For a restart it was stopped before, so it is not waiting.
	const inPause = service.awaitsRestart && !restart;
	// systemd does not start a service that it considers active, even if its process has exited.
	const byRestart = inPause || (service.exited === true && !restart);
	const start = restart || inPause || !isRunning(facts);
	return [
		...(stale ? [systemctlRun(commands.daemonReload, readsAgain)] : []),
		...(service.enabled
			? []
			: [
					systemctlRun(commands.enable, 'make the service start with your systemd user manager', {
						undo: commands.disable,
					}),
				]),
		...(start ? [clearFailures({undo: commands.resetFailed}), startAction(byRestart)] : []),
	];
};
