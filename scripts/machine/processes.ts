import {readFile} from 'node:fs/promises';

/** The processes a process has started. */
export async function childrenOf(id: number): Promise<number[]> {
	const children = await readFile(`/proc/${id}/task/${id}/children`, 'utf8').catch(() => '');
	return children.split(' ').filter(Boolean).map(Number);
}

/** The systemd that a process, or one it has started, runs as a PID 1 of its own. */
export async function systemdUnder(id: number): Promise<number | undefined> {
	for (const child of await childrenOf(id)) {
		const found = (await isSystemd(child)) ? child : await systemdUnder(child);
		if (found !== undefined) return found;
	}
	return undefined;
}

async function isSystemd(id: number): Promise<boolean> {
	const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
	// Until it has become systemd it may still see the file system of the host.
	return /^Name:\t(systemd|init)$/m.test(status) && /^NSpid:.*\t1$/m.test(status);
}
