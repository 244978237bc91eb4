import {formatVersion} from '../../settings/schema.ts';
import {actionSchema} from './action-schema.ts';
import {doctorFields} from './doctor-schema.ts';
import {errorSchema, fix, noticeSchema} from './notice-schema.ts';
import {
	listOf,
	object,
	proxyRule,
	ref,
	said,
	text,
	textOrNull,
	yesNoOrNull,
	yesOrNo,
	type Json,
} from './schema-parts.ts';
import {documentSchema} from './json-text.ts';
import {leftover} from './removal-schema.ts';
import {statusFields} from './status-schema.ts';
import type {Option} from '../../settings/option.ts';
import {optionNames, optionOf} from '../../settings/options.ts';

const definitions = (): Json => ({
	settings: shownSettings(),
	action: actionSchema(),
	fix,
	notice: noticeSchema,
	error: errorSchema,
});

/** Every field that a document can have, other than `schema`, `outcome` and `changed`. */
const fields: Readonly<Record<string, Json>> = {
	command: said('The command of vira-setup that ran; missing if the arguments could not be read.', {
		enum: [
			...['install', 'status', 'start', 'stop', 'restart', 'logs', 'doctor'],
			...['uninstall', 'rollback', 'export', 'completion'],
		],
	}),
	simulation: said('Everything in the document is about a simulated machine.', {const: true}),
	wouldChange: said('Whether a run without --dry-run or --check would change anything.', yesOrNo),
	url: said('The URL of Vira on this machine; null: the settings are unknown.', textOrNull),
	proxy: proxyRule,
	startsAtBoot: said('Whether Vira starts at boot; null: unknown.', yesNoOrNull),
	survivesLogout: said('Whether Vira keeps running after logout.', yesOrNo),
	healthy: said('Whether the service runs and its page responds.', yesOrNo),
	settings: ref('settings'),
	plan: said('What was done or would be done, in order.', listOf(ref('action'))),
	warnings: listOf(ref('notice')),
	findings: said('What was checked after the change.', listOf(ref('notice'))),
	notUndone: said('What could not be undone; empty: everything is as before.', listOf(ref('notice'))),
	error: ref('error'),
	version: text,
	text: said('The output of --help.', text),
	commandLine: said('For a POSIX shell; "${SECRET_…:?}" stands for each secret.', text),
	secrets: said('The variables that must hold the secrets of the command line.', listOf(text)),
	source: said('Where the lines come from: journal, or the path of a file.', text),
	lines: said('The log of the service, oldest line first.', listOf(text)),
	nextStart: said(
		'When a stopped service starts again without anyone starting it.',
		object({when: {enum: ['boot', 'login', 'never']}, message: text}),
	),
	serviceState: said('The service after a command that failed or was cancelled.', {
		enum: ['unchanged', 'running', 'retrying', 'stopped', 'unknown'],
	}),
	leftovers: said('What uninstall does not remove.', listOf(leftover)),
	notes: said('What to know before anything is removed.', listOf(ref('notice'))),
	...doctorFields,
	...statusFields,
};

const seen = ['url', 'proxy', 'startsAtBoot', 'survivesLogout', 'healthy', 'findings'] as const;

const proposed = ['url', 'proxy', 'startsAtBoot', 'survivesLogout', 'settings', 'plan', 'warnings'] as const;

/** The fields that each outcome always has, in addition to `schema`, `outcome` and `changed`. */
const certain: Readonly<Record<string, readonly (keyof typeof fields)[]>> = {
	installed: ['command', ...proposed, 'healthy', 'findings'],
	updated: ['command', ...proposed, 'healthy', 'findings'],
	unchanged: [...proposed, 'healthy', 'findings'],
	planned: [...proposed, 'wouldChange'],
	removed: ['command', 'plan', 'leftovers', 'notes'],
	failed: ['error'],
	cancelled: [],
	started: ['command', ...seen, 'pid'],
	restarted: ['command', ...seen, 'pid'],
	stopped: ['command', 'nextStart'],
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
	examined: ['command', 'healthy', 'url', 'proxy', 'checks', 'log', 'plan'],
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
		changed: said('Whether the run changed anything on the machine.', yesOrNo),
		...fields,
	},
	allOf: [
		...Object.entries(certain)
			.filter(([, names]) => names.length > 0)
			.map(([outcome, required]) => ({if: documentOutcome(outcome), then: {required}})),
		{if: {properties: {outcome: {enum: ofSetup}}}, then: {required: ['command']}},
	],
	$defs: definitions(),
});
/** The value in the document. Secrets in it are masked, so it need not match a pattern. */
const valueOf = (option: Option): Json => {
	switch (option.kind) {
		case 'number':
			return {type: option.optional ? ['integer', 'null'] : 'integer'};
		case 'toggle':
			return yesOrNo;
		case 'choice':
			return {enum: option.choices};
		case 'list':
			return listOf(text);
		case 'map':
			return {type: 'object', additionalProperties: text};
		case 'path':
			return option.optional ? textOrNull : text;
		case 'text':
			return text;
	}
};
/** The settings as a document shows them. */

export const shownSettings = (): Json => {
	const properties: Record<string, Json> = {};
	const nested: Record<string, Record<string, Json>> = {};
	for (const name of optionNames) {
		const option = optionOf(name);
		const [outer, inner] = option.inFile ?? [name];
		if (inner === undefined) properties[outer] = said(option.help, valueOf(option));
		else (nested[outer] ??= {})[inner] = said(option.help, valueOf(option));
	}
	for (const [outer, inner] of Object.entries(nested)) properties[outer] = object(inner);
	return object(properties, ['package']);
};
