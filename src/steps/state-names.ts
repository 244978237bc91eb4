/** As Vira names what it keeps, and vira-setup what it kept of a state before a newer Vira had it. */
const viraNames =
	/^(?:ViraState|schema-version|workspace|tls|cache-keys|before-reset-\d{8}T\d{6}(?:-\d+)?|before-update-\d{8}T\d{6}\.json)$/u;

/** Vira makes these two when it first starts, and nothing else has them. Deleted in this order, after all else. */
const marks: readonly string[] = ['ViraState', 'schema-version'];

export const isOfVira = (name: string): boolean => viraNames.test(name);

/** Whether a folder with these names in it holds a state of Vira's: a name such as `workspace` says nothing by itself. */
export const holdsState = (names: readonly string[]): boolean => marks.some((mark) => names.includes(mark));

/** In the order of their deletion: what says that the rest is Vira's goes last, so that a purge can be gone on with. */
export const marksLast = (names: readonly string[]): readonly string[] =>
	names.toSorted((one, other) => marks.indexOf(one) - marks.indexOf(other));
