import {env} from 'node:process';
import {setImmediate} from 'node:timers/promises';
import {describe, expect, test} from '@jest/globals';
import {parseReceipt} from '../../src/platform/installed/receipt.ts';
import {attempt} from '../support/run-command.ts';
import {
	scenarios,
	differences,
	kinds,
	stageFor,
	timelessPictureOf,
	wordsOn,
	type Scenario,
	type Kind,
} from '../support/scenarios.ts';
import {operationsIn, through, type Operation} from '../support/fault-injection.ts';
import {forget} from '../support/disks.ts';
import type {Picture, Pictured} from '../support/picture-of.ts';

/** All of them, or every how many-th. */
const stride = env['VIRA_SETUP_POINTS'] === 'all' ? 1 : 13;
const limitMs = 900_000;

const changing = ['install', 'update', 'uninstall', 'uninstall --purge'] as const;

/** Where the run ends: before an operation, or after it without reporting the result. */
interface Point {
	/** From 1. */
	readonly at: number;
	readonly moment: 'before' | 'after';
}

const never = new Promise<never>(() => undefined);

/** A run that is killed at a point: later operations are not done. Returns whether it reached the point. */
const killedAt = async (
	machine: Pictured,
	words: readonly string[],
	{at, moment}: Point,
): Promise<boolean> => {
	let count = 0;
	let kill = (): void => undefined;
	const killed = new Promise<boolean>((resolve) => {
		kill = () => resolve(true);
	});
	const system = through(machine, async <T>(_: Operation, doing: () => Promise<T>): Promise<T> => {
		count += 1;
		const own = count;
		if (own > at || (own === at && moment === 'before')) {
			kill();
			return never;
		}
		const done = await doing();
		if (own < at) return done;
		kill();
		return never;
	});
	const isKilled = await Promise.race([killed, attempt(system, ...words).then(() => false)]);
	// Operations that were started in parallel have already left the process.
	for (let turn = 0; turn < 20; turn += 1) await setImmediate();
	return isKilled;
};

const isReceipt = (path: string): boolean => path.endsWith('/vira-setup/receipt.json');

const textsOf = (...pictures: readonly Picture[]): ReadonlySet<string> =>
	new Set(pictures.flatMap(({files}) => Object.values(files).map((text) => text.slice('0600 '.length))));

/** Files unlike before and after, or missing although both have them. A receipt counts if it is complete. */
const torn = (now: Picture, before: Picture, after: Picture): readonly string[] => {
	const paths = new Set([...Object.keys(now.files), ...Object.keys(before.files)]);
	return [...paths].filter((path) => {
		const text = now.files[path];
		if (text === undefined) return path in after.files;
		// A file handed over to root only has the mode of that file.
		if (path.endsWith('/vira-setup/staged')) return !textsOf(before, after).has(text.slice('0600 '.length));
		if (isReceipt(path)) return parseReceipt(text.slice('0600 '.length)) === undefined;
		return text !== before.files[path] && text !== after.files[path];
	});
};

interface Bounds {
	readonly before: Picture;
	readonly after: Picture;
}

interface Staged {
	/** The same machine, as often as it is asked for. */
	readonly fresh: () => Promise<Pictured>;
	readonly words: readonly string[];
	readonly open: Kind['open'];
}

/** The folders above the receipt are deleted last, when nothing records their creator: a kill then leaves them, empty. */
const leftOver = (paths: readonly string[], {files}: Picture): readonly string[] =>
	paths.filter(
		(path) => !(files[path]?.endsWith(' folder') && /\/\.local(?:\/state(?:\/vira-setup)?)?$/u.test(path)),
	);

