/** What to do when another program uses Vira's port. `again` is the command that tries again. */
export const fixesForOtherProgram = (again: string): readonly string[] => [
	`Stop that program, then: ${again}`,
	'vira-setup --port PORT   uses another port',
];
