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
