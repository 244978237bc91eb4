/** Names of Vira's own files, and of the backups of a state that vira-setup keeps. */
const viraNames =
	/^(?:ViraState|schema-version|workspace|tls|cache-keys|before-reset-\d{8}T\d{6}(?:-\d+)?|before-update-\d{8}T\d{6}\.json)$/u;

/** Vira creates these two on its first start; they identify a state. Deleted in this order, after everything else. */
const marks: readonly string[] = ['ViraState', 'schema-version'];

export const isOfVira = (name: string): boolean => viraNames.test(name);

/** Whether a folder with these names contains a Vira state: a name such as `workspace` alone does not prove it. */
export const holdsState = (names: readonly string[]): boolean => marks.some((mark) => names.includes(mark));

/** In the order of deletion: what identifies the state comes last, so that an interrupted purge can be continued. */
export const marksLast = (names: readonly string[]): readonly string[] =>
	names.toSorted((one, other) => marks.indexOf(one) - marks.indexOf(other));
