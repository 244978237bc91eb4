/** What to do where another program has the place of Vira. `again` is the command that tries it once more. */
export const fixesForOtherProgram = (again: string): readonly string[] => [
	`End that program, then: ${again}`,
	'vira-setup --port PORT   takes another port',
];
