import {listOf, object, ref, said, text, textOrNull} from './schema-parts.ts';

/** Something that uninstall does not remove. */
export const leftover = object({
	path: said('null: it is not a file.', textOrNull),
	what: said('What it is, and why it was kept.', text),
	fixes: said('What removes it.', listOf(ref('fix'))),
});
