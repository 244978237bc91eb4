import {actionSchema} from './action-schema.ts';
import {doctorFields} from './doctor-schema.ts';
import {errorNames} from './document.ts';
import {
	listOf,
	object,
	proxyRule,
	said,
	text,
	textOrNull,
	yesNoOrNull,
	yesOrNo,
	type Json,
} from './schema-parts.ts';
import {reasons} from '../../reasons.ts';
import {leftBehind, note} from './removal-schema.ts';
import {shownSettings} from './settings-schema.ts';
import {statusFields} from './status-schema.ts';

const ref = (name: string): Json => ({$ref: `#/$defs/${name}`});

const definitions = (): Json => ({
	settings: shownSettings(),
	action: actionSchema(),
	warning: object(
		{
			code: said('A name that does not change.', text),
			setting: said('The name in the settings file that it comes from.', text),
			message: text,
			fixes: said('Sentences, or commands to copy.', listOf(text)),
		},
		['setting', 'fixes'],
	),
	finding: object(
		{
			code: {enum: ['running', 'answering', 'starts-at-boot', 'survives-logout']},
			good: yesOrNo,
			message: text,
			kind: said('Of the page, with the code answering: whose it is, and how it answers.', {
				enum: ['answers', 'silent', 'server-error', 'other-program', 'unknown-owner'],
			}),
		},
		['kind'],
	),
	error: object(
		{
			code: {enum: Object.values(errorNames)},
			reason: said('Why the service does not run as it should, where that is what went wrong.', reasonSchema),
			message: text,
			hint: said('What to do now, on one or more lines.', textOrNull),
			log: said("The last lines of the service's own log, oldest first.", listOf(text)),
			problems: said(
				'What is wrong with the settings, one by one.',
				listOf(object({setting: textOrNull, item: textOrNull, message: text})),
			),
		},
		['reason', 'problems'],
	),
});

/** Each with what it stands for. */
const reasonSchema: Json = {
	oneOf: Object.entries(reasons).map(([reason, meaning]) => ({const: reason, description: meaning})),
};

/** Every field that a document can have, beside `schema` and `outcome`. */
const fields: Readonly<Record<string, Json>> = {
	simulation: said('Given where all of it is about a simulated machine.', {const: true}),
	changed: said('Whether the machine is another than before.', yesOrNo),
	wouldChange: said('Whether an installation would change anything.', yesOrNo),
	url: said('Where Vira answers this machine; null: the settings are not known.', textOrNull),
	proxy: proxyRule,
	startsAtBoot: said('null: that cannot be told.', yesNoOrNull),
	survivesLogout: yesOrNo,
	healthy: said('Whether the service was seen running and its page answering.', yesOrNo),
	settings: ref('settings'),
	plan: said('What is or would be done, in this order.', listOf(ref('action'))),
	warnings: listOf(ref('warning')),
	findings: said('What was looked at after the change.', listOf(ref('finding'))),
	notUndone: said('What could not be put back; nothing, where all is as before.', listOf(ref('error'))),
	error: ref('error'),
	version: text,
	text: said('The page of --help.', text),
	command: said('For a POSIX shell; "${SECRET_…:?}" stands for each secret in it.', text),
	secrets: said('The variables that have to hold the secrets of the command.', listOf(text)),
	verb: said('Which verb it was, where it was one of these.', {
		enum: ['start', 'stop', 'restart', 'uninstall'],
	}),
	source: said('Where the lines are from: journal, or the path of a file.', text),
	elsewhere: said("Where Vira's own lines are, if they are not in this log: a sentence.", textOrNull),
	lines: said('What the service has said, oldest first.', listOf(text)),
	nextStart: said(
		'When it starts by itself, once it is stopped.',
		object({when: {enum: ['boot', 'login', 'never']}, message: text}),
	),
	left: {
		oneOf: [
			said('In which state a verb that failed has left the service.', {
				enum: ['as-before', 'running', 'retrying', 'stopped', 'unknown'],
			}),
			said('What uninstall leaves where it is.', listOf(leftBehind)),
		],
	},
	notes: said('What is to be known before something is removed.', listOf(note)),
	...doctorFields,
	...statusFields,
};

const seen = ['url', 'proxy', 'startsAtBoot', 'survivesLogout', 'healthy', 'findings'] as const;

const proposed = ['url', 'proxy', 'startsAtBoot', 'survivesLogout', 'settings', 'plan', 'warnings'] as const;

/** The fields that each outcome has for certain, beside `schema`, `outcome` and `changed`. */
const certain: Readonly<Record<string, readonly (keyof typeof fields)[]>> = {
	installed: [...proposed, 'healthy', 'findings'],
	updated: [...proposed, 'healthy', 'findings'],
	unchanged: [...proposed, 'healthy', 'findings'],
	planned: [...proposed, 'wouldChange'],
	removed: ['verb', 'plan', 'left', 'notes'],
	failed: ['error'],
	cancelled: [],
	started: [...seen, 'verb', 'process'],
	restarted: [...seen, 'verb', 'process'],
	stopped: ['verb', 'nextStart'],
	logs: ['source', 'elsewhere', 'lines'],
	status: [
		'url',
		'proxy',
		'nextStart',
		'startsAtBoot',
		'survivesLogout',
		'healthy',
		...Object.keys(statusFields),
	],
	examined: ['healthy', 'url', 'proxy', 'checks', 'log', 'plan'],
	version: ['version'],
	help: ['text'],
	command: ['command', 'secrets'],
};

/** Outcomes that are told of other verbs as well, with less. */
const ofSetup: readonly string[] = ['unchanged', 'planned'];

/** JSON Schema (draft 2020-12) of the one document that `--json` prints. */
export const outputSchema = (): Json => ({
	$schema: 'https://json-schema.org/draft/2020-12/schema',
	title: 'What vira-setup --json prints',
	description: 'One document on standard output, however the run ends. Later versions may add fields.',
	type: 'object',
	required: ['schema', 'outcome', 'changed'],
	properties: {
		schema: {const: 1, description: 'Version of this format.'},
		outcome: said('How the run ended.', {enum: Object.keys(certain)}),
		...fields,
	},
	allOf: Object.entries(certain)
		.filter(([, names]) => names.length > 0)
		.map(([outcome, required]) => ({
			// What other verbs find as it should be has no settings; nor has what uninstall would do.
			if: {properties: {outcome: {const: outcome}, ...(ofSetup.includes(outcome) && {verb: false})}},
			then: {required},
		})),
	$defs: definitions(),
});
