import {anotherVira} from '../another-vira.ts';
import type {Settings} from '../../settings/options.ts';
import type {LinuxMachine, UnitFailure} from '../../platform/facts.ts';
import type {Diagnosed} from '../manager.ts';
import {programNotRun} from '../causes/said-by-systemd.ts';
import {endProcesses, stillRunningText} from '../processes-text.ts';
import {buildOneAtATime, showLog, startVira} from '../usual-fixes.ts';

/** A unit of our name in another of the manager's folders, which comes before ours. */
const otherFile = ({service: {file, masked}, serviceFiles: [ours]}: LinuxMachine): Diagnosed | undefined =>
	file === undefined || file === ours || masked
		? undefined
		: {
				code: 'other-file',
				title: `systemd has the service from another file: ${file}.`,
				detail: `It goes by that, and not by ${ours}.`,
				fixes: ['Remove that file, if it is not needed any more, then: vira-setup'],
				fixedBy: 'person',
			};

export const whyNotEnded = 'systemd did not end it: a drop-in sets KillMode=none, SendSIGKILL=no or similar.';

const showSettings = 'systemctl --user cat vira.service   shows the settings of the service';

/** A service that is stopped, and yet there are processes of it. */
export const leftRunning = ({service}: LinuxMachine): Diagnosed | undefined =>
	service.leftRunning && {
		code: 'still-running',
		title: stillRunningText(service.leftRunning),
		detail: whyNotEnded,
		fixes: [endProcesses(service.leftRunning), showSettings],
		fixedBy: 'person',
	};

const exited = ({service}: LinuxMachine): Diagnosed | undefined =>
	service.exited && {
		code: 'counts-as-active',
		title: 'Vira has exited, and systemd still counts its service as active.',
		detail: 'A drop-in sets RemainAfterExit=yes, so systemd does not restart it.',
		fixes: [startVira, showSettings],
		fixedBy: 'us',
	};

/** Only a drop-in can have it so: settings with such a type are refused. */
export const neverStarted = ({service: {waitingType: type}}: LinuxMachine): Diagnosed | undefined =>
	type === undefined
		? undefined
		: {
				code: 'start-never-over',
				title: `systemd never counts Vira as started: a drop-in sets Type=${type}.`,
				detail: 'systemd then waits for a signal that Vira never sends.',
				fixes: [showSettings, 'Take that line out of the drop-in, then: vira-setup restart'],
				fixedBy: 'person',
			};

/** The saved settings name the one that is gone: without another, every run is refused for it. */
const programUnusable = (facts: LinuxMachine, settings: Settings | undefined): Diagnosed => ({
	code: 'program-unusable',
	title: programNotRun,
	detail: 'It is gone, or may not be run. Nix removes what no profile keeps.',
	fixes: [anotherVira(facts, settings)],
	fixedBy: 'person',
});

/** What systemd says where it could not get as far as Vira itself (systemd.exec(5), Process Exit Codes). */
const statuses: Readonly<Record<number, Diagnosed>> = {
	200: {
		code: 'folder-unusable',
		title: 'systemd could not enter the folder that Vira is to start in (status 200).',
		detail: 'That is your home folder, unless a systemd setting WorkingDirectory names another.',
		fixes: ['Make that folder, or take WorkingDirectory out of the systemd settings: vira-setup'],
		fixedBy: 'person',
	},
	217: {
		code: 'other-user',
		title: 'systemd could not run Vira as another user (status 217).',
		detail: 'A service of your own runs as you: the systemd setting User cannot be used in it.',
		fixes: ['Take User out of the systemd settings: vira-setup'],
		fixedBy: 'person',
	},
	226: {
		code: 'namespaces-not-allowed',
		title: 'systemd could not give Vira its own view of the file system (status 226).',
		detail: 'Settings such as PrivateTmp need user namespaces, which this machine does not allow its users.',
		fixes: [
			'To do without, set PrivateTmp=no among the systemd settings; others like it may have to go as well: vira-setup',
			'sudo sysctl kernel.unprivileged_userns_clone=1   allows them, where the machine has that switch',
		],
		fixedBy: 'person',
	},
};

/** Where systemd's own numbers begin. */
const firstOwn = 200;

const notPrepared = (status: number): Diagnosed => ({
	code: 'not-startable',
	title: `systemd could not prepare Vira's process (status ${status}).`,
	detail: 'A systemd setting asks for something that a service of your own cannot have.',
	fixes: [showLog, 'Then take that setting out: vira-setup'],
	fixedBy: 'person',
});

const results: Readonly<Record<string, Diagnosed>> = {
	'start-limit-hit': {
		code: 'start-limit',
		title: 'Vira ended so often in a short time that systemd has given up.',
		detail: 'It does not start again by itself. The log says why it ended.',
		fixes: [showLog, 'vira-setup start   tries again'],
		fixedBy: 'us',
	},
	'oom-kill': {
		code: 'out-of-memory',
		title: 'The kernel ended Vira: the memory ran out.',
		detail: 'A build can need more than this machine has, or than the systemd setting MemoryMax allows.',
		fixes: [buildOneAtATime],
		fixedBy: 'person',
	},
};

const failed = (
	{result, status}: UnitFailure,
	facts: LinuxMachine,
	settings: Settings | undefined,
): Diagnosed | undefined =>
	results[result] ??
	(status === 203 ? programUnusable(facts, settings) : statuses[status]) ??
	(result === 'exit-code' && status >= firstOwn ? notPrepared(status) : undefined);

/** What keeps the service from running, as far as systemd itself says; why Vira ended by itself is in its log only. */
export const diagnoseUnit = (facts: LinuxMachine, settings?: Settings): Diagnosed | undefined =>
	otherFile(facts) ??
	leftRunning(facts) ??
	exited(facts) ??
	neverStarted(facts) ??
	(facts.service.failure && failed(facts.service.failure, facts, settings));
