import type {LinuxMachine} from '../../platform/facts.ts';
import {readLingering, readServiceState} from '../../platform/linux/detect.ts';
import {commands} from '../../platform/linux/systemd.ts';
import {unitText} from '../../platform/linux/unit.ts';
import {readUnitVitals} from '../../platform/linux/vitals.ts';
import {serviceFrom} from '../../platform/service.ts';
import {nothing, problem, type Check} from '../checks/check.ts';
import type {Diagnosed, Manager} from '../manager.ts';
import {adviceOn, refusalsOf} from './advice.ts';
import {systemdByHand} from './by-hand.ts';
import {checkPrivateTmp} from './check-private-tmp.ts';
import {checkUnit} from './check-unit.ts';
import {readJournal} from './journal.ts';
import {lingerActions} from './linger.ts';
import {outlookOn} from './outlook.ts';
import {removerOn} from './remover.ts';
import {serviceActions, stopActions} from './service-actions.ts';

/** Secrets can stand in it. */
const privateMode = 0o600;

const checkManager =
	({linux}: LinuxMachine): Check =>
	async ({settings}) =>
		settings.linger || linux.userManager.answers
			? nothing
			: problem(
					'linger',
					'Turn it on: your user manager does not run, and lingering is what starts it without a login.',
				);

/** A unit of our name in another of the manager's folders, which comes before ours. */
const otherFile = ({service: {file, masked}, serviceFiles: [ours]}: LinuxMachine): Diagnosed | undefined =>
	file === undefined || file === ours || masked
		? undefined
		: {
				code: 'other-file',
				title: `systemd has the service from another file: ${file}.`,
				consequence: `It goes by that, and not by ${ours}.`,
				mend: [`Remove that file, if it is not needed any more, then: vira-setup`],
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
		// systemd keeps the old unit in memory until it is told; on the way back too (systemctl(1), daemon-reload).
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
	outlook: (settings) => outlookOn(facts, settings),
	countsEveryStart: false,
	isAstray: () => false,
	diagnose: () => otherFile(facts),
	readState: readServiceState,
	readVitals: readUnitVitals,
	readPersistence: async (system, {enabled}) => {
		const survivesLogout = await readLingering(system);
		return {startsAtBoot: enabled && survivesLogout, survivesLogout};
	},
	readLog: (system) => readJournal(system, facts),
	remover: removerOn(facts),
	commands: {
		status: () => ['systemctl', '--user', 'status', 'vira.service'],
		stop: commands.stop,
		log: ['journalctl', '--user', '-u', 'vira.service'],
		followLog: ['journalctl', '--user', '-u', 'vira.service', '-f'],
	},
});
