import {existsSync} from 'node:fs';
import {join} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Bind} from './container.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** What every machine shows of the host: node, and the program where it has been built. */
export function programBinds(): Bind[] {
	const binds = [
		{from: process.execPath, to: '/usr/local/bin/node'},
		{from: join(project, 'dist'), to: '/opt/vira-setup'},
		// Beside dist in the published package too; without it node would not know what kind of module dist holds.
		{from: join(project, 'package.json'), to: '/opt/package.json'},
	];
	return binds.filter(({from}) => existsSync(from));
}
