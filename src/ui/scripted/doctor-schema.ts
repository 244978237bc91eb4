import {listOf, object, said, text, textOrNull, yesOrNo, type Json} from './schema-parts.ts';

/** What only the document of `doctor` has. */
export const doctorFields: Readonly<Record<string, Json>> = {
	checks: said(
		'What doctor has looked at, the machine first.',
		listOf(
			object({
				level: said('trouble keeps Vira from running, or from coming back.', {
					enum: ['fine', 'warning', 'trouble'],
				}),
				code: said('A name that does not change.', text),
				message: text,
				detail: said('What is known of why, and what follows.', textOrNull),
				fixes: said('Sentences, or commands to copy.', listOf(text)),
				fixable: said('Whether doctor --fix takes care of it.', yesOrNo),
			}),
		),
	),
	log: said('The last words of a service that is not well, oldest first.', listOf(text)),
};
