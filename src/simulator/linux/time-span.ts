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
