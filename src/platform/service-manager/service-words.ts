import type {Fix} from '../../notice.ts';
import {commandText} from '../command-text.ts';
import {exitCode, type Failure} from '../../errors.ts';
import type {MachineFacts, RunningProcess} from '../machine-facts.ts';

// Sentences about the service that are the same for every service manager.

/** When a stopped service starts again automatically. */
export interface NextStart {
	readonly when: 'boot' | 'login' | 'never';
	readonly message: string;
}

/** The reason for an action that a person asked for. */
export const asRequested = 'as requested';

/** The reason for a stop during a setup. */
export const beforeFileChanges = 'stop the service before its file changes';

export const bootIsUnknown = 'It is unknown whether Vira starts at boot.';

export const notAtBoot = 'Vira does not start at boot.';

export const fileMissing = (path: string): string => `The service file does not exist: ${path}.`;

export const fileGone = (path: string): Failure => ({
	message: fileMissing(path),
	fixes: [{say: 'writes it again and starts Vira', command: 'vira-setup'}],
	exit: exitCode.unsuitable,
});

/** The end of a sentence, without its period. */
export const noDesktopSession = (account: string): string => `${account} has no desktop session`;

/** When a service that was stopped starts again: never, for a reason such as "it is masked". */
export const noAutomaticStart = (why: string): NextStart => ({
	when: 'never',
	message: `It does not start automatically: ${why}.`,
});

/** Why a program of the Nix store may be gone. */
export const nixDeletes = 'Nix deletes packages that no profile uses.';

export const itsFileIsGone = 'its file does not exist';

export const ifLinkUnneeded = (path: string): Fix => ({
	say: 'If you no longer need the link, remove it:',
	command: commandText(['rm', path]),
});

export const leaveHomeManager: Fix = {
	say: 'Set services.vira.enable = false in your Home Manager configuration, switch to it, then run vira-setup again.',
};

export const runAgain: Fix = {say: 'Then run vira-setup again.'};

/** Fixes that several findings end with: a command, and what it does. */
export const showLog: Fix = {say: 'shows the log', command: 'vira-setup logs'};

/** The same command for a problem whose cause only the log has. */
export const seeLog: Fix = {say: 'shows why', command: 'vira-setup logs'};

export const showStatus: Fix = {say: 'shows the current state', command: 'vira-setup status'};

/** The command of a fix that starts a service, and a later step of one. */
export const startCommand = 'vira-setup start';

/** steps/health/survey.ts replaces this fix if a start would be refused. */
export const startVira: Fix = {say: 'starts Vira', command: 'vira-setup start'};

/** For a state that Vira cannot read. `flags`: those that allow it. */
export const moveStateAside = (flags: string): Fix => ({
	say: 'shows the plan, then moves the old state aside',
	command: `vira-setup ${flags}`,
});

export const setUpAgain: Fix = {say: 'sets up Vira again', command: 'vira-setup'};
export const finishRun: Fix = {say: 'finishes it', command: 'vira-setup'};

export const buildOneAtATime: Fix = {
	say: 'runs one build at a time',
	command: 'vira-setup --max-concurrent-builds 1',
};

export const useAnotherVira: Fix = {say: 'uses another Vira', command: 'vira-setup --package PATH'};

/** How to replace a Vira that no longer exists. */
export const anotherVira = (
	{vira}: Pick<MachineFacts, 'vira'>,
	{package: gone}: {readonly package?: string} = {},
): Fix =>
	vira === undefined || vira.path === gone
		? useAnotherVira
		: {say: 'uses the Vira that was found', command: commandText(['vira-setup', '--package', vira.path])};

/** `vira (PID 597) and git (PID 598)`. */
const processesText = (processes: readonly RunningProcess[]): string =>
	processes.map(({pid, name}) => `${name} (PID ${pid})`).join(' and ');

/** The processes of a service that its manager has stopped. */
export const stillRunningText = (processes: readonly RunningProcess[]): string =>
	`The service is stopped, but Vira is still running: ${processesText(processes)}.`;

/** On this signal, Vira writes a checkpoint before it exits. */
export const endProcesses = (processes: readonly RunningProcess[]): Fix => ({
	say: 'stops it',
	command: `kill -INT ${processes.map(({pid}) => pid).join(' ')}`,
});

/** The fixes if Vira cannot read its state. In a script, `--allow-state-reset` allows it to be moved aside. */
export const outOfOldState = ({
	autoResetState,
}: {
	readonly autoResetState: boolean;
}): readonly [Fix, ...Fix[]] => [
	moveStateAside(`${autoResetState ? '' : '--auto-reset-state '}--allow-state-reset`),
	{say: 'uses the Vira that created it', command: 'vira-setup --package PATH'},
];
