/** The command of a fix that starts a service, and a later step of one. */
export const startCommand = 'vira-setup start';

export const startIt = `${startCommand}   starts Vira again`;
