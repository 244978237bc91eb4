/** What comes in pieces, handed on line by line. */
export interface Lines {
	readonly take: (bytes: Uint8Array) => readonly string[];
	/** What came without a line break at its end. */
	readonly rest: () => readonly string[];
}

/** In UTF-16 units. A longer line is handed on in parts: one without an end would be kept until the memory is full. */
const longestLine = 2 ** 26;

/** Divides what comes in pieces, wherever they begin and end, into lines. */
export const linesFrom = (): Lines => {
	const decoder = new TextDecoder();
	let begun = '';
	return {
		take: (bytes) => {
			// Only what is new is divided: a line of many megabytes would be looked through with every piece of it.
			const [first = '', ...others] = decoder.decode(bytes, {stream: true}).split('\n');
			begun += first;
			const last = others.pop();
			if (last === undefined && begun.length < longestLine) return [];
			const lines = [begun, ...others];
			begun = last ?? '';
			return lines;
		},
		rest: () => {
			const last = begun + decoder.decode();
			begun = '';
			return last === '' ? [] : [last];
		},
	};
};
