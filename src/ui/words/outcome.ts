/** What several conclusions say in the same words, after a setup, a removal or a command. */
export const simulationOnly = 'Simulation only. Nothing on this machine changed.';
export const nothingChanged = 'Nothing was changed.';
export const asBefore = 'Everything is as it was before.';
export const notAllUndone = '! Some changes could not be undone:';
export const whatToDo = 'What to do:';
export const lastLogLines = 'Last log lines:';
