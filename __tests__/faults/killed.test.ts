import {stderr} from 'node:process';
import {describe, expect, test} from '@jest/globals';
import {halfWrittenOf} from '../../src/platform/write-whole.ts';
import {parseReceipt} from '../../src/steps/receipt.ts';
import {attempt} from '../support/attempt.ts';
import {beginning, changing, kinds, wordsOf, type Course, type Kind} from '../support/courses.ts';
import {different, flat, type Flat} from '../support/differences.ts';
import {dying} from '../support/dying-system.ts';
import {pictureOf, type Pictured} from '../support/picture-of.ts';

interface Whole {
	readonly points: readonly string[];
	readonly before: Flat;
	readonly after: Flat;
}

const look = async (machine: Pictured): Promise<Flat> => flat(await pictureOf(machine));

const wholeRun = async (machine: Pictured, typed: readonly string[]): Promise<Whole> => {
	const before = await look(machine);
	const {system, points} = dying(machine, 0);
	const {code, document} = await attempt(system, ...typed);
	expect([code, document.outcome]).toEqual([0, expect.stringMatching(/^(?:installed|updated|removed)$/u)]);
	return {points, before, after: await look(machine)};
};

const isFile = (name: string): boolean => name.startsWith('file ');

/** Between the old and the new one, there is one of a run that is under way. */
const isReceipt = (name: string, what = ''): boolean =>
	name.endsWith('/receipt.json') && parseReceipt(what.slice(what.indexOf('{')))?.state === 'pending';

/** What a kill has made of the files: all are the old ones or the new ones, but for what is still beside one of them. */
const torn = (killed: Flat, {before, after}: Whole): readonly string[] => {
	const known = Object.keys({...before, ...after}).filter(isFile);
	const paths = known.map((name) => name.slice('file '.length));
	const staged = paths.flatMap((path) =>
		path.endsWith('/receipt.json') ? [path.replace('receipt.json', 'staged')] : [],
	);
	const beside = new Set(
		[...staged, ...[...paths, ...staged].map(halfWrittenOf)].map((path) => `file ${path}`),
	);
	return different(killed, after)
		.filter(isFile)
		.filter((name) => killed[name] !== before[name] && !beside.has(name) && !isReceipt(name, killed[name]))
		.map((name) => `${name} is neither old nor new: ${killed[name] ?? 'gone'}`);
};

interface Killing {
	readonly typed: readonly string[];
	readonly whole: Whole;
	readonly point: number;
}

/** Kills the run at a point, looks, and has another process do the same on the machine that is left. */
const faultsOf = async (
	{typed, whole, point}: Killing,
	machine: Pictured,
	reopen: () => Promise<Pictured>,
): Promise<readonly string[]> => {
	const {system, dead} = dying(machine, point);
	if ((await Promise.race([dead, attempt(system, ...typed)])) !== 'dead') return ['it was not killed'];
	const next = await reopen();
	const torns = torn(await look(next), whole);
	const {code, document} = await attempt(dying(next, 0).system, ...typed);
	const wrong = different(await look(next), whole.after).map((name) => `${name} is not as after a whole run`);
	const ended = code === 0 ? [] : [`the next run ended with ${code}: ${JSON.stringify(document['error'])}`];
	return [...torns, ...ended, ...wrong];
};

const killEverywhere = async (course: Course, kind: Kind): Promise<readonly string[]> => {
	const typed = wordsOf(course, kind);
	const start = await beginning(course, kind);
	const whole = await start.with((machine) => wholeRun(machine, typed));
	const found: string[] = [];
	for (const [index, what] of whole.points.entries()) {
		const killing = {typed, whole, point: index + 1};
		const faults = await start.with((machine, folder) => faultsOf(killing, machine, () => kind.open(folder)));
		found.push(...faults.map((fault) => `${index + 1}, ${what}: ${fault}`));
	}
	stderr.write(`${kind.name}, ${course.name}: killed at ${whole.points.length} points\n`);
	return found;
};

describe.each(kinds)('on $name', (kind) => {
	test.each(changing)(
		'whenever $name is killed, every file is whole, and the next run finishes it',
		async (course) => {
			expect(await killEverywhere(course, kind)).toEqual([]);
		},
		120_000,
	);
});
