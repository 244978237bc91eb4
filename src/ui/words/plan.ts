/** What the previews of a setup and of a removal say in the same words. */
export const plannedChanges = 'These changes would be made:';
export const commandsInOrder = 'Commands, in this order';
export const leftInPlace = 'Left in place';
export const upToDate = 'Already up to date. Nothing would change.';
export const checking = 'Checking…';
export const stopping = 'Stopping… Changes in progress are finished or undone first.';
