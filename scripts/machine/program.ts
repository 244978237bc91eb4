import {existsSync} from 'node:fs';
import {join, resolve} from 'node:path';
import {fileURLToPath} from 'node:url';
import type {Bind} from './container.ts';

const project = fileURLToPath(new URL('../../', import.meta.url));

/** How the programs of the host are shown inside. */
export interface ShownPrograms {
	/** Path of node inside; elsewhere than on PATH, the machine is one without Node. */
	readonly node?: string;
	/** An executable that is vira-setup inside, instead of the build for Node. */
	readonly executable?: string | undefined;
}

/** Where vira-setup on PATH leads to: see recipe.ts. */
const entry = '/opt/vira-setup/entry.cjs';

/** What every machine shows of the host: node, and the program where it has been built. */
export function programBinds({
	node = '/usr/local/bin/node',
	executable = process.env['VIRA_SETUP_PROGRAM'],
}: ShownPrograms = {}): Bind[] {
	const build = [
		{from: join(project, 'dist'), to: '/opt/vira-setup'},
		// In the published package too, next to dist; without it node would not know the module type of dist.
		{from: join(project, 'package.json'), to: '/opt/package.json'},
	];
	const program = executable === undefined ? build : [{from: resolve(executable), to: entry}];
	return [{from: process.execPath, to: node}, ...program].filter(({from}) => existsSync(from));
}
