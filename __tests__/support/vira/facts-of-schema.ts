import {lines, opening, closing, ended, page, type Fact} from './fact.ts';
import type {Heard, StandIn} from './stand-in.ts';

const byHand = [
	'Please remove ViraState and job workspaces manually and restart:',
	'  rm -rf STATE/ViraState',
	'  rm -rf STATE/workspace/*/jobs',
	'Or use the --auto-reset-state flag to automatically reset on schema changes.',
];

const withSchema = async ({run, write}: StandIn, schema: string, words: string): Promise<Heard> => {
	await run('--state-dir STATE import', page);
	await write('STATE/schema-version', schema);
	return run(`--state-dir STATE ${words}`);
};

const schemas: readonly Fact[] = [
	{
		title: 'a state of another schema is refused',
		see: (vira) => withSchema(vira, '7', 'export'),
		is: ended(
			1,
			lines(
				'ERROR: Schema version mismatch.',
				'  Stored version: 7',
				'  Current version: 8',
				'',
				'Your state is incompatible with this version of Vira.',
				...byHand,
			),
		),
	},
	{
		title: 'a state without a schema is refused',
		see: (vira) => withSchema(vira, '', 'export'),
		is: ended(
			1,
			lines(
				'ERROR: Found existing state but no schema version file.',
				'This may indicate a legacy state or corruption.',
				...byHand,
			),
		),
	},
	{
		title: 'such a state is deleted with --auto-reset-state, and the log says so',
		see: async (vira) => [
			await withSchema(vira, '7', '--auto-reset-state export'),
			await vira.read('STATE/schema-version'),
		],
		is: [
			ended(
				0,
				lines(
					'⚠️  WARNING: Schema version mismatch detected.',
					'  Stored version: 7',
					'  Current version: 8',
					'⚠️  Auto-reset is enabled - cleaning state (ViraState and job workspaces).',
					'',
					'⚠️  Removing: STATE/ViraState',
					'⚠️  Removing: STATE/workspace/page/jobs',
					'',
					...opening,
					`{"repositories":{}}${closing}`,
				),
			),
			'8',
		],
	},
];

/** What was observed with states of another schema: refused or deleted. */
export const schemaFacts: readonly Fact[] = [...schemas];
