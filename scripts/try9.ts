import {spawn} from '@lydell/node-pty';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {keys, Screen} from './terminal/screen.ts';
import {repositories} from './bench/repositories.ts';
const folder = mkdtempSync('/tmp/cpu-');
const config = `${folder}/x.json`;
writeFileSync(config, JSON.stringify({initialState: {repositories: repositories(10)}}));
const pty = spawn(process.execPath, ['--import', '/tmp/hook.mjs', '/work/wt/ink19/dist/cli.js', '--simulate', 'linux', '--simulation-folder', `${folder}/m`, '--config', config], {name: 'xterm-256color', cols: 80, rows: 24});
const screen = new Screen(pty);
await screen.shows('Turn it on'); screen.press(keys.enter); await screen.shows('Hostname');
screen.press('/', 'repositories', keys.enter, keys.right, keys.down); await screen.shows(/› repository-/);
const pause = (ms: number) => new Promise((r) => setTimeout(r, ms));
await pause(500);
for (let i = 0; i < 6; i++) { const b = screen.text; screen.press(i % 2 ? keys.up : keys.down); await screen.leaves(b); console.log(performance.now().toFixed(0), screen.text.split('\n').filter((l) => l.includes('›')).join('|'), screen.text.split('\n')[2]); await pause(400); console.log(screen.text.split('\n').filter((l) => l.includes('›')).join('|'), screen.text.split('\n')[2]); }
screen.press(keys.ctrlC);
await new Promise((r) => pty.onExit(r));
process.exit(0);
