import {timeSpan} from './time-span.ts';

const day = 86_400_000;

/** Names of moments, from the beginning of a day on. */
const namedDays: Readonly<Record<string, number>> = {today: 0, yesterday: -day, tomorrow: day};

/** The ways of systemd.time(7) that are of use here; undefined for what is none. The machine is in UTC. */
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
