/** Fixes that several findings end with: a command, and what it does. */
export const showLog = 'vira-setup logs   shows the log';
/** The same command for a problem whose cause only the log has. */
export const seeLog = 'vira-setup logs   shows why';
export const showStatus = 'vira-setup status   shows the current state';
/** The command of a fix that starts a service, and a later step of one. */
export const startCommand = 'vira-setup start';
/** status/to-start.ts replaces this fix if a start would be refused. */
export const startVira = 'vira-setup start   starts Vira';
export const setUpAgain = 'vira-setup   sets up Vira again';
export const finishRun = 'vira-setup   finishes it';
export const buildOneAtATime = 'vira-setup --max-concurrent-builds 1   runs one build at a time';
