import {spawn} from '@lydell/node-pty';
import {keys, Screen} from './terminal/screen.ts';
let bad = 0;
for (let i = 0; i < 25; i++) {
	const pty = spawn(process.execPath, ['/work/wt/ink19/dist/cli.js', '--simulate', 'linux', '--simulation-folder', `/tmp/loop-${process.pid}-${i}`], {name: 'xterm-256color', cols: 200, rows: 60});
	let all = '';
	pty.onData((d) => { all += d; });
	const screen = new Screen(pty);
	await screen.shows(/^.*\[1(?:\/4)? Machine\](?![^]*Checking this machine)/u);
	const at = all.length;
	screen.press(keys.enter);
	const ok = await Promise.race([screen.shows(/\[2 Options\]/).then(() => true), new Promise((r) => setTimeout(() => r(false), 6000))]);
	if (!ok) { bad++; console.log('BAD', i, JSON.stringify(all.slice(at - 200)), all.length); screen.press('x'); await new Promise((r) => setTimeout(r, 1000)); console.log('after x', all.length); screen.press(keys.down); await new Promise((r) => setTimeout(r, 1000)); console.log('after down', all.length, screen.text.slice(0, 250)); }
	pty.kill('SIGKILL');
}
console.log('bad', bad);
process.exit(0);
