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
		// In the published package too, next to dist; without it node would not know the module type of dist.
		{from: join(project, 'package.json'), to: '/opt/package.json'},
	];
	return binds.filter(({from}) => existsSync(from));
}
