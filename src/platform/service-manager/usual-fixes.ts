import type {Fix} from '../../notice.ts';

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
