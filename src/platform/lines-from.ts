interface LineSplitter {
	readonly take: (bytes: Uint8Array) => readonly string[];
	/** The last line, if it has no line break. */
	readonly rest: () => readonly string[];
}

/** In UTF-16 units. A longer line is passed on in parts: an endless one would fill the memory. */
const longestLine = 2 ** 26;

/** Splits pieces into lines, wherever the pieces begin and end. */
export const linesFrom = (): LineSplitter => {
	const decoder = new TextDecoder();
	let begun = '';
	return {
		take: (bytes) => {
			// Only the new piece is split: otherwise a line of many megabytes would be searched again with every piece.
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
