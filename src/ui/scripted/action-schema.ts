import type {Action} from '../../platform/actions/action.ts';
import {command, object, said, text, textOrNull, type Json} from './schema-parts.ts';

const mode: Json = {type: 'string', pattern: '^[0-7]{4}$'};

/** The fields of an action, by what it does. */
const actions: Readonly<Record<Action['does'], Readonly<Record<string, Json>>>> = {
	'write-file': {
		path: text,
		mode,
		before: said('The text of the file now; null: the file does not exist.', textOrNull),
		content: text,
	},
	'delete-file': {path: text, before: text},
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

/** One action of a plan, whatever it does. */
export const actionSchema = (): Json => ({
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
