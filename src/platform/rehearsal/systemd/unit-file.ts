/** One assignment of a unit file. */
export interface Assignment {
	readonly section: string;
	readonly key: string;
	readonly value: string;
}

const isComment = (line: string): boolean => /^\s*[#;]/u.test(line);

// A comment between continued lines is left out; the line goes on after it (systemd.syntax(7)).
const joinedLines = (text: string): readonly string[] => {
	const lines: string[] = [];
	let begun: string | undefined;
	for (const line of text.split('\n')) {
		if (isComment(line)) continue;
		const whole: string = begun === undefined ? line : `${begun} ${line}`;
		const goesOn = /(?:^|[^\\])(?:\\\\)*\\$/u.test(whole);
		begun = goesOn ? whole.slice(0, -1) : undefined;
		if (!goesOn) lines.push(whole);
	}
	return begun === undefined ? lines : [...lines, begun];
};

/** The assignments of a unit file in their order (systemd.syntax(7)); lines that are none are left out, as systemd does. */
export const parseUnitFile = (text: string): readonly Assignment[] => {
	let section = '';
	return joinedLines(text).flatMap((line) => {
		const header = /^\s*\[(.*)\]\s*$/u.exec(line);
		if (header) {
			section = header[1] ?? '';
			return [];
		}
		const [, key, value] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/su.exec(line) ?? [];
		return key === undefined || value === undefined ? [] : [{section, key, value}];
	});
};

/** What a key that is given several times adds up to; an empty assignment forgets the earlier ones. */
export const listOf = (assignments: readonly Assignment[], key: string): readonly string[] =>
	assignments
		.filter((assignment) => assignment.key === key)
		.reduce<readonly string[]>((list, {value}) => (value === '' ? [] : [...list, value]), []);
