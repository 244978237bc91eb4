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
export const valuesOf = (assignments: readonly Assignment[], key: string): readonly string[] =>
	assignments
		.filter((assignment) => assignment.key === key)
		.reduce<readonly string[]>((list, {value}) => (value === '' ? [] : [...list, value]), []);

const unitMs: Readonly<Record<string, number>> = {
	ms: 1,
	'': 1000,
	s: 1000,
	sec: 1000,
	second: 1000,
	seconds: 1000,
	m: 60_000,
	min: 60_000,
	minute: 60_000,
	minutes: 60_000,
	h: 3_600_000,
	hr: 3_600_000,
	hour: 3_600_000,
	hours: 3_600_000,
};

/** Milliseconds of a time span such as `5s` or `1min 20s` (systemd.time(7)); undefined for anything else. */
export const timeSpan = (text: string): number | undefined => {
	const parts = [...text.trim().matchAll(/([\d.]+)\s*([a-z]*)\s*/gu)];
	if (parts.length === 0 || parts.map(([part]) => part).join('') !== text.trim()) return undefined;
	const spans = parts.map(([, amount, unit]) => Number(amount) * (unitMs[unit ?? ''] ?? NaN));
	const sum = spans.reduce((total, span) => total + span, 0);
	return Number.isNaN(sum) ? undefined : sum;
};
