import {posix} from 'node:path';
import {unitName} from '../systemctl.ts';

/**
 * Whether a drop-in is for this service or belongs to this person: those of a distribution, such as Fedora's
 * service.d/10-timeout-abort.conf, apply to all services (systemd.unit(5)).
 */
export const isForService = (path: string, home: string): boolean =>
	posix.basename(posix.dirname(path)) === `${unitName}.d` || path.startsWith(`${home}/`);

/** The settings in a unit file, as far as they matter here (systemd.syntax(7)). */
export const assignmentsIn = (text: string): readonly (readonly [key: string, value: string])[] =>
	text
		.split(/[\r\n]/u)
		.map((line) => /^\s*([A-Za-z]\w*)\s*=(.*)$/u.exec(line))
		.filter((match) => match !== null)
		.map(([, key = '', value = '']) => [key, value.trim()]);

/** Settings that add to earlier ones, so that ours stay in effect. */
const adding: readonly string[] = ['After', 'Before', 'Wants', 'WantedBy', 'Requires', 'Documentation'];

/** What a line overrides: variables one by one, since variables with other names stay. */
const decidedBy = ([key, value]: readonly [string, string]): readonly string[] => {
	if (adding.includes(key)) return [];
	if (key !== 'Environment' || value === '') return [key];
	const names = value.matchAll(/(?:^|\s)["']?([A-Za-z_]\w*)=/gu);
	return [...names].map(([, name = '']) => `Environment ${name}`);
};

const decidedIn = (text: string): readonly string[] => [...new Set(assignmentsIn(text).flatMap(decidedBy))];

/** The settings of the unit that a drop-in overrides: names such as `ExecStart`, and `Environment PATH` for a variable. */
export const overriddenBy = (dropIn: string, unit: string): readonly string[] => {
	const ours = decidedIn(unit);
	return decidedIn(dropIn).filter((name) =>
		name === 'Environment' ? ours.some((one) => one.startsWith('Environment ')) : ours.includes(name),
	);
};
