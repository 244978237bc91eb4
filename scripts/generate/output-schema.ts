import {documentSchema} from '../../src/ui/scripted/json-text.ts';
import {definitions} from './output-definitions.ts';
import {fields, statusFields} from './output-fields.ts';
import {said, yesOrNo, type Json} from './schema-parts.ts';
import {formatVersion} from './settings-schema.ts';

const seen = ['url', 'proxy', 'startsAtBoot', 'survivesLogout', 'healthy', 'findings'] as const;

const proposed = [
	...['url', 'proxy', 'startsAtBoot', 'survivesLogout', 'settings'],
	...['steps', 'changedSettings', 'interruptsBuilds', 'plan', 'diff', 'warnings'],
] as const;

const setUp = [...proposed, 'healthy', 'findings', 'openFrom', 'next'] as const;

/** The fields that each outcome always has, in addition to `schema`, `outcome` and `changed`. */
const certain: Readonly<Record<string, readonly string[]>> = {
	installed: ['command', ...setUp],
	updated: ['command', ...setUp],
	unchanged: setUp,
	planned: proposed,
	removed: ['command', 'plan', 'diff', 'leftovers', 'notes'],
	failed: ['error'],
	cancelled: [],
	started: ['command', ...seen, 'pid', 'plan', 'diff'],
	restarted: ['command', ...seen, 'pid', 'plan', 'diff'],
	stopped: ['command', 'nextStart', 'plan', 'diff'],
	logs: ['command', 'source', 'lines', 'warnings'],
	status: [
		'command',
		'url',
		'proxy',
		'nextStart',
		'startsAtBoot',
		'survivesLogout',
		'healthy',
		...Object.keys(statusFields),
	],
	examined: ['command', 'healthy', 'url', 'proxy', 'checks', 'readiness', 'log', 'plan', 'diff'],
	checked: ['command', 'ready', 'readiness'],
	version: ['version'],
	help: ['text'],
	'command-line': ['command', 'commandLine', 'secrets'],
};

/** Outcomes of other commands too, which have fewer fields then. */
const ofSetup: readonly string[] = ['unchanged', 'planned'];
const setupCommands = {command: {enum: ['install', 'rollback']}};

const documentOutcome = (outcome: string): Json => ({
	properties: {outcome: {const: outcome}, ...(ofSetup.includes(outcome) && setupCommands)},
});

/** JSON Schema (draft 2020-12) of the one document that `--json` prints. */
export const outputSchema = (): Json => ({
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'What vira-setup --json prints',
	description: 'One document on standard output, however the run ends. Later versions may add fields.',
	type: 'object',
	required: ['schema', 'outcome', 'changed'],
	properties: {
		schema: {const: documentSchema, description: formatVersion},
		outcome: said('How the run ended.', {enum: Object.keys(certain)}),
		changed: said(
			'Whether the run changed anything on the machine: a file, a setting of the account or the state of the service. With --dry-run and --check: whether a run without them would.',
			yesOrNo,
		),
		...fields,
	},
	allOf: [
		...Object.entries(certain)
			.filter(([, names]) => names.length > 0)
			.map(([outcome, required]) => ({if: documentOutcome(outcome), then: {required}})),
		{if: {properties: {outcome: {enum: ofSetup}}}, then: {required: ['command', 'plan', 'diff']}},
	],
	$defs: definitions(),
});
