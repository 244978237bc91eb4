import {spawn} from '@lydell/node-pty';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {keys, Screen} from './terminal/screen.ts';
import {repositories} from './bench/repositories.ts';
const tells = 'data:text/javascript,process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write(`\\nCPU ${(u.userCPUTime+u.systemCPUTime)/1000} end\\n`)})';
const folder = mkdtempSync('/tmp/cpu-');
const run = async (dir: string, count: number, place: 'field' | 'list', presses: number): Promise<[number, number]> => {
	const config = `${folder}/${count}.json`;
	writeFileSync(config, JSON.stringify({initialState: {repositories: repositories(count)}}));
	const prof = process.argv.includes('--prof') && presses > 0 ? ['--cpu-prof', '--cpu-prof-dir=/tmp/prof'] : [];
	const pty = spawn(process.execPath, [...prof, '--import', tells, dir + '/dist/cli.js', '--simulate', 'linux', '--simulation-folder', `${folder}/m`, '--config', config], {name: 'xterm-256color', cols: 80, rows: 24});
	let all = '';
	pty.onData((d) => { all += d; });
	const screen = new Screen(pty);
	await screen.shows('Turn it on'); screen.press(keys.enter); await screen.shows('Hostname');
	if (place === 'field') { screen.press(keys.down); await screen.shows(/› Hostname/); }
	else { screen.press('/', 'repositories', keys.enter, keys.right, keys.down); await screen.shows(/› repository-/); }
	await new Promise((r) => setTimeout(r, 300));
	const two = place === 'field' ? ['x', keys.backspace] : [keys.down, keys.up];
	let bytes = 0; let frames = 0;
	for (let i = 0; i < presses; i++) { const before = screen.text; const at = all.length; screen.press(two[i % 2]!); await screen.leaves(before); bytes += all.length - at; frames += all.slice(at).split("[?2026h").length - 1; }
	screen.press(keys.ctrlC);
	await new Promise((r) => pty.onExit(r));
	console.log("frames", frames); return [Number(/CPU ([\d.]+)/.exec(all)?.[1]), bytes / Math.max(1, presses)];
};
for (const count of process.argv.includes("--prof") ? [1000] : [10, 1000, 10000]) for (const place of (process.argv.includes("--prof") ? ["list"] : ["field", "list"]) as ("list" | "field")[]) for (const dir of process.argv.includes('--both') ? ['/work/main', '/work/wt/ink19'] : ['/work/wt/ink19']) {
	const [zero] = await run(dir, count, place, 0); const [many, bytes] = await run(dir, count, place, 100);
	console.log(dir, count, place, 'CPU ms per key', ((many - zero) / 100).toFixed(2), 'bytes', bytes.toFixed(0));
}
process.exit(0);
