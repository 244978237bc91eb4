import type {LinuxMachine, ServiceState} from '../facts.ts';
import {readServiceState} from './detect.ts';
import {readLingering} from './lingering.ts';
import {journal} from './journal.ts';
import {commands} from './systemd.ts';
import {unitText} from './unit.ts';
import {readUnitProcesses} from './unit-processes.ts';
import {readUnitVitals} from './vitals.ts';
import {serviceFrom} from '../service.ts';
import type {System} from '../system.ts';
import {nothing, problem, type Check} from '../service-manager/check.ts';
import type {Manager, Persistence} from '../service-manager/service-manager.ts';
import {adviceOn, refusalsOf} from './advice.ts';
import {systemdByHand} from './manual-control.ts';
import {checkPrivateTmp} from './check-private-tmp.ts';
import {checkUnit} from './check-unit.ts';
import {diagnoseUnit, whyNotEnded} from './diagnose.ts';
import {journalOf} from './journal-source.ts';
import {readJournalExcerpt} from './journal-excerpt.ts';
import {lingerActions} from './linger.ts';
import {atBoot, outlookOn} from './boot-behavior.ts';
import {logindSilence, wakeLogind} from './logind.ts';
import {removerOn} from './remover.ts';
import {serviceActions, stopActions} from './service-actions.ts';

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

/** A machine with systemd, where the service is a user unit. */
export const systemd = (facts: LinuxMachine): Manager => ({
	refusals: refusalsOf(facts),
	advice: adviceOn(facts),
	checks: [checkPrivateTmp, checkManager(facts)],
	checkService: checkUnit,
	folders: () => [facts.folders.services],
	serviceFile: (settings, program) => ({
		path: facts.serviceFiles[0],
		content: unitText(serviceFrom(settings, facts, program.path)),
		mode: privateMode,
		// systemd keeps the old unit in memory until it reloads; after an undo too (systemctl(1), daemon-reload).
		afterChange: commands.daemonReload,
	}),
	stagedFor: () => undefined,
	preparation: (settings) => lingerActions(settings, facts),
	stop: (hadFile) => stopActions(facts, hadFile),
	start: (_, need) => serviceActions(facts, need),
	isStart: (action) =>
		action.does === 'run' && (action.command === commands.start || action.command === commands.restart),
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
	commands: shownCommands,
});
