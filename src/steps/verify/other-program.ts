import type {Fix} from '../../notice.ts';
/** What to do when another program uses Vira's port. `again` is the command that tries again. */
export const fixesForOtherProgram = (again: string): readonly Fix[] => [
	{say: `Stop that program, then: ${again}`},
	{say: 'uses another port', command: 'vira-setup --port PORT'},
];
