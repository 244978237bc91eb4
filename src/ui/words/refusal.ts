/** What both front ends say of a machine that Vira cannot be set up on, or that needs a decision. */
export const cannotSetUp = 'Vira cannot be set up here:';
export const trySimulation = 'Try it on a simulated machine (changes nothing here)';
export const quit = 'Quit';
export const doManually = 'To do this manually:';
