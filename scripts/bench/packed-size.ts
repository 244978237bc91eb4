import {execFileSync} from 'node:child_process';
import {join} from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** What `npm install` fetches, in bytes. */
export const packedSize = (): number => {
	const told = execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
		cwd: root,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	const [{size}] = JSON.parse(told) as [{readonly size: number}];
	return size;
};
