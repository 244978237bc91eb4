import {errorNames} from './error-names.ts';
import {listOf, object, ref, said, text, textOrNull, type Json} from './schema-parts.ts';
import {reasons} from '../../reasons.ts';

export const fix: Json = object(
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
export const noticeSchema: Json = object(
	{
		level: {enum: ['error', 'warning', 'note', 'ok']},
		code,
		message: said('What was noticed.', text),
		detail,
		fixes,
		setting: said('The setting that it is about: its name in the settings file.', text),
		item: said('The item of a list or a map that it is about; null: all of the setting.', textOrNull),
		kind: said('With the code responding: how the page responds, and whose it is.', {
			enum: ['responds', 'silent', 'server-error', 'other-program', 'unknown-owner'],
		}),
	},
	['setting', 'item', 'kind'],
);

/** Each reason with its meaning. */
const reasonSchema: Json = {
	oneOf: Object.entries(reasons).map(([reason, meaning]) => ({const: reason, description: meaning})),
};

/** What a run failed with: a notice, with more. */
export const errorSchema: Json = object(
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
