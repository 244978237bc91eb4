import {mkdtempSync} from 'node:fs';
import {keyToFrame} from './bench/key-to-frame.ts';
const folder = mkdtempSync('/tmp/ktf-');
for (let round = 0; round < 2; round++)
for (const count of [10, 1000, 10000]) for (const place of ['field', 'list'] as const)
	for (const dir of ['/work/main', '/work/wt/ink19'])
		console.log(dir, count, place, (await keyToFrame(dir + '/dist/cli.js', {place, count, presses: 20, folder})).toFixed(1));
process.exit(0);
