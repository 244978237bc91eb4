import {listOf, ref, said, text, type Json} from './schema-parts.ts';

/** Fields that only the document of `doctor` has. */
export const doctorFields: Readonly<Record<string, Json>> = {
	checks: said(
		'Every check, the machine first. An error keeps Vira from running, or from starting again.',
		listOf(ref('notice')),
	),
	log: said('The last log lines of a service that is not healthy, oldest first.', listOf(text)),
};
