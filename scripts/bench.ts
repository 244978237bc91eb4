import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {format} from 'prettier';
import {firstFrame} from './bench/first-frame.ts';
import {keyBytes} from './bench/key-bytes.ts';
import {keyToFrame, type Place} from './bench/key-to-frame.ts';
import {manySecrets} from './bench/many-secrets.ts';
import {nodeRun} from './bench/node-run.ts';
import {packedSize} from './bench/packed-size.ts';
import {performancePage, type Figure} from './bench/page.ts';
import {planning} from './bench/planning.ts';
import {sideBySide} from './bench/side-by-side.ts';
import {smallestInk} from './bench/smallest-ink.ts';

/** Measures the built program, and writes docs/performance.md. */
const root = join(import.meta.dirname, '..');
const program = join(root, 'dist', 'entry.cjs');
const executable = join(root, 'build', 'binary', `vira-setup-${process.platform}-${process.arch}`);
const folder = await mkdtemp(join(tmpdir(), 'vira-setup-bench-'));

const figure = (what: string, [value, limit]: readonly [number, number], unit: string): Figure => {
	const digits = ['times', 's'].includes(unit) ? 2 : unit === 'ms' ? 1 : 0;
	const told = {
		what,
		measured: Number.isFinite(value) ? `${value.toFixed(digits)} ${unit}` : 'not within 25 s',
		limit: `${limit} ${unit}`,
		holds: value <= limit,
	};
	console.log(`${told.holds ? '✔' : '✖'} ${what}: ${told.measured} (at most ${told.limit})`);
	return told;
};

const startUp = async (): Promise<readonly Figure[]> => {
	const installed = [
		program,
		'--simulate',
		'linux',
		'--simulation-folder',
		join(folder, 'installed'),
		'--non-interactive',
	];
	await nodeRun(installed)();
	const {ms, others} = await sideBySide(
		nodeRun(['-e', '0']),
		{
			version: nodeRun([program, '--version']),
			help: nodeRun([program, '--help']),
			same: nodeRun(installed),
			versionAlone: nodeRun(['--version'], executable),
			helpAlone: nodeRun(['--help'], executable),
			sameAlone: nodeRun(installed.slice(1), executable),
		},
		25,
	);
	console.log(`  node -e 0: ${ms.toFixed(1)} ms`);
	return [
		figure('`--version`, against `node -e 0`', [others.version.ratio, 1.4], 'times'),
		figure('`--help`, against `node -e 0`', [others.help.ratio, 1.4], 'times'),
		figure(
			'a scripted run that changes nothing (simulated), against `node -e 0`',
			[others.same.ratio, 2.5],
			'times',
		),
		figure(
			'`--version` of the executable without Node, the same way',
			[others.versionAlone.ratio, 1.4],
			'times',
		),
		figure('`--help` of the executable', [others.helpAlone.ratio, 1.4], 'times'),
		figure('that scripted run with the executable', [others.sameAlone.ratio, 2.5], 'times'),
	];
};

const frames = async (): Promise<readonly Figure[]> => {
	const wizard = [program, '--simulate', 'linux', '--simulation-folder', join(folder, 'frames')];
	const {ms, others} = await sideBySide(
		firstFrame([await smallestInk(join(folder, 'smallest'))]),
		{wizard: firstFrame(wizard)},
		20,
	);
	console.log(`  the smallest program of Ink: ${ms.toFixed(1)} ms`);
	return [
		figure(
			"the wizard's first frame, against that of a minimal Ink program",
			[others.wizard.ratio, 1.3],
			'times',
		),
	];
};

const places: Readonly<Record<Place, string>> = {
	field: 'in a field of the Options step',
	list: 'in the open list of repositories',
};

const typing = async (): Promise<readonly Figure[]> => {
	const limits = [
		[10, 16],
		[1000, 16],
		[10_000, 33],
	] as const;
	const figures: Figure[] = [];
	for (const [count, limit] of limits)
		for (const [place, where] of Object.entries(places)) {
			const ms = await keyToFrame(program, {place: place as Place, count, presses: 30, folder});
			figures.push(
				figure(`from a key press ${where} to the next frame, ${count} repositories`, [ms, limit], 'ms'),
			);
		}
	return figures;
};

const bytes = async (): Promise<readonly Figure[]> => {
	const words = [program, '--simulate', 'linux', '--simulation-folder', join(folder, 'bytes')];
	const kinds = await keyBytes(words);
	return kinds.map(({what, median, largest}) =>
		figure(`sent after ${what}, 80×24, median (largest: ${largest} bytes)`, [median, 600], 'bytes'),
	);
};

const planned = async (): Promise<readonly Figure[]> => {
	const {firstMs, ms} = await planning(folder, {count: 10_000, rounds: 15});
	return [
		figure('plan and preview with 10,000 repositories, the first time', [firstMs, 200], 'ms'),
		figure('the same, median of 15 runs', [ms, 200], 'ms'),
	];
};

const hidden = (): readonly Figure[] => {
	const {seconds, megabytes} = manySecrets(program, {folder, rounds: 5});
	const what = '10,000 URLs with tokens, 1,000 secret variables and 100 extra packages';
	return [
		figure(`a scripted plan with ${what}, from start to exit`, [seconds, 2], 's'),
		figure('its peak memory', [megabytes, 300], 'MB'),
	];
};

try {
	const figures = [
		...(await startUp()),
		...(await frames()),
		...(await typing()),
		...(await bytes()),
		...(await planned()),
		...hidden(),
		figure('the packed package', [packedSize() / 1000, 512], 'kB'),
	];
	const path = join(root, 'docs', 'performance.md');
	await writeFile(path, await format(performancePage(figures), {parser: 'markdown', proseWrap: 'preserve'}));
} finally {
	await rm(folder, {recursive: true, force: true});
}
process.exit(0);
