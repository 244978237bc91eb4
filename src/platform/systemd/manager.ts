import {privateMode} from '../paths.ts';
import {
	clearFailures,
	readsAgain,
	toProcess,
	systemctlRun,
	reloadAfterChange,
	unitName,
	systemctlCommands,
	askManager,
} from './systemctl.ts';
import type {RunCommand} from '../actions/run-command.ts';
import {beforeFileChanges} from '../service-manager/service-words.ts';
import type {Action} from '../actions/action.ts';
import type {ServiceStep, Manager, Need} from '../service-manager/service-manager.ts';
import type {Command} from '../system.ts';
import {journalOf, readUnitVitals, unitReports, readUnitPersistence, howUnitEnded} from './unit-status.ts';
import type {LinuxMachine} from './facts.ts';
import {lingerActions, logindSilence, wakeLogind} from './lingering/lingering.ts';
import {journal} from './journal/journal.ts';
import {unitText, checkPrivateTmp, isOurUnit} from './unit/unit.ts';
import {readServiceState, readUnitProcesses} from './detect/service-state.ts';
import {serviceFrom} from '../service.ts';
import {nothing, problem, type Check} from '../service-manager/check.ts';
import {linuxAdvice, refusalsOf} from './advice.ts';
import {systemdByHand} from './manual-control.ts';
import {checkUnit} from './unit/check-unit.ts';
import {diagnoseUnit, whyNotEnded} from './diagnosis/diagnose.ts';
import {readJournalExcerpt, withStartLog} from './journal/journal-excerpt.ts';
import {linuxBootBehavior} from './lingering/boot-behavior.ts';
import {systemdRemover} from './remover.ts';
import {asUnit} from './unit/as-unit.ts';
import type {ManagerKind} from '../service-manager/manager-kind.ts';
import {detectLinux} from './detect/detect.ts';
import {linuxListeners} from '../network/linux-listeners.ts';

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

const shownCommands: Manager['commands'] = {
	status: () => ['systemctl', '--user', 'status', 'vira.service'],
	stop: systemctlCommands.stop,
	nixDaemon: () => ['sudo', 'systemctl', 'restart', 'nix-daemon.socket', 'nix-daemon.service'],
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

const steps: ReadonlyMap<Command, ServiceStep> = new Map([
	[systemctlCommands.enable, 'enable'],
	[systemctlCommands.stop, 'stop'],
	[systemctlCommands.start, 'start'],
	[systemctlCommands.restart, 'start'],
]);

const stepOf: Manager['stepOf'] = (action) => {
	if (action.does !== 'run') return undefined;
	return action.command.includes('enable-linger') ? 'lingering' : steps.get(action.command);
};

const mayRunNow = ({service}: LinuxMachine): boolean =>
	['active', 'activating', 'reloading', 'deactivating'].includes(service.active);

/**
 * Run before the file of a running service changes. Stop and start undo each other, so whichever action fails, the old
 * process runs again from the old file; `restart` would not ensure that.
 */
const stopActions = (facts: LinuxMachine, hadUnit: boolean): readonly Action[] => {
	// If the user manager does not respond yet, lingering starts it, and it starts every enabled service.
	const mayRun =
		mayRunNow(facts) || facts.service.exited === true || (facts.service.active === 'unknown' && hadUnit);
	return mayRun
		? [systemctlRun(systemctlCommands.stop, beforeFileChanges, {undo: systemctlCommands.start})]
		: [];
};

/**
 * A service that is waiting to be restarted is started now by `restart`: `start` was seen to wait as well (systemd 247,
 * 252), and counts as another automatic restart (257 too). There is no undo: in that pause, systemd decides what
 * happens next.
 */
const startAction = (byRestart: boolean): RunCommand =>
	systemctlRun(byRestart ? systemctlCommands.restart : systemctlCommands.start, 'start the service', {
		...(!byRestart && {undo: systemctlCommands.stop}),
		...toProcess,
	});

/** Enables and starts the service, whatever its state. */
const serviceActions = (facts: LinuxMachine, {restart, stale}: Need): readonly Action[] => {
	const {service} = facts;
	// For a restart it was stopped before, so it is not waiting.
	const inPause = service.awaitsRestart && !restart;
	// systemd does not start a service that it considers active, even if its process has exited.
	const byRestart = inPause || (service.exited === true && !restart);
	const start = restart || inPause || !mayRunNow(facts);
	return [
		...(stale ? [systemctlRun(systemctlCommands.daemonReload, readsAgain)] : []),
		...(service.enabled
			? []
			: [
					systemctlRun(systemctlCommands.enable, 'make the service start with your systemd user manager', {
						undo: systemctlCommands.disable,
					}),
				]),
		...(start ? [clearFailures({undo: systemctlCommands.resetFailed}), startAction(byRestart)] : []),
	];
};

/** A machine with systemd, where the service is a user unit. */
const systemd = (facts: LinuxMachine): Manager => ({
	name: 'systemd',
	refusals: refusalsOf(facts),
	advice: linuxAdvice(facts),
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
	asService: (system, which) => asUnit(system, facts, which),
	stagedFor: () => undefined,
	preparation: (settings) => lingerActions(settings, facts),
	stop: (hadFile) => stopActions(facts, hadFile),
	start: (_, need) => serviceActions(facts, need),
	stepOf,
	byHand: systemdByHand(facts),
	startsLater: () => undefined,
	announcement: [],
	outlook: (settings) => linuxBootBehavior(facts, settings),
	countsEveryStart: false,
	isAstray: () => false,
	diagnose: (settings) => diagnoseUnit(facts, settings),
	howEnded: () => howUnitEnded(facts),
	readState: readServiceState,
	readProcesses: readUnitProcesses,
	whyNotEnded,
	readVitals: readUnitVitals,
	readPersistence: (system, state) => readUnitPersistence(system, facts, state),
	readLog: readJournalExcerpt,
	remover: systemdRemover(facts),
	log: journalOf(facts),
	...unitReports(facts),
	commands: shownCommands,
});

/** systemd is also what a Linux without it is reported to lack. */
export const systemdKind: ManagerKind<LinuxMachine> = {
	platform: 'linux',
	runsOn: ({platform}) => platform === 'linux',
	detect: detectLinux,
	on: systemd,
	isOurs: isOurUnit,
	// In a build, too: stopping the service would kill it (systemd.kill(5), KillMode=; cgroups(7)).
	isWithinService: async (system) => {
		const groups = await system.readFile('/proc/self/cgroup', {lossy: true});
		return groups?.split(/[\n/]/u).includes(unitName) ?? false;
	},
	findListeners: linuxListeners,
	actionKinds: {},
	run: askManager,
	explainFailedStart: withStartLog,
};
