/** The words of a text on lines of at most this many columns; a longer word has a line of its own. */
export const wrap = (text: string, columns: number): readonly string[] =>
	text.split(' ').reduce<readonly string[]>((lines, word) => {
		const last = lines.at(-1);
		if (last === undefined || last.length + word.length + 1 > columns) return [...lines, word];
		return [...lines.slice(0, -1), `${last} ${word}`];
	}, []);
