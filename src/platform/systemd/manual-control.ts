import {skim} from '../paths.ts';
import {exitCode, type Failure} from '../../errors.ts';
import type {LinuxMachine} from './facts.ts';
import {readDropIns, overriddenBy} from './unit/drop-in.ts';
import {
	systemctlCommands,
	clearFailures,
	notEnabled,
	readsAgain,
	systemctlRun,
	toProcess,
} from './systemctl.ts';
import {programInUnit} from './unit/unit.ts';
import type {System} from '../system.ts';
import type {Action} from '../actions/action.ts';
import type {RunCommand} from '../actions/run-command.ts';
import {toolFailure, type ByHand} from '../service-manager/manager-parts.ts';
import {
	asRequested,
	fileGone,
	itsFileIsGone,
	noAutomaticStart,
	type NextStart,
} from '../service-manager/service-words.ts';
import type {ExistingFiles} from '../installed/situation.ts';
import {nextBoot} from './lingering/boot-behavior.ts';
import {neverStarted} from './diagnosis/diagnose.ts';
import {managerSilent, refusedAccountFailure, managerOfUser, restartManager} from './user-manager.ts';
import {masked, unmaskActions} from './detect/masks.ts';
import {lingerText} from './lingering/lingering.ts';

/**
 * Changes that a person made to the unit or a drop-in take effect once systemd has read them (systemctl(1),
 * daemon-reload). NeedDaemonReload misses the first drop-in: systemd does not look for a folder that is new.
 */
const readChanges = ({service}: LinuxMachine): RunCommand =>
	systemctlRun(systemctlCommands.daemonReload, readsAgain, {mayFail: !service.needsReload});

const isUp = ({service}: LinuxMachine): boolean => ['active', 'reloading'].includes(service.active);

/**
 * A process that exits immediately may do so before or after systemd reports it as started (Type=exec). Either way
 * systemd restarts it, and what is seen then is reported. During the pause before a restart there is nothing to undo.
 */
const toStart = (facts: LinuxMachine): RunCommand =>
	facts.service.awaitsRestart || facts.service.exited || facts.service.waitingType !== undefined
		? systemctlRun(systemctlCommands.restart, 'start it now, which systemctl start would not do', toProcess)
		: systemctlRun(systemctlCommands.start, asRequested, {
				...toProcess,
				undo: systemctlCommands.stop,
				keepOnFailure: true,
			});

const startActions = (facts: LinuxMachine): readonly Action[] =>
	isUp(facts) ? [] : [readChanges(facts), clearFailures(), toStart(facts)];

const restartActions = (facts: LinuxMachine): readonly Action[] =>
	isUp(facts)
		? [readChanges(facts), clearFailures(), systemctlRun(systemctlCommands.restart, asRequested, toProcess)]
		: startActions(facts);

const stopActions = (facts: LinuxMachine): readonly Action[] =>
	isUp(facts) ||
	facts.service.exited === true ||
	['activating', 'deactivating'].includes(facts.service.active)
		? [systemctlRun(systemctlCommands.stop, asRequested, {undo: systemctlCommands.start})]
		: [];

const withoutManager = ({user}: LinuxMachine): Failure => ({
	message: `${managerOfUser(user)} is not running: ${user.name} is not logged in, and lingering is off.`,
	fixes: [
		{say: `lets it run while ${user.name} is logged out`, command: lingerText('enable', user)},
		{say: `Or log in as ${user.name}, then start Vira.`},
	],
	exit: exitCode.unsuitable,
});

const maskedByRoot = (facts: LinuxMachine): Failure => {
	const notice = masked(facts);
	return {
		...notice,
		fixes: [...(notice.fixes ?? []), {say: '', command: 'vira-setup'}],
		exit: exitCode.unsuitable,
	};
};

/** A user manager that systemd could not start is not running. */
const isKeptOut = ({linux: {userManager}}: LinuxMachine): boolean =>
	!userManager.answers && userManager.refused === true;

const whyNoManager = (facts: LinuxMachine): Failure => {
	if (isKeptOut(facts)) return refusedAccountFailure(facts.user);
	if (!facts.linux.lingering) return withoutManager(facts);
	return {...managerSilent(facts), exit: exitCode.unsuitable};
};

/** A start that never finishes is not waited for; a drop-in that changed since is read before the start. */
const neverOver = (facts: LinuxMachine): Failure | undefined => {
	const found = facts.service.needsReload ? undefined : neverStarted(facts);
	return found && {...found, exit: exitCode.unsuitable};
};

const cannotStart = (facts: LinuxMachine): Failure | undefined => {
	if (!facts.linux.userManager.answers) return whyNoManager(facts);
	if (facts.service.masked && unmaskActions(facts).length === 0) return maskedByRoot(facts);
	return facts.service.file === undefined ? fileGone(facts.serviceFiles[0]) : neverOver(facts);
};

const program = async (
	system: System,
	facts: LinuxMachine,
	{files}: ExistingFiles,
): Promise<string | undefined> => {
	// systemd reads all drop-ins before a start, those that are new as well.
	const dropIns = await readDropIns(system, facts);
	const texts = await Promise.all(dropIns.map((path) => skim(system, path)));
	const isOverridden = texts.some((text) => overriddenBy(text ?? '', 'ExecStart=').length > 0);
	return isOverridden ? undefined : programInUnit(files.get(facts.serviceFiles[0])?.content ?? '');
};

/** This folder exists while the user manager runs (pam_systemd(8)). */
const userRuntimeFolder = ({user}: LinuxMachine): string => `/run/user/${user.uid}`;

const silent = ({user, linux}: LinuxMachine): Failure => ({
	message: `${managerOfUser(user)} does not respond, so the state of the service is unknown.`,
	detail: linux.userManager.answers ? undefined : linux.userManager.why,
	fixes: [restartManager(user)],
	exit: exitCode.refused,
});

const nextStart = (facts: LinuxMachine): NextStart => {
	const {service, linux} = facts;
	if (service.masked) return noAutomaticStart('it is masked');
	if (!service.enabled) return noAutomaticStart(notEnabled);
	if (service.file === undefined && service.active !== 'unknown') return noAutomaticStart(itsFileIsGone);
	if (!linux.lingering)
		return {
			when: 'login',
			message: 'It starts again at your next login, after all your sessions have ended.',
		};
	return nextBoot(facts);
};

/** Starts and stops the systemd user unit on request. */
export const systemdByHand = (facts: LinuxMachine): ByHand => ({
	cannotStart: () => cannotStart(facts),
	program: (system, existing) => program(system, facts, existing),
	asPlaced: (settings) => settings,
	unmask: unmaskActions(facts),
	start: () => startActions(facts),
	restart: () => restartActions(facts),
	stop: stopActions(facts),
	whyUnknown: async (system) => {
		if (isKeptOut(facts) || (await system.inspect(userRuntimeFolder(facts))) === undefined) return undefined;
		return toolFailure(facts) ?? silent(facts);
	},
	nextStart: () => nextStart(facts),
});
