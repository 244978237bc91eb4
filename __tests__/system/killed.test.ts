import {env} from 'node:process';
import {fileURLToPath} from 'node:url';
import {expect, test} from '@jest/globals';
import {bootMachine, type Machine} from '../../scripts/machine/machine.ts';
import {installVira} from '../../scripts/machine/stand-in.ts';
import {lingers, pageSoonAt, pictureOf, vira} from '../support/alice.ts';
import {describeOnNode} from '../support/where-installed.ts';
import {halfWrittenOf} from '../../src/platform/real/text-files.ts';

const faults = fileURLToPath(new URL('../support/faults.mjs', import.meta.url));
const faultsInside = '/opt/faults.mjs';
const pointsFile = '/tmp/points.json';
const receipt = '/home/alice/.local/state/vira-setup/receipt.json';
const state = '/home/alice/.local/share/vira/state';

const install = ['vira-setup', '--non-interactive', '--repository', 'a=https://x/a'];
const update = [...install, '--port', '8443', '--environment', 'API_TOKEN=hunter2hunter2'];
const uninstall = ['vira-setup', 'uninstall', '--non-interactive', '--disable-linger'];

type Picture = Readonly<Record<string, string>>;

const boot = async (): Promise<Machine> => {
	const machine = await bootMachine({binds: [{from: faults, to: faultsInside}]});
	await installVira(machine, vira);
	return machine;
};

const must = async (machine: Machine, words: readonly string[]): Promise<void> => {
	const {exitCode, stdout, stderr} = await machine.run(words, {as: 'alice'});
	if (exitCode !== 0) throw new Error(`${words.join(' ')} ended with ${exitCode}:\n${stdout}${stderr}`);
};

const withFaults = (machine: Machine, words: readonly string[], settings: Record<string, string>) =>
	machine.run(words, {as: 'alice', env: {NODE_OPTIONS: `--import ${faultsInside}`, ...settings}});

/** Times occur in the receipt, and in Vira's own files in its state. */
const compared = (picture: Picture): Picture =>
	Object.fromEntries(
		Object.entries(picture)
			.filter(([path]) => !path.startsWith(`${state}/`))
			.map(([path, what]) => [path, path === receipt ? what.split(' ').slice(0, 3).join(' ') : what]),
	);

/** Every path that a kill may show: as before, as after, or missing because it is in only one of them. */
const strangers = (picture: Picture, before: Picture, after: Picture): readonly string[] => {
	const halfWritten = new Set(Object.keys({...before, ...after}).map(halfWrittenOf));
	return Object.entries(picture).flatMap(([path, what]) =>
		what === before[path] || what === after[path] || halfWritten.has(path) ? [] : [`${path}: ${what}`],
	);
};

const missing = (picture: Picture, before: Picture, after: Picture): readonly string[] =>
	Object.keys(before).filter((path) => path in after && !(path in picture));

/**
 * The folders above the receipt are the last to be deleted, when nothing records their creator: a kill right then
 * leaves them, empty.
 */
const withoutLast = (picture: Picture): Picture =>
	Object.fromEntries(
		Object.entries(picture).filter(
			([path, what]) => !(what.startsWith('d ') && receipt.startsWith(`${path}/`)),
		),
	);

interface Change {
	readonly name: string;
	/** What brings the machine to the start of the change. */
	readonly first: readonly (readonly string[])[];
	readonly command: readonly string[];
}

const changes: readonly Change[] = [
	{name: 'install', first: [], command: install},
	{name: 'update', first: [install], command: update},
	{name: 'uninstall', first: [install], command: uninstall},
];

interface Course {
	readonly points: readonly string[];
	readonly before: Picture;
	readonly after: Picture;
	readonly url: string;
}

/** The change without a kill: its points, and the resulting machine. */
const courseOf = async ({first, command}: Change): Promise<Course> => {
	const machine = await boot();
	try {
		for (const words of first) await must(machine, words);
		const before = compared(await pictureOf(machine));
		const {exitCode, stderr} = await withFaults(machine, command, {POINTS_TO: pointsFile});
		if (exitCode !== 0) throw new Error(stderr);
		return {
			points: JSON.parse(await machine.readFile(pointsFile)) as readonly string[],
			before,
			after: compared(await pictureOf(machine)),
			url: `https://localhost:${command === update ? 8443 : 5005}/`,
		};
	} finally {
		await machine.destroy();
	}
};

/** Points that a run did not reach: how often it requests the page depends on the machine's speed. */
const tooLate = new Set<string>();

/** Kills the change at a point, checks, and lets the next run finish it; returns the differences. */
const faultsAt = async (point: number, change: Change, course: Course): Promise<readonly string[]> => {
	const {first, command} = change;
	const {before, after, points, url} = course;
	const machine = await boot();
	try {
		for (const words of first) await must(machine, words);
		const {exitCode} = await withFaults(machine, command, {KILL_AT: String(point)});
		const killed = compared(await pictureOf(machine));
		await must(machine, command);
		const finished = compared(await pictureOf(machine));
		const isThere = command !== uninstall;
		const found = [
			...(exitCode === 137 || exitCode === 0 ? [] : [`it was not killed: ${exitCode}`]),
			...strangers(killed, before, after),
			...missing(killed, before, after),
			...strangers(isThere ? finished : withoutLast(finished), after, after),
			...missing(finished, after, after),
			...((await lingers(machine)) === isThere ? [] : ['lingering']),
			...((await pageSoonAt(machine, url)) === (isThere ? '200' : 'refused') ? [] : ['the page']),
		];
		if (exitCode === 0) tooLate.add(`${change.name} ${point}`);
		return found.map((one) => `${point}, ${points[point - 1]}: ${one}`);
	} catch (error) {
		return [`${point}, ${points[point - 1]}: ${String(error)}`];
	} finally {
		await machine.destroy();
	}
};

/** Every Nth point only, unless VIRA_SETUP_POINTS=all: each takes a machine of its own. */
const step = env['VIRA_SETUP_POINTS'] === 'all' ? 1 : Number(env['VIRA_SETUP_POINTS'] ?? 45);
const atOnce = 4;

/** The points with a change: a kill during a check changes nothing. */
const changing = (points: readonly string[]): number =>
	points.findIndex((point) => !point.startsWith('before run') && !point.startsWith('after run')) + 1;

describeOnNode('killed anywhere, every file is complete, and the next run finishes it', () => {
	test.each(changes)(
		'$name',
		async (change) => {
			const course = await courseOf(change);
			const wanted = course.points.flatMap((_, index) => (index % step === 0 ? [index + 1] : []));
			const left = [...new Set([...wanted, changing(course.points), course.points.length])];
			const [count, found]: [number, string[]] = [left.length, []];
			const work = async (): Promise<void> => {
				for (let point = left.shift(); point !== undefined; point = left.shift())
					found.push(...(await faultsAt(point, change, course)));
			};
			await Promise.all(Array.from({length: atOnce}, work));
			process.stderr.write(`${change.name}: killed at ${count} of ${course.points.length} points\n`);
			expect(found).toEqual([]);
			expect([...tooLate].filter((one) => one.startsWith(change.name)).length).toBeLessThan(4);
		},
		7_200_000,
	);
});
