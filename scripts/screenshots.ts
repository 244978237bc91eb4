import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {keys} from './terminal/screen.ts';
import {picturesOf, type Sitting} from './terminal/pictures.ts';
import {recordingOf} from './terminal/recording.ts';

/** Pictures of the wizard for the README: the built program on the simulated machines, its real screen. */
const root = join(import.meta.dirname, '..');

/** What only a finished simulation says. */
const ending = 'Nothing on this machine changed.';

const folder = mkdtempSync(join(tmpdir(), 'vira-setup-screenshots-'));
process.on('exit', () => rmSync(folder, {recursive: true, force: true}));

/** A simulated machine on which something has been run before, with a Vira that behaves as it is told. */
const kept = (name: string, words: readonly string[], behaviour = 'well'): string => {
	const machine = join(folder, name);
	const program = join(root, 'dist', 'entry.cjs');
	const all = [program, '--simulate', 'linux', '--simulation-folder', machine, '--non-interactive', ...words];
	execFileSync(process.execPath, all, {stdio: 'ignore'});
	const path = join(machine, 'machine.json');
	const state = JSON.parse(readFileSync(path, 'utf8')) as {vira: {behaviour: string}};
	state.vira.behaviour = behaviour;
	writeFileSync(path, JSON.stringify(state));
	return machine;
};

const firstRun: Sitting = {
	words: ['--simulate', 'linux'],
	size: {cols: 92, rows: 26},
	screens: [
		{name: 'machine', shows: 'Builds: ready', then: keys.enter},
		{name: 'options', shows: 'Hostname', then: keys.enter},
		{name: 'preview', shows: 'Reachable from', then: keys.enter},
		{name: 'installed', shows: ending},
	],
};

const sittings: readonly Sitting[] = [
	firstRun,
	{
		words: ['--simulate', 'linux', '--simulation-folder', kept('installed', ['--port', '5006'])],
		size: {cols: 92, rows: 30},
		screens: [
			{name: 'overview', shows: 'Change the settings', then: 'u'},
			{name: 'uninstall', shows: 'To be removed', then: keys.ctrlC},
		],
	},
	{
		words: ['--simulate', 'linux', '--simulation-folder', kept('bad', ['--dry-run'], 'exits-at-once')],
		size: {cols: 92, rows: 26},
		screens: [
			{shows: 'Turn it on', then: keys.enter},
			{shows: 'Hostname', then: keys.enter},
			{shows: 'Reachable from', then: keys.enter},
			{name: 'failed', shows: 'try again', then: 'q'},
		],
	},
	{
		words: ['--simulate', 'macos'],
		size: {cols: 80, rows: 24},
		screens: [
			{name: 'mac-options', shows: 'Builds: ready', then: keys.enter},
			{name: 'mac-preview', shows: 'Reachable from', then: keys.enter},
			{name: 'mac-installed', shows: ending},
		],
	},
	{
		words: ['--simulate', 'macos-headless'],
		size: {cols: 80, rows: 24},
		screens: [
			{name: 'mac-headless-machine', shows: 'Install now', then: keys.enter},
			{name: 'mac-headless-options', shows: 'Hostname', then: keys.enter},
			{name: 'mac-headless-preview', shows: 'Reachable from', then: keys.enter},
			{name: 'mac-headless-installed', shows: ending},
		],
	},
];

/** `--check`: says which pictures are stale instead of drawing them. */
const check = process.argv.includes('--check');
const stale: string[] = [];
const program = join(root, 'dist', 'entry.cjs');
const drawn = await Promise.all([
	recordingOf(program, firstRun, 'first-run'),
	...sittings.map((sitting) => picturesOf(program, sitting)),
]);
await mkdir(join(root, 'assets'), {recursive: true});
for (const {name, svg} of drawn.flat()) {
	const target = join(root, 'assets', `${name}.svg`);
	const present = await readFile(target, 'utf8').catch(() => undefined);
	if (present === svg) continue;
	stale.push(`assets/${name}.svg`);
	if (!check) await writeFile(target, svg);
}
if (check && stale.length > 0) console.error(`Stale, run npm run screenshots: ${stale.join(', ')}`);
process.exit(check && stale.length > 0 ? 1 : 0);
