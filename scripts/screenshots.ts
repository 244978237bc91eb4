import {mkdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {keys} from './terminal/screen.ts';
import {picturesOf, type Sitting} from './terminal/pictures.ts';

/** Pictures of the wizard for the README: the built program on the simulated machines, its real screen. */
const root = join(import.meta.dirname, '..');

/** What only a finished rehearsal says. */
const lastWords = 'nothing was changed on this machine.';

const sittings: readonly Sitting[] = [
	{
		words: ['--rehearse', 'linux'],
		size: {cols: 92, rows: 26},
		screens: [
			{name: 'machine', shows: 'Turn it on', then: keys.enter},
			{name: 'options', shows: 'Hostname', then: keys.enter},
			{name: 'preview', shows: 'reachable from', then: keys.ctrlC},
		],
	},
	{
		words: ['--rehearse', 'macos'],
		size: {cols: 80, rows: 24},
		screens: [
			{name: 'mac-options', shows: 'Hostname', then: keys.enter},
			{name: 'mac-preview', shows: 'reachable from', then: keys.enter},
			{name: 'mac-installed', shows: lastWords},
		],
	},
	{
		words: ['--rehearse', 'macos-headless'],
		size: {cols: 80, rows: 24},
		screens: [
			{name: 'mac-headless-machine', shows: 'Install now', then: keys.enter},
			{name: 'mac-headless-options', shows: 'Hostname', then: keys.enter},
			{name: 'mac-headless-preview', shows: 'reachable from', then: keys.enter},
			{name: 'mac-headless-installed', shows: lastWords},
		],
	},
];

/** `--check`: says which pictures are stale instead of drawing them. */
const check = process.argv.includes('--check');
const stale: string[] = [];
const drawn = await Promise.all(sittings.map((sitting) => picturesOf(join(root, 'dist', 'cli.js'), sitting)));
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
