import type {Manager, ManagerDrift, StatusWords, Persistence} from '../service-manager/service-manager.ts';
import {isForService, overriddenBy} from './unit/drop-in.ts';
import type {LinuxMachine} from './facts.ts';
import {endingIn, endedByItself, whyBySystemd} from './diagnosis/said-by-systemd.ts';
import type {Settings} from '../../settings/options.ts';
import type {Existing} from '../installed/situation.ts';
import {skim} from '../paths.ts';
import type {System} from '../system.ts';
import {answerOf} from '../run-result.ts';
import type {ServiceState, Vitals} from '../machine-facts.ts';
import {askManager, systemctlCommands, parseProperties, parseTimestamp, parseMemory} from './systemctl.ts';
import type {LogSource} from '../service-manager/log-source.ts';
import {journalFailure, outputElsewhere} from './journal/journal-failure.ts';
import {journal, newestSince} from './journal/journal.ts';
import {readLingering} from './lingering/lingering.ts';
import {atBoot} from './lingering/boot-behavior.ts';

const statusOf = ({linux: {lingering}, user}: LinuxMachine): StatusWords => ({
	onlyAtLogin: 'no: only when you log in',
	absent: `the systemd user manager of ${user.name} is not running`,
	fact: () => ({
		good: lingering,
		label: 'Lingering',
		value: lingering
			? `on: ${user.name}'s services run without a login`
			: `off: ${user.name}'s services stop after the last logout`,
	}),
	fields: {lingering},
});

const ofUnit = (
	{linux, service, serviceFiles: [unit]}: LinuxMachine,
	settings: Settings,
	existing: Existing,
): readonly ManagerDrift[] => {
	const found: readonly (ManagerDrift | false)[] = [
		settings.linger &&
			!linux.lingering && {
				code: 'lingering-off',
				message: 'Lingering is off, but the settings turn it on.',
				fixes: [{say: 'turns lingering on', command: 'vira-setup'}],
			},
		!service.enabled &&
			existing.files.has(unit) && {
				code: 'not-enabled',
				message: 'The service is not enabled: it does not start automatically.',
				fixes: [{say: 'enables it', command: 'vira-setup'}],
			},
		service.needsReload &&
			service.file !== undefined && {
				code: 'not-reloaded',
				message: 'systemd has not reloaded a changed service file.',
				fixes: [{say: 'applies the change', command: 'vira-setup restart'}],
			},
	];
	return found.filter((one) => one !== false);
};

const ofDropIns = async (
	system: System,
	{service, serviceFiles: [unit]}: LinuxMachine,
	{files}: Existing,
): Promise<readonly ManagerDrift[]> => {
	const text = files.get(unit)?.content ?? '';
	const read = await Promise.all(
		service.dropIns.map(async (path) => ({
			path,
			names: overriddenBy((await skim(system, path)) ?? '', text),
		})),
	);
	return read
		.filter(({names}) => names.length > 0)
		.map(({path, names}) => ({
			code: 'drop-in',
			message: `${path} overrides ${names.join(', ')}.`,
			dropIn: {path, startsOther: names.includes('ExecStart')},
		}));
};

/** What changed since setup, as far as systemd shows it. */
const unitDrift =
	(facts: LinuxMachine) =>
	async (system: System, settings: Settings, existing: Existing): Promise<readonly ManagerDrift[]> => [
		...ofUnit(facts, settings, existing),
		...(await ofDropIns(system, facts, existing)),
	];

/** What a report on the service shows of systemd. */
export const unitReports = (
	facts: LinuxMachine,
): Pick<Manager, 'explainLog' | 'status' | 'drift' | 'dropIns'> => ({
	explainLog: whyBySystemd,
	status: statusOf(facts),
	drift: unitDrift(facts),
	dropIns: facts.service.dropIns.filter((path) => isForService(path, facts.user.home)),
});

/** The condition of the service, as the user manager reports it. */
export const readUnitVitals = async (system: System, {active}: ServiceState): Promise<Vitals> => {
	const shown = answerOf(await askManager(system, systemctlCommands.showVitals, {timeoutMs: 5000}));
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

const enabledUnknown = 'The systemd user manager does not report whether the service is enabled.';

/** As the user manager and logind report it now. */
export const readUnitPersistence = async (
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
export const howUnitEnded = ({service: {failure}}: LinuxMachine): ReturnType<Manager['howEnded']> => {
	if (failure?.result === 'exit-code') return 'exited';
	return failure && ['signal', 'core-dump'].includes(failure.result) ? 'killed' : undefined;
};