const wrongAt = async (
	{fresh, words, open}: Staged,
	point: Point,
	{before, after}: Bounds,
): Promise<readonly string[]> => {
	const machine = await fresh();
	try {
		const isKilled = await killedAt(machine, words, point);
		const half = torn(await timelessPictureOf(machine), before, after);
		const again = await open(machine.folder);
		const {code, document} = await attempt(again, ...words);
		await again.sleep(5000);
		const now = await timelessPictureOf(again);
		const other = leftOver(differences(after, now), now);
		return [
			...(isKilled ? [] : ['it was not killed']),
			...half.map((path) => `torn: ${path}`),
			...(code === 0 ? [] : [`the next run ended with ${code}: ${JSON.stringify(document['error'])}`]),
			...other.map((path) => `after the next run: ${path}: ${after.files[path]} / ${now.files[path]}`),
		];
	} finally {
		forget(machine.folder);
	}
};

/** The ports in the settings, and in complete backups of them. */
const portsIn = ({files}: Picture): ReadonlySet<string> =>
	new Set(
		Object.entries(files).flatMap(([path, text]) =>
			/\/settings\.(?:[\da-f]+\.)?json$/u.test(path) ? (/"port": (\d+)/u.exec(text)?.[1] ?? []) : [],
		),
	);

/** The versions that are missing after a killed run, and after the next run that completes or undoes it. */
const lostAt = async ({fresh, words, open}: Staged, point: Point): Promise<readonly string[]> => {
	const machine = await fresh();
	try {
		const known = portsIn(await timelessPictureOf(machine));
		await killedAt(machine, words, point);
		const then = portsIn(await timelessPictureOf(machine));
		const again = await open(machine.folder);
		const {code} = await attempt(again);
		const now = portsIn(await timelessPictureOf(again));
		return [
			...(code === 0 ? [] : [`the next run ended with ${code}`]),
			...[...known].filter((port) => !then.has(port)).map((port) => `${port} is lost`),
			...[...known].filter((port) => !now.has(port)).map((port) => `${port} is lost by the next run`),
		];
	} finally {
		forget(machine.folder);
	}
};

const check = async (
	kind: Kind,
	scenario: Scenario,
): Promise<{readonly count: number; readonly wrong: readonly string[]}> => {
	const fresh = await stageFor(kind, scenario);
	const words = wordsOn(scenario, kind);
	const whole = await fresh();
	const before = await timelessPictureOf(whole);
	const operations = await operationsIn(whole, (system) => attempt(system, ...words));
	await whole.sleep(5000);
	const bounds = {before, after: await timelessPictureOf(whole)};
	const points = operations.flatMap((_, index): readonly Point[] => [
		{at: index + 1, moment: 'before'},
		{at: index + 1, moment: 'after'},
	]);
	const tried = points.filter((_, index) => index % stride === 0);
	const wrong: string[] = [];
	for (const point of tried) {
		const found = await wrongAt({fresh, words, open: kind.open}, point, bounds);
		const name = `${point.moment} ${point.at}. ${operations[point.at - 1]?.what ?? ''}`;
		wrong.push(...found.map((one) => `${name}: ${one}`));
	}
	return {count: tried.length, wrong};
};

describe.each(Object.entries<Kind>(kinds))('on %s', (name, kind) => {
	test.each(changing)(
		'killed anywhere in %s, every file is complete, and the next run does the rest',
		async (title) => {
			const {count, wrong} = await check(kind, scenarios[title]);
			process.stdout.write(`${name}, ${title}: killed at ${count} points, ${wrong.length} faults\n`);
			expect(wrong).toEqual([]);
			expect(count).toBeGreaterThan(0);
		},
		limitMs,
	);

	test(
		'killed anywhere while undoing, no version is lost',
		async () => {
			const scenario = scenarios['rollback --to 3'];
			const fresh = await stageFor(kind, scenario);
			const operations = await operationsIn(await fresh(), (system) => attempt(system, ...scenario.words));
			const wrong: string[] = [];
			for (let at = 1; at <= operations.length; at += stride)
				wrong.push(
					...(await lostAt({fresh, words: scenario.words, open: kind.open}, {at, moment: 'after'})).map(
						(one) => `${at}. ${operations[at - 1]?.what ?? ''}: ${one}`,
					),
				);
			expect(wrong).toEqual([]);
			expect(operations.length).toBeGreaterThan(stride);
		},
		limitMs,
	);
});
