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
