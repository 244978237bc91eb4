/** Every string, with the colon after it if it is a name, and every bracket. */
const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\]]/gu;

interface Open {
	/** Path of the object or list, such as `systemd.environment`. */
	readonly place: string;
	readonly names: Set<string>;
	/** The name that was read last; what opens next is its value. */
	last: string;
}

/**
 * The paths of names that occur twice in an object: JSON.parse keeps the last one silently. The text must be JSON.
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
