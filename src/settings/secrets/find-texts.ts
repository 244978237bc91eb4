/** Every match of a global pattern. It makes no copy of the pattern, as `matchAll` does: texts are many, and short. */
export const forEachMatch = (pattern: RegExp, text: string, take: (match: RegExpExecArray) => void): void => {
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) take(match);
};

/** A piece of a text: where it begins, and where what follows it begins. */
export type Range = readonly [from: number, to: number];

/** Appends a piece; `ranges` are in order of their ends, and those that share a character become one. */
const appendRange = (ranges: Range[], from: number, to: number): void => {
	let start = from;
	for (let last = ranges.at(-1); last && last[1] > start; last = ranges.at(-1)) {
		start = Math.min(start, last[0]);
		ranges.pop();
	}
	ranges.push([start, to]);
};

/** In order, and those that share a character as one. */
const apart = (ranges: readonly Range[]): readonly Range[] => {
	const found: Range[] = [];
	for (const [from, to] of ranges.toSorted((one, other) => one[0] - other[0])) {
		const last = found.at(-1);
		if (last && last[1] > from) found[found.length - 1] = [last[0], Math.max(last[1], to)];
		else found.push([from, to]);
	}
	return found;
};

/** The text with something else in place of these pieces. */
export const replaceRanges = (
	text: string,
	ranges: readonly Range[],
	by: (piece: string) => string,
): string => {
	if (ranges.length === 0) return text;
	const parts: string[] = [];
	let done = 0;
	for (const [from, to] of apart(ranges)) {
		parts.push(text.slice(done, from), by(text.slice(from, to)));
		done = to;
	}
	return [...parts, text.slice(done)].join('');
};

/** A text to look for. */
export interface Sought {
	readonly text: string;
	/** So many of its characters are what is found, the last ones; 0: it counts as a word alone, whole, and has at most 31: its length is a bit of a number. */
	readonly last: number;
}

/** Texts as a tree: a node is a beginning of some of them, 0 the empty one. */
interface Tree {
	/** The longest end of `node` and the character that is a node as well. */
	readonly step: (node: number, code: number) => number;
	/** How many characters that end at a node are found; as a word, one bit for each length. */
	readonly last: Int32Array;
	readonly words: Int32Array;
}

/** The edges, by node and character, in an open hash table: an object for each would take ten times the memory. */
const edgesFor = (nodes: number) => {
	const size = 2 ** Math.ceil(Math.log2(2 * nodes + 1));
	const [ends, starts, codes] = [new Int32Array(size), new Int32Array(size), new Uint16Array(size)];
	const slotOf = (node: number, code: number): number => {
		const mixed = Math.imul(Math.imul(node, 0x9e_37_79_b1) ^ (code + 1), 0x85_eb_ca_6b);
		let slot = (mixed ^ (mixed >>> 15)) & (size - 1);
		while (ends[slot] !== 0 && (starts[slot] !== node || codes[slot] !== code))
			slot = (slot + 1) & (size - 1);
		return slot;
	};
	return {
		end: (node: number, code: number): number => ends[slotOf(node, code)] ?? 0,
		add: (node: number, code: number, end: number): void => {
			const slot = slotOf(node, code);
			[ends[slot], starts[slot], codes[slot]] = [end, node, code];
		},
	};
};

/**
 * Aho and Corasick, "Efficient string matching" (1975). It grows by a character of all texts at a time: what a node
 * falls back to is then there before it.
 */
const treeOf = (sought: readonly Sought[]): Tree => {
	const longestFirst = sought.toSorted((one, other) => other.text.length - one.text.length);
	const most = longestFirst.reduce((sum, {text}) => sum + text.length, 1);
	const [back, last, words] = [new Int32Array(most), new Int32Array(most), new Int32Array(most)];
	const edges = edgesFor(most);
	const step = (node: number, code: number): number => {
		for (let at = node; ; at = back[at] ?? 0) {
			const end = edges.end(at, code);
			if (end !== 0 || at === 0) return end;
		}
	};
	let nodes = 1;
	const grown = (node: number, code: number): number => {
		const known = edges.end(node, code);
		if (known !== 0) return known;
		const fallback = node === 0 ? 0 : step(back[node] ?? 0, code);
		edges.add(node, code, nodes);
		[back[nodes], last[nodes], words[nodes]] = [fallback, last[fallback] ?? 0, words[fallback] ?? 0];
		nodes += 1;
		return nodes - 1;
	};
	const at = new Int32Array(longestFirst.length);
	let growing = longestFirst.length;
	for (let length = 1; growing > 0; length += 1) {
		for (let index = 0; index < growing; index += 1)
			at[index] = grown(at[index] ?? 0, longestFirst[index]?.text.charCodeAt(length - 1) ?? 0);
		for (; growing > 0 && longestFirst[growing - 1]?.text.length === length; growing -= 1) {
			const [node, wanted] = [at[growing - 1] ?? 0, longestFirst[growing - 1]?.last ?? 0];
			if (wanted === 0) words[node] = (words[node] ?? 0) | (1 << length);
			else last[node] = Math.max(last[node] ?? 0, wanted);
		}
	}
	return {step, last, words};
};

/** Whether a word may not begin after it, or not end before it: within a path or a name it is another thing. */
const joinsBefore = /[\w\/.~\-]/u;
const joinsAfter = /[\w\/\-]/u;

/** The words among these; what is found beside one is no part of it. */
const wordsIn = (text: string, candidates: readonly Range[], found: readonly Range[]): readonly Range[] => {
	if (candidates.length === 0) return [];
	const [starts, ends] = [new Set(found.map(([from]) => from)), new Set(found.map(([, to]) => to))];
	return candidates.filter(
		([from, to]) =>
			(ends.has(from) || !joinsBefore.test(text.charAt(from - 1))) &&
			(starts.has(to) || !joinsAfter.test(text.charAt(to))),
	);
};

/** Finds all of these texts, in one pass over a text however many they are. */
export const finder = (sought: readonly Sought[]): ((text: string) => readonly Range[]) => {
	const {step, last, words} = treeOf(sought);
	return (text) => {
		const [found, candidates]: [Range[], Range[]] = [[], []];
		let node = 0;
		for (let end = 1; end <= text.length; end += 1) {
			node = step(node, text.charCodeAt(end - 1));
			const length = last[node] ?? 0;
			if (length > 0) appendRange(found, end - length, end);
			for (let bits = words[node] ?? 0; bits !== 0; bits &= bits - 1)
				candidates.push([end - (31 - Math.clz32(bits & -bits)), end]);
		}
		return [...found, ...wordsIn(text, candidates, found)];
	};
};
