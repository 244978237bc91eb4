/** One assignment of a unit file. */
export interface Assignment {
	readonly section: string;
	readonly key: string;
	readonly value: string;
	/** Its last line, counted from 1: the line that systemd reports. */
	readonly line: number;
}

interface Joined {
	readonly text: string;
	readonly line: number;
}

const isComment = (line: string): boolean => /^\s*[#;]/u.test(line);

// A comment between continued lines is ignored; the line continues after it (systemd.syntax(7)).
const joinedLines = (text: string): readonly Joined[] => {
	const lines: Joined[] = [];
	let begun: string | undefined;
	for (const [index, line] of text.split('\n').entries()) {
		if (isComment(line)) continue;
		const whole: string = begun === undefined ? line : `${begun} ${line}`;
		const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/u.test(whole);
		begun = goesOn ? whole.slice(0, -1) : undefined;
		if (!goesOn) lines.push({text: whole, line: index + 1});
	}
	return begun === undefined ? lines : [...lines, {text: begun, line: text.split('\n').length}];
};

/** The assignments of a unit file in their order (systemd.syntax(7)); other lines are ignored, as by systemd. */
export const parseUnitFile = (text: string): readonly Assignment[] => {
	let section = '';
	return joinedLines(text).flatMap(({text: joined, line}) => {
		const header = /^\s*\[(.*)\]\s*$/u.exec(joined);
		if (header) {
			section = header[1] ?? '';
			return [];
		}
		const [, key, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/su.exec(joined) ?? [];
		if (key === undefined || value === undefined) return [];
		// "String is not UTF-8 clean, ignoring assignment": U+FFFD stands for such bytes here.
		return joined.includes('\uFFFD') ? [] : [{section, key, value, line}];
	});
};

/** The values of a key that is set several times; an empty assignment resets it. */
export const valuesOf = (
	assignments: readonly Pick<Assignment, 'key' | 'value'>[],
	key: string,
): readonly string[] =>
	assignments
		.filter((assignment) => assignment.key === key)
		.reduce<readonly string[]>((list, {value}) => (value === '' ? [] : [...list, value]), []);
