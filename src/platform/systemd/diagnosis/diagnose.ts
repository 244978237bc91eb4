import type {Fix} from '../../../notice.ts';
import {
	anotherVira,
	endProcesses,
	stillRunningText,
	buildOneAtATime,
	showLog,
	startVira,
	nixDeletes,
} from '../../service-manager/service-words.ts';
import type {Settings} from '../../../settings/options.ts';
import type {LinuxMachine} from '../facts.ts';
import type {UnitFailure} from '../../machine-facts.ts';
import type {Diagnosed} from '../../service-manager/service-manager.ts';
import {gaveUp, notPrepared, outOfMemory, programUnusable} from './said-by-systemd.ts';

/** A unit of the same name in a folder that the manager searches first. */
const otherFile = ({service: {file, masked}, serviceFiles: [ours]}: LinuxMachine): Diagnosed | undefined =>
	file === undefined || file === ours || masked
		? undefined
		: {
				code: 'other-file',
				message: `systemd loaded the service from another file: ${file}.`,
				detail: `It does not use ${ours}.`,
				fixes: [{say: 'If you no longer need that file, remove it, then:', command: 'vira-setup'}],
				fixedBy: 'person',
			};

export const whyNotEnded =
	'systemd did not stop it: a drop-in sets KillMode=none, SendSIGKILL=no or similar.';

const showSettings: Fix = {
	say: 'shows the unit file and its drop-ins',
	command: 'systemctl --user cat vira.service',
};

/** A service that is stopped but still has processes. */
export const leftRunning = ({service}: LinuxMachine): Diagnosed | undefined =>
	service.leftRunning && {
		code: 'still-running',
		message: stillRunningText(service.leftRunning),
		detail: whyNotEnded,
		fixes: [endProcesses(service.leftRunning), showSettings],
		fixedBy: 'person',
	};

const exited = ({service}: LinuxMachine): Diagnosed | undefined =>
	service.exited && {
		code: 'counts-as-active',
		message: 'Vira exited, but systemd still considers the service active.',
		detail: 'A drop-in sets RemainAfterExit=yes, so systemd does not restart it.',
		fixes: [startVira, showSettings],
		fixedBy: 'us',
	};

/** Only a drop-in can cause this: such a type is refused in the systemd settings. */
export const neverStarted = ({service: {waitingType: type}}: LinuxMachine): Diagnosed | undefined =>
	type === undefined
		? undefined
		: {
				code: 'start-never-over',
				message: `systemd never considers Vira started: a drop-in sets Type=${type}.`,
				detail: 'With that type, systemd waits for a signal that Vira never sends.',
				fixes: [
					showSettings,
					{say: 'Remove that line from the drop-in, then:', command: 'vira-setup restart'},
				],
				fixedBy: 'person',
			};

/** The saved settings name the program that is gone: every run is refused until they name another. */
const withoutProgram = (facts: LinuxMachine, settings: Settings | undefined): Diagnosed => ({
	code: 'program-unusable',
	message: programUnusable,
	detail: `It does not exist or cannot be executed. ${nixDeletes}`,
	fixes: [anotherVira(facts, settings)],
	fixedBy: 'person',
});

/** Exit statuses of systemd itself, if it failed before it ran Vira (systemd.exec(5), Process Exit Codes). */
const statuses: Readonly<Record<number, Diagnosed>> = {
	200: {
		code: 'folder-unusable',
		message: "systemd could not enter Vira's working directory (exit status 200).",
		detail: 'It is your home folder, unless WorkingDirectory in the systemd settings names another.',
		fixes: [
			{
				say: 'Create that folder, or remove WorkingDirectory from the systemd settings:',
				command: 'vira-setup',
			},
		],
		fixedBy: 'person',
	},
	217: {
		code: 'other-user',
		message: 'systemd could not run Vira as another user (exit status 217).',
		detail: 'A user service always runs as you: it cannot use the systemd setting User.',
		fixes: [{say: 'Remove User from the systemd settings:', command: 'vira-setup'}],
		fixedBy: 'person',
	},
	226: {
		code: 'namespaces-not-allowed',
		message: "systemd could not set up Vira's sandbox (exit status 226).",
		detail: 'Settings such as PrivateTmp need user namespaces, which this machine does not allow.',
		fixes: [
			{
				say: 'Remove PrivateTmp and similar settings from the systemd settings:',
				command: 'vira-setup',
			},
			{
				say: 'allows them, if the kernel has this setting',
				command: 'sudo sysctl kernel.unprivileged_userns_clone=1',
			},
		],
		fixedBy: 'person',
	},
};

/** The first of systemd's own exit statuses. */
const firstOwn = 200;

const withoutProcess = (status: number): Diagnosed => ({
	code: 'not-startable',
	message: notPrepared(status),
	detail: 'A systemd setting requests something that a user service cannot have.',
	fixes: [showLog, {say: 'Then remove that setting:', command: 'vira-setup'}],
	fixedBy: 'person',
});

const results: Readonly<Record<string, Diagnosed>> = {
	'start-limit-hit': {
		code: 'start-limit',
		message: gaveUp,
		detail: 'It does not start again automatically. The log shows why it failed.',
		fixes: [showLog, {say: 'tries again', command: 'vira-setup start'}],
		fixedBy: 'us',
	},
	'oom-kill': {
		code: 'out-of-memory',
		message: outOfMemory,
		detail: 'A build may need more than this machine has, or than MemoryMax in the systemd settings allows.',
		fixes: [buildOneAtATime],
		fixedBy: 'person',
	},
};

const diagnoseFailed = (
	{result, status}: UnitFailure,
	facts: LinuxMachine,
	settings: Settings | undefined,
): Diagnosed | undefined =>
	results[result] ??
	(status === 203 ? withoutProgram(facts, settings) : statuses[status]) ??
	(result === 'exit-code' && status >= firstOwn ? withoutProcess(status) : undefined);

/** Why the service is not running, as far as systemd reports it; why Vira itself exited is only in its log. */
export const diagnoseUnit = (facts: LinuxMachine, settings?: Settings): Diagnosed | undefined =>
	otherFile(facts) ??
	leftRunning(facts) ??
	exited(facts) ??
	neverStarted(facts) ??
	(facts.service.failure && diagnoseFailed(facts.service.failure, facts, settings));
