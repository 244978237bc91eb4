import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {spawn} from '@lydell/node-pty';
import {keys, Screen} from './terminal/screen.ts';
import {screenSvg} from './terminal/svg.ts';

/** Pictures of the wizard for the README: the built program on the simulated machine, its real screen. */
const root = join(import.meta.dirname, '..');
const size = {cols: 92, rows: 26};

const pty = spawn(process.execPath, [join(root, 'dist', 'cli.js'), '--rehearse', 'linux'], {
	...size,
	name: 'xterm-256color',
	cwd: '/',
	env: {...process.env, TERM: 'xterm-256color', FORCE_COLOR: '1'},
});
const screen = new Screen(pty);

/** Each screen, what it is known by, and the key that leads to the next. */
const screens = [
	['machine', 'Turn it on', keys.enter],
	['options', 'Hostname', keys.enter],
	['preview', 'reachable from', keys.ctrlC],
] as const;

await mkdir(join(root, 'assets'), {recursive: true});
for (const [name, title, key] of screens) {
	await screen.shows(title);
	await writeFile(join(root, 'assets', `${name}.svg`), screenSvg(screen.cells, size));
	screen.press(key);
}
await new Promise((resolve) => pty.onExit(resolve));
process.exit(0);
