import {look} from '../paths.ts';
import {answerOf} from '../run-result.ts';
import type {System} from '../system.ts';

const othersMayWrite = 0o022;

/** Whether only this account can write there. */
const isOwn = async (system: Pick<System, 'inspect' | 'user'>, path: string): Promise<boolean> => {
	const found = await look(system, path);
	return (
		found?.leadsTo === 'folder' && found.owner === system.user.uid && (found.mode & othersMayWrite) === 0
	);
};

/**
 * The folder that TMPDIR is set to on macOS (confstr(3)): runs with and without the variable have to use the same folder.
 * If getconf(1) fails, `temporary` is only used if it belongs to this account alone.
 */
export const ownTemporary = async (
	system: Pick<System, 'inspect' | 'run' | 'user'>,
	temporary: string,
): Promise<string> => {
	const result = await system.run(['/usr/bin/getconf', 'DARWIN_USER_TEMP_DIR'], {timeoutMs: 5000});
	const folder = answerOf(result)?.trim();
	if (folder?.startsWith('/')) return folder;
	return (await isOwn(system, temporary)) ? temporary : `${system.user.home}/Library`;
};
