/** No setting and no output of Vira is nested as deep. The code that walks a document is recursive. */
const mostLevels = 100;

const isTooDeep = (text: string): boolean => {
	let depth = 0;
	let inString = false;
	for (let at = 0; at < text.length && depth <= mostLevels; at += 1) {
		const sign = text[at];
		if (sign === '"') inString = !inString;
		else if (sign === '\\') at += 1;
		else if (!inString && (sign === '{' || sign === '[')) depth += 1;
		else if (!inString && (sign === '}' || sign === ']')) depth -= 1;
	}
	return depth > mostLevels;
};

/** Thrown by parseJson for text that may be JSON, but cannot be ours. */
export const tooDeep = new SyntaxError(`nested more than ${mostLevels} levels deep`);

/** Like JSON.parse, but also throws if the text is nested too deep. */
export const parseJson = (text: string): unknown => {
	if (isTooDeep(text)) throw tooDeep;
	return JSON.parse(text);
};

/** Whether the text could still become JSON if more followed: the parser complains about its end, or not at all. */
const canContinue = (text: string): boolean => {
	try {
		JSON.parse(text);
		return true;
	} catch (error) {
		const {message} = error as Error;
		const position = /position (\d+)/u.exec(message)?.[1];
		return position === undefined
			? /end of JSON input|Unterminated string/u.test(message)
			: Number(position) >= text.length;
	}
};

/**
 * Where a text stops being JSON: the longest beginning that could still become JSON ends there. Node.js gives the
 * position of some errors only, and its messages quote the text, which may contain a secret.
 */
const brokenAt = (text: string): number => {
	let [good, bad] = [0, text.length + 1];
	while (bad - good > 1) {
		const middle = Math.floor((good + bad) / 2);
		if (canContinue(text.slice(0, middle))) good = middle;
		else bad = middle;
	}
	return good;
};

/** What is wrong with a text that is not JSON, such as `unexpected character at line 3, column 5`. */
export const jsonProblem = (text: string): string => {
	const at = brokenAt(text);
	const before = text.slice(0, at).split('\n');
	const what = at >= text.length ? 'unexpected end' : 'unexpected character';
	return `${what} at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
};

export type JsonObject = Readonly<Record<string, unknown>>;

export const isJsonObject = (value: unknown): value is JsonObject =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Every string, with the colon after it if it is a name, and every bracket. */
const tokens = /("[^"\\]*(?:\\.[^"\\]*)*")(\s*:)?|[{}[\]]/gu;
interface Open {
	/** Path of the object or list, such as `systemd.environment`. */
	readonly place: string;
	readonly names: Set<string>;
	/** The name that was read last; what opens next is its value. */
	last: string;
}

/** The paths of names that occur twice in an object: JSON.parse keeps the last one silently. The text must be JSON. */
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
