import {command, listOf, object, said, text, textOrNull} from './schema-parts.ts';

/** What uninstall leaves where it is. */
export const leftBehind = object(
	{
		path: said('null: it is in no file that can be named.', textOrNull),
		what: said('What it is, and why it stays where that is no matter of course.', text),
		byHand: said('What removes it as well.', command),
	},
	['byHand'],
);

/** What is to be known before something is removed. */
export const note = object({message: text, fixes: said('Commands to copy.', listOf(text))});
