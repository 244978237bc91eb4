import type {Fix} from '../../notice.ts';
import type {Facts} from '../facts.ts';
import {commandText} from '../command-text.ts';
import type {Settings} from '../../settings/options.ts';
import type {RunningProcess} from '../machine-facts.ts';

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
export const anotherVira = ({vira}: Facts, {package: gone}: Partial<Pick<Settings, 'package'>> = {}): Fix =>
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
export const outOfOldState = ({autoResetState}: Settings): readonly [Fix, ...Fix[]] => [
	moveStateAside(`${autoResetState ? '' : '--auto-reset-state '}--allow-state-reset`),
	{say: 'uses the Vira that created it', command: 'vira-setup --package PATH'},
];
