import type {Action} from '../../src/platform/actions/action.ts';
import {reasons} from '../../src/errors.ts';
import type {Option} from '../../src/settings/option.ts';
import {optionNames, optionOf} from '../../src/settings/options.ts';
import {buildGroups} from '../../src/steps/readiness/build-check.ts';
import {errorNames} from '../../src/ui/scripted/json-text.ts';
import {listOf, object, ref, said, text, textOrNull, yesOrNo, type Json} from './schema-parts.ts';

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
const shownSettings = (): Json => {
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

const command: Json = {type: 'array', items: text, minItems: 1};
const mode: Json = {type: 'string', pattern: '^[0-7]{4}$'};

/** The fields of an action, by what it does. */
const actions: Readonly<Record<Action['does'], Readonly<Record<string, Json>>>> = {
	'write-file': {path: text, mode},
	'delete-file': {path: text},
	'make-folder': {path: text, mode},
	'delete-folder': {path: text},
	'delete-link': {path: text},
	purge: {path: text},
	move: {from: text, to: text, why: text},
	'load-agent': {domain: text, path: text, why: text},
	'unload-agent': {domain: text, path: text, why: text},
	'restart-agent': {domain: text, path: text, why: text},
	'ask-repositories': {command, why: text},
	'tell-imported': {command, why: text},
	'begin-state': {path: text},
	'clear-state': {path: text},
	'save-export': {path: text, mode, command},
	run: {command, why: text},
	'ask-vira': {program: text, why: text},
	'wait-for': {command, why: text},
};

const modeOrNull: Json = {type: ['string', 'null'], pattern: '^[0-7]{4}$'};

/** A file that differs after a run. */
const fileDiff: Json = object(
	{
		path: text,
		change: {enum: ['created', 'changed', 'deleted']},
		bookkeeping: said(
			'Whether vira-setup keeps it for itself: its settings, its receipt and its backups. Their contents are left out.',
			yesOrNo,
		),
		modeBefore: said('null: the file did not exist.', modeOrNull),
		modeAfter: said('null: the file does not exist.', modeOrNull),
		before: said('The text, with its secrets masked; null: the file did not exist.', textOrNull),
		after: said('The text, with its secrets masked; null: the file does not exist.', textOrNull),
	},
	['before', 'after'],
);

/** One action of a plan, whatever it does. */
const actionSchema = (): Json => ({
	oneOf: Object.entries(actions).map(([does, properties]) =>
		object(
			{
				does: {const: does},
				...properties,
				asRoot: said('It runs through sudo, which may ask for a password.', {const: true}),
			},
			['asRoot'],
		),
	),
});

const fix: Json = object(
	{
		say: said('What to do, or what the command does: a sentence.', text),
		command: said('For a POSIX shell. A word in capitals, such as PATH, stands for your own value.', text),
		safe: said('vira-setup doctor --fix does it.', {const: true}),
	},
	['command', 'safe'],
);

const code = said('A name that does not change.', text);
const detail = said('Why, and what follows; null: nothing more is known.', textOrNull);
const fixes = said('What to do about it, the best first.', listOf(ref('fix')));

/** The one shape of everything that is noticed. */
const noticeSchema: Json = object(
	{
		level: {enum: ['error', 'warning', 'note', 'ok']},
		code,
		message: said('What was noticed.', text),
		detail,
		fixes,
		setting: said('The setting that it is about: its name in the settings file.', text),
		item: said('The item of a list or a map that it is about; null: all of the setting.', textOrNull),
		group: said('In readiness: what it is about.', {enum: buildGroups}),
		kind: said('With the code responding: how the page responds, and whose it is.', {
			enum: ['responds', 'silent', 'server-error', 'other-program', 'unknown-owner'],
		}),
	},
	['setting', 'item', 'group', 'kind'],
);

/** Each reason with its meaning. */
const reasonSchema: Json = {
	oneOf: Object.entries(reasons).map(([reason, meaning]) => ({const: reason, description: meaning})),
};

/** What a run failed with: a notice, with more. */
const errorSchema: Json = object(
	{
		level: {const: 'error'},
		code: said('The same as the exit status.', {enum: Object.values(errorNames)}),
		reason: said('Why the service does not run, if that is what failed.', reasonSchema),
		message: said('What failed.', text),
		detail,
		fixes,
		log: said("The last lines of the service's log, oldest first.", listOf(text)),
		problems: said('Each value that was refused.', listOf(ref('notice'))),
	},
	['reason', 'problems'],
);

/** What several fields refer to, by name. */
export const definitions = (): Json => ({
	settings: shownSettings(),
	action: actionSchema(),
	fileDiff,
	fix,
	notice: noticeSchema,
	error: errorSchema,
});
