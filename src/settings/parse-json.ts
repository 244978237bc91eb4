/** Neither a setting nor anything that Vira prints is nested as deep; what goes through a document calls itself at each level. */
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

/** What parseJson throws for a text that is JSON, perhaps, and none of ours. */
export const tooDeep = new SyntaxError(`It is nested more than ${mostLevels} levels deep.`);

/** As JSON.parse; throws as well for what is nested deeper than anything that is asked for. */
export const parseJson = (text: string): unknown => {
	if (isTooDeep(text)) throw tooDeep;
	return JSON.parse(text);
};
