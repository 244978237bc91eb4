import {env, stderr} from 'node:process';
import {describe, expect, test} from '@jest/globals';
import {attempt, type Attempt} from '../support/attempt.ts';
import {beginning, courses, kinds, wordsOf, type Course, type Kind} from '../support/courses.ts';
import {different, flat, type Flat} from '../support/differences.ts';
import {failing, faultsOf, operationsIn, type Failing, type Operation} from '../support/faulty-system.ts';
import {daemon, gui} from '../support/mac-rehearsal.ts';
import {pictureOf, type Pictured} from '../support/picture-of.ts';

/** Which words tell of something that is not as before, where its path does not. */
const words: Readonly<Record<string, RegExp>> = {
	lingering: /linger/iu,
	enabled: /at boot|enable|disable|systemd refused a change/u,
	unit: /The service could not|systemd refused|It was left|"(?:running|retrying|stopped|unknown)"/u,
	loaded:
		/\/(?:vira\.service|org\.vira\.service\.plist) could not|launchd|service manager|The service could not|systemd refused|"(?:running|retrying|stopped|unknown)"/u,
	launchd: /launchd|The service could not|"(?:running|retrying|stopped|unknown)"/u,
	switched: /launchd|"(?:running|retrying|stopped|unknown)"/u,
};

/** What a service manager keeps in files of its own. */
const kindOf = (kind: string, name: string): string => {
	if (/\.wants(?:\/|$)/u.test(name)) return 'enabled';
	return name.startsWith('/var/lib/systemd/linger/') ? 'lingering' : kind;
};

interface Good {
	readonly operations: readonly Operation[];
	readonly before: Flat;
	readonly after: Flat;
}

/** Whether a path stands in the text as a whole, not only as the beginning of another. */
const names = (text: string, path: string): boolean =>
	text
		.split(path)
		.slice(1)
		.some((rest) => !/^(?:[\w/~-]|\.\w)/u.test(rest));

/** What is Vira's own is told of with the folder that it is in. */
const isTold = (text: string, path: string): boolean => {
	if (names(text, path)) return true;
	const state = /^.*\/vira\/state(?=\/)/u.exec(path)?.[0];
	return state !== undefined && isTold(text, path.slice(0, path.lastIndexOf('/')));
};

/** Of what is different, what the report does not tell of. A folder that something else is left in is told of with that. */
const untold = (differences: readonly string[], report: string): readonly string[] => {
	const tells = (difference: string): boolean => {
		const [kind = '', name = ''] = difference.split(' ');
		return words[kindOf(kind, name)]?.test(report) ?? isTold(report, name);
	};
	const told = differences.filter(tells);
	return differences.filter((one) => !tells(one) && !told.some((other) => other.startsWith(`${one}/`)));
};

/** An uninstall that has come as far as what cannot be taken back goes on to its end. */
const isBeyondReturn = ({document}: Attempt): boolean =>
	document['verb'] === 'uninstall' && document.outcome === 'failed' && 'plan' in document;

/** What doctor has repaired; that all is not well is what it sees afterwards. */
const isRepaired = ({document}: Attempt): boolean =>
	document.changed &&
	(document.outcome === 'examined' || JSON.stringify(document['error']).includes('It was repaired'));

const isActive = (now: Flat): boolean =>
	['unit vira.service', `launchd ${gui}`, `launchd ${daemon}`].some((name) =>
		['active', 'runs'].includes(now[name] ?? ''),
	);

/** Whether the state in which a verb says it has left the service is another. */
const isUntrue = ({document: {left}}: Attempt, now: Flat, before: Flat): boolean => {
	if (left === 'running') return !isActive(now);
	if (left === 'stopped') return isActive(now);
	return left === 'as-before' && different(before, now).length > 0;
};

/** What is not true of the report, or not right about the machine. */
const faultsIn = (ended: Attempt, now: Flat, {before, after}: Good): readonly string[] => {
	const {code, document} = ended;
	const report = JSON.stringify([document['error'], document['notUndone'], document['left']]);
	const say = (what: string, those: readonly string[]): readonly string[] =>
		those.length === 0
			? []
			: [`${what}: ${those.join(', ')}; exit ${code}, ${document.outcome}, it says ${report}`];
	if (isUntrue(ended, now, before)) return [`it is not ${String(document['left'])}`];
	if (JSON.stringify(document).includes('a mistake in vira-setup')) return [`it claims a mistake: ${report}`];
	if (code === 0) return say('not as after a good run', different(after, now));
	if (!document.changed) return say('not as before', different(before, now));
	if (isRepaired(ended)) return say('not as after a good run', different(after, now));
	const from = isBeyondReturn(ended) ? after : before;
	return say('not told of', untold(different(from, now), report));
};

interface Case extends Failing {
	readonly what: string;
}

/** Every way in which a run can meet one failure, or a disk or manager that goes on failing. */
const casesOf = (operations: readonly Operation[]): readonly Case[] =>
	operations.flatMap((operation, index) =>
		faultsOf(operation).flatMap((fault) =>
			[false, true].map((stays) => ({at: index + 1, fault, stays, what: operation.what})),
		),
	);

const goodRun = async (machine: Pictured, typed: readonly string[]): Promise<Good> => {
	const before = flat(await pictureOf(machine));
	const operations = await operationsIn(machine, async (system) => {
		await attempt(system, ...typed);
	});
	return {operations, before, after: flat(await pictureOf(machine))};
};

/** Every Nth case only, unless VIRA_SETUP_POINTS=all: a number that shares nothing with how many ways there are. */
const step = env['VIRA_SETUP_POINTS'] === 'all' ? 1 : Number(env['VIRA_SETUP_POINTS'] ?? 41);

const faultsOn = async (course: Course, kind: Kind): Promise<readonly string[]> => {
	const typed = wordsOf(course, kind);
	const start = await beginning(course, kind);
	const good = await start.with((machine) => goodRun(machine, typed));
	const every = casesOf(good.operations);
	const tried = every.filter((_, index) => index % step === 0);
	const found: string[] = [];
	for (const {what, ...one} of tried)
		await start.with(async (machine) => {
			const name = `${one.at} ${what} ${one.fault}${one.stays ? ' from then on' : ''}`;
			try {
				const ended = await attempt(failing(machine, one), ...typed);
				const now = flat(await pictureOf(machine));
				found.push(...faultsIn(ended, now, good).map((fault) => `${name}: ${fault}`));
			} catch (error) {
				found.push(`${name}: ${String(error)}`);
			}
		});
	stderr.write(`${kind.name}, ${course.name}: ${tried.length} of ${every.length} failures\n`);
	return found;
};

describe.each(kinds)('on $name', (kind) => {
	test.each(courses)(
		'whatever fails, $name says truly what it leaves',
		async (course) => {
			expect(await faultsOn(course, kind)).toEqual([]);
		},
		600_000,
	);
});
