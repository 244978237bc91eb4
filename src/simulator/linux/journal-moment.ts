import {timeSpan} from './time-span.ts';

const day = 86_400_000;

/** Names of moments, as days from the start of today. */
const namedDays: Readonly<Record<string, number>> = {today: 0, yesterday: -day, tomorrow: day};

/** The formats of systemd.time(7) that are needed here; undefined for anything else. The machine uses UTC. */
export const momentOf = (text: string, now: number): number | undefined => {
	if (/^@\d+$/u.test(text)) return Number(text.slice(1)) * 1000;
	if (text === 'now') return now;
	const named = namedDays[text];
	if (named !== undefined) return now - (now % day) + named;
	const [, written, time = '00:00'] = /^(\d{4}-\d\d-\d\d)(?: (\d\d:\d\d(?::\d\d)?))?$/u.exec(text) ?? [];
	if (written !== undefined) return Date.parse(`${written}T${time}Z`);
	const [, before, ago] = /^(?:-(.+)|(.+) ago)$/u.exec(text) ?? [];
	const span = timeSpan(before ?? ago ?? '');
	return span === undefined ? undefined : now - span;
};
