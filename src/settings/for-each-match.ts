/** Every match of a global pattern. It makes no copy of the pattern, as `matchAll` does: texts are many, and short. */
export const forEachMatch = (pattern: RegExp, text: string, take: (match: RegExpExecArray) => void): void => {
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) take(match);
};
