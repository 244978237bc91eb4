import stringWidth from 'string-width';

/** A sentence wrapped between words; lines after the first are indented below the mark. */
export const folded = (message: string, columns: number): readonly string[] => {
	const [, indent = '', mark = ''] = /^( *)((?:[✔!✖] |\d+\. )?)/u.exec(message) ?? [];
	const below = ' '.repeat(indent.length + mark.length);
	const [first = '', ...words] = message.slice(indent.length).split(' ');
	const lines = [indent + first];
	for (const word of words) {
		const longer = `${lines.at(-1) ?? ''} ${word}`;
		if (stringWidth(longer) <= columns) lines[lines.length - 1] = longer;
		else lines.push(below + word);
	}
	return lines;
};
