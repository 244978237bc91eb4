import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {buildStandIn} from '../../__tests__/support/build-vira.ts';
import type {Machine} from './machine.ts';

/** Puts the stand-in for Vira where a user would have it; `node`: what runs it, if that is not on PATH. */
export async function installVira(
	machine: Machine,
	path = '/home/alice/.local/bin/vira',
	node?: string,
): Promise<void> {
	const folder = await mkdtemp(join(tmpdir(), 'vira-setup-stand-in-'));
	try {
		const built = await buildStandIn(join(folder, 'vira'), node);
		const owner = path.startsWith('/home/alice/') ? 'alice' : 'root';
		await machine.copyIn(built, path, {mode: '755', owner});
	} finally {
		await rm(folder, {recursive: true, force: true});
	}
}
