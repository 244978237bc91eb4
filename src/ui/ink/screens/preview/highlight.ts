import type {TextRow, Span} from '../../components/rows.ts';

/** The parts of one line of a file; together they are the line. */
type Highlighter = (text: string) => readonly Span[];

/** A line of a systemd unit: section, comment, or a name with its value. */
const unit: Highlighter = (text) => {
	if (/^\s*[#;]/u.test(text)) return [{text, tone: 'quiet'}];
	if (/^\[.*\]$/u.test(text)) return [{text, bold: true}];
	const [, name, rest] = /^([A-Za-z]+)(=.*)$/u.exec(text) ?? [];
	return name === undefined || rest === undefined ? [{text}] : [{text: name, tone: 'accent'}, {text: rest}];
};

/** A line of a property list as it is written here: tags on either side of a value. */
const plist: Highlighter = (text) =>
	text
		.split(/(<[^<>]*>)/u)
		.filter((part) => part !== '')
		.map((part, index, parts) =>
			part.startsWith('<')
				? {text: part, tone: 'quiet'}
				: parts[index - 1] === '<key>'
					? {text: part, tone: 'accent'}
					: {text: part},
		);

/** A line of JSON as it is written here: one name or value a line. */
const json: Highlighter = (text) => {
	const [, indent, name, rest] = /^(\s*)("(?:[^"\\]|\\.)*")(:.*)$/u.exec(text) ?? [];
	return indent === undefined || name === undefined || rest === undefined
		? [{text}]
		: [{text: indent}, {text: name, tone: 'accent'}, {text: rest}];
};

/** How the lines of a file are colored, by its name; undefined for an unknown language. */
export const highlighterOf = (path: string): Highlighter | undefined => {
	if (path.endsWith('.service')) return unit;
	if (path.endsWith('.plist')) return plist;
	return path.endsWith('.json') ? json : undefined;
};

const between = (spans: readonly Span[], from: number, to: number): readonly Span[] => {
	let at = 0;
	return spans.flatMap((span) => {
		const start = at;
		at += span.text.length;
		const text = span.text.slice(Math.max(0, from - start), Math.max(0, to - start));
		return text === '' ? [] : [{...span, text}];
	});
};

/** Colors the screen lines of one line of a file; the characters do not change. */
export const highlighted = (lines: readonly TextRow[], spans: readonly Span[]): readonly TextRow[] => {
	const source = spans.map(({text}) => text).join('');
	let at = 0;
	return lines.map((line, row) => {
		const text = line.map((span) => span.text).join('');
		// The first line begins with the mark, the others with blanks.
		const code = row === 0 ? text.slice(4).trimStart() : text.trimStart();
		const found = source.indexOf(code, at);
		if (code === '' || found < 0) return line;
		at = found + code.length;
		return [{...line[0], text: text.slice(0, text.length - code.length)}, ...between(spans, found, at)];
	});
};
