import {spawn} from '@lydell/node-pty';
import {keys, Screen} from './terminal/screen.ts';
const pty = spawn(process.execPath, [process.argv[2] ?? '/work/wt/ink19/dist/cli.js', '--simulate', 'macos-headless', '--simulation-folder', '/tmp/mh' + Date.now()], {name: 'xterm-256color', cols: 80, rows: 24});
let t0 = 0;
pty.onData((d) => { if (t0) console.log((performance.now() - t0).toFixed(0), d.length, JSON.stringify(d.replaceAll(/\u001B\[[\d;?]*[a-zA-Z]/g, '').slice(0, 150))); });
const screen = new Screen(pty);
await screen.shows('Install now'); screen.press(keys.enter); await screen.shows('Hostname'); screen.press(keys.enter); await screen.shows('install'); t0 = performance.now(); screen.press(keys.enter);
await new Promise((r) => pty.onExit(r));
process.exit(0);
