import {skim} from '../../platform/look.ts';
import {exitCode, type Complaint} from '../../errors.ts';
import type {LinuxMachine} from '../../platform/facts.ts';
import {overriddenBy} from '../../platform/linux/drop-in.ts';
import {commands} from '../../platform/linux/systemd.ts';
import {programIn} from '../../platform/linux/unit.ts';
import type {System} from '../../platform/system.ts';
import type {Action, Run} from '../action.ts';
import {toolComplaint, type ByHand, type NextStart} from '../by-hand.ts';
import {namesIn} from '../place.ts';
import type {Left} from '../situation.ts';
import {nextBoot} from './boot.ts';
import {neverStarted} from './diagnose.ts';
import {managerSilent} from './manager-silent.ts';
import {masked, unmaskActions} from './masks.ts';
import {refusedComplaint} from './refused-account.ts';
import {lingerText} from '../../platform/linux/linger-file.ts';

const run = (command: Run['command'], why: string, rest: Partial<Run> = {}): Run => ({
	does: 'run',
	command,
	why,
	onFailure: {what: 'systemd refused to change the state of the service.', code: exitCode.refused},
	...rest,
});

/**
 * The person's own changes to a unit or a drop-in count as soon as systemd has read them (systemctl(1), daemon-reload).
 * It does not say so of a first drop-in: a folder that is new since it last looked is not looked for (NeedDaemonReload).
 */
const takeOver = ({service}: LinuxMachine): Run =>
	run(commands.daemonReload, 'whatever was changed in its files counts from now on', {
		mayFail: !service.needsReload,
	});

/** A service that has failed too often is not started again before this (systemctl(1), reset-failed). */
const forgetFailures = run(commands.resetFailed, 'earlier failures do not count', {mayFail: true});

const toProcess: Partial<Run> = {
	onFailure: {what: 'The service could not be started.', code: exitCode.unhealthy},
	logOnFailure: true,
};

const isRunning = ({service}: LinuxMachine): boolean => ['active', 'reloading'].includes(service.active);

/**
 * A process that ends at once may end before systemd has said that it started (Type=exec), or after: either way it is
 * left to systemd, which starts it again, and what is told is what is seen then. In the pause before that, there is
 * nothing to go back to.
 */
const toStart = (facts: LinuxMachine): Run =>
	facts.service.awaitsRestart || facts.service.exited || facts.service.waitingType !== undefined
		? run(commands.restart, 'systemd would not start it now', toProcess)
		: run(commands.start, 'you have asked for it', {
				...toProcess,
				undo: commands.stop,
				keepOnFailure: true,
			});

const startActions = (facts: LinuxMachine): readonly Action[] =>
	isRunning(facts) ? [] : [takeOver(facts), forgetFailures, toStart(facts)];

const restartActions = (facts: LinuxMachine): readonly Action[] =>
	isRunning(facts)
		? [takeOver(facts), forgetFailures, run(commands.restart, 'you have asked for it', toProcess)]
		: startActions(facts);

const stopActions = (facts: LinuxMachine): readonly Action[] =>
	isRunning(facts) ||
	facts.service.exited === true ||
	['activating', 'deactivating'].includes(facts.service.active)
		? [run(commands.stop, 'you have asked for it', {undo: commands.start})]
		: [];

const withoutManager = ({user}: LinuxMachine): Complaint => ({
	what: `The user manager of ${user.name} does not run: nobody is logged in as ${user.name}, and lingering is off.`,
	next: [
		`${lingerText('enable', user)}   lets it run without a login`,
		`Or log in as ${user.name}, and start it then.`,
	],
	code: exitCode.unsuitable,
});

const fileGone = ({serviceFiles: [path]}: LinuxMachine): Complaint => ({
	what: `The file of the service is gone: ${path}.`,
	next: ['vira-setup   writes it again, and starts the service.'],
	code: exitCode.unsuitable,
});

