import {spawn} from '@lydell/node-pty';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {keys, Screen} from './terminal/screen.ts';
import {repositories} from './bench/repositories.ts';
const folder = mkdtempSync('/tmp/wall-');
const run = async (dir: string, count: number, place: 'field' | 'list') => {
	const config = `${folder}/${count}.json`;
	writeFileSync(config, JSON.stringify({initialState: {repositories: repositories(count)}}));
	const pty = spawn(process.execPath, [dir + '/dist/cli.js', '--simulate', 'linux', '--simulation-folder', `${folder}/m`, '--config', config], {name: 'xterm-256color', cols: 80, rows: 24});
	const screen = new Screen(pty);
	await screen.shows('Turn it on'); screen.press(keys.enter); await screen.shows('Hostname');
	if (place === 'field') { screen.press(keys.down); await screen.shows(/› Hostname/); }
	else { screen.press('/', 'repositories', keys.enter, keys.right, keys.down); await screen.shows(/› repository-/); }
	await new Promise((r) => setTimeout(r, 300));
	const two = place === 'field' ? ['x', keys.backspace] : [keys.down, keys.up];
	const times: number[] = [];
	for (let i = 0; i < 100; i++) { await new Promise((r) => setTimeout(r, 60)); const b = performance.now(); const done = new Promise<void>((r) => { const t = setTimeout(r, 400); const {dispose} = pty.onData(() => { clearTimeout(t); dispose(); r(); }); }); screen.press(two[i % 2]!); await done; if (i > 30) times.push(performance.now() - b); }
	pty.kill('SIGKILL');
	const s = times.toSorted((x, y) => x - y);
	return `p10 ${s[Math.floor(s.length / 10)]!.toFixed(1)} p25 ${s[Math.floor(s.length / 4)]!.toFixed(1)} median ${s[Math.floor(s.length / 2)]!.toFixed(1)}`;
};
for (const count of [1000, 10000]) for (const place of ['field', 'list'] as const) for (const dir of ['/work/main', '/work/wt/ink19']) console.log(dir, count, place, await run(dir, count, place));
process.exit(0);
