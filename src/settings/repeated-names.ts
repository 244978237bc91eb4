/** Every string, with the colon that makes it a name, and every bracket: in a text that is JSON, nothing is left out. */
const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\]]/gu;

interface Open {
	/** The place of the object or list, such as `systemd.environment`. */
	readonly place: string;
	readonly names: Set<string>;
	/** The name that was read last: what opens next is its value. */
	last: string;
}

/**
 * The places of names that an object of the text has twice: JSON.parse keeps the last and says nothing. The text must
 * be JSON.
 */
export const repeatedNames = (text: string): readonly string[] => {
	const repeated: string[] = [];
	const open: Open[] = [{place: '', names: new Set(), last: ''}];
	for (const [token, string, colon] of text.matchAll(tokens)) {
		const inner = open.at(-1);
		if (string === undefined && /[{[]/u.test(token))
			open.push({place: inner?.last ?? '', names: new Set(), last: inner?.last ?? ''});
		else if (string === undefined) open.pop();
		else if (colon !== undefined && inner) {
			const name = JSON.parse(string) as string;
			inner.last = inner.place === '' ? name : `${inner.place}.${name}`;
			if (inner.names.has(name)) repeated.push(inner.last);
			inner.names.add(name);
		}
	}
	return repeated;
};
