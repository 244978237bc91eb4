const units: readonly (readonly [ms: number, one: string, many: string])[] = [
	[86_400_000, 'day', 'days'],
	[3_600_000, 'hour', 'hours'],
	[60_000, 'minute', 'minutes'],
	[1000, 'second', 'seconds'],
];

/** A span of time in its largest unit, such as `3 hours`. */
export const spanText = (ms: number): string => {
	const [size, one, many] = units.find(([unit]) => ms >= unit) ?? [1000, 'second', 'seconds'];
	const count = Math.max(0, Math.floor(ms / size));
	return `${count} ${count === 1 ? one : many}`;
};

const twoDigits = (number: number): string => String(number).padStart(2, '0');

/** A moment in local time, such as `2026-03-02 09:00`. */
export const momentText = (at: number): string => {
	const date = new Date(at);
	const day = [date.getFullYear(), date.getMonth() + 1, date.getDate()].map(twoDigits).join('-');
	return `${day} ${twoDigits(date.getHours())}:${twoDigits(date.getMinutes())}`;
};
