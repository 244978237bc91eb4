/** Headings under which a run says how it ended. */
export const lastLogLines = 'Last log lines:';
export const couldNotUndo = '! Could not undo everything:';
export const whatToDo = 'What to do now:';
export const simulationOnly = 'Simulation only. Nothing on this machine changed.';
