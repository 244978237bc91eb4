import {spawn} from '@lydell/node-pty';
import {keys, Screen} from './terminal/screen.ts';
const pty = spawn(process.execPath, ['/work/wt/ink19/dist/cli.js', '--simulate', 'linux', '--simulation-folder', '/tmp/try-machine4'], {name: 'xterm-256color', cols: 80, rows: 24});
let all = '';
pty.onData((d) => { all += d; });
const screen = new Screen(pty);
const pause = (ms: number) => new Promise((r) => setTimeout(r, ms));
setTimeout(() => { console.log(screen.text); process.exit(1); }, 25000);
await screen.shows('Turn it on'); screen.press(keys.enter); await screen.shows('Hostname'); screen.press(keys.down); await screen.shows('› Hostname'); 
for (let i = 0; i < 20; i++) { all = ''; const t = performance.now(); screen.press(i % 2 ? keys.backspace : 'x'); while (all === '' && performance.now() - t < 3000) await pause(1); console.log((performance.now() - t).toFixed(0), all.length, JSON.stringify(all.slice(-200))); await pause(80); }
process.exit(0);