const maskedByRoot = (facts: LinuxMachine): Complaint => {
	const {title, detail, fixes} = masked(facts);
	return {what: title, why: detail, next: [...fixes, 'vira-setup'], code: exitCode.unsuitable};
};

const whyNoManager = (facts: LinuxMachine): Complaint => {
	if (isKeptOut(facts)) return refusedComplaint(facts.user);
	if (!facts.linux.lingering) return withoutManager(facts);
	const {title, detail, fixes} = managerSilent(facts);
	return {what: title, why: detail, next: fixes, code: exitCode.unsuitable};
};

/** It is not waited for; a drop-in that has changed since is read before the start. */
const neverOver = (facts: LinuxMachine): Complaint | undefined => {
	const told = facts.service.needsReload ? undefined : neverStarted(facts);
	return told && {what: told.title, why: told.detail, next: told.fixes, code: exitCode.unsuitable};
};

const cannotStart = (facts: LinuxMachine): Complaint | undefined => {
	if (!facts.linux.userManager.answers) return whyNoManager(facts);
	if (facts.service.masked && unmaskActions(facts).length === 0) return maskedByRoot(facts);
	return facts.service.file === undefined ? fileGone(facts) : neverOver(facts);
};

/** Those that systemd knows, and those that it will: it reads them all before a start. */
const dropInsOf = async (
	system: System,
	{service, serviceFiles: [unit]}: LinuxMachine,
): Promise<readonly string[]> => {
	const names = await namesIn(system, `${unit}.d`);
	const beside = names === 'hidden' ? [] : names.map((name) => `${unit}.d/${name}`);
	return [...new Set([...service.dropIns, ...beside])];
};

const program = async (system: System, facts: LinuxMachine, {files}: Left): Promise<string | undefined> => {
	const paths = await dropInsOf(system, facts);
	const texts = await Promise.all(paths.map((path) => skim(system, path)));
	const isOverridden = texts.some((text) => overriddenBy(text ?? '', 'ExecStart=').length > 0);
	return isOverridden ? undefined : programIn(files.get(facts.serviceFiles[0])?.content ?? '');
};

/** A user manager has this folder for as long as it runs (pam_systemd(8)). */
const runtimeFolder = ({user}: LinuxMachine): string => `/run/user/${user.uid}`;

/** What systemd could not start does not run. */
const isKeptOut = ({linux: {userManager}}: LinuxMachine): boolean =>
	!userManager.answers && userManager.refused === true;

const silent = ({user, linux}: LinuxMachine): Complaint => ({
	what: `The user manager of ${user.name} does not answer: it cannot be told whether the service runs.`,
	...(!linux.userManager.answers && linux.userManager.why !== '' && {why: linux.userManager.why}),
	next: [`sudo systemctl restart user@${user.uid}.service`],
	code: exitCode.refused,
});

const nextStart = (facts: LinuxMachine): NextStart => {
	const {service, linux} = facts;
	if (service.masked) return {when: 'never', message: 'It does not start by itself: it is masked.'};
	if (!service.enabled) return {when: 'never', message: 'It does not start by itself: it is not enabled.'};
	if (service.file === undefined && service.active !== 'unknown')
		return {when: 'never', message: 'It does not start by itself: its file is gone.'};
	if (!linux.lingering)
		return {
			when: 'login',
			message: 'It starts again at the next login, once you have logged out everywhere.',
		};
	return nextBoot(facts);
};

/** A user unit of systemd, started and stopped at somebody's word. */
export const systemdByHand = (facts: LinuxMachine): ByHand => ({
	cannotStart: () => cannotStart(facts),
	program: (system, existing) => program(system, facts, existing),
	asPlaced: (settings) => settings,
	unmask: unmaskActions(facts),
	start: () => startActions(facts),
	restart: () => restartActions(facts),
	stop: stopActions(facts),
	whyUnknown: async (system) => {
		if (isKeptOut(facts) || (await system.inspect(runtimeFolder(facts))) === undefined) return undefined;
		return toolComplaint(facts) ?? silent(facts);
	},
	nextStart: () => nextStart(facts),
});
