import {answerOf} from '../answer-of.ts';
import {look} from '../look.ts';
import type {System} from '../system.ts';

const othersMayWrite = 0o022;

/** Whether nobody but this account can put anything there. */
const isOwn = async (system: Pick<System, 'inspect' | 'user'>, path: string): Promise<boolean> => {
	const found = await look(system, path);
	return (
		found?.leadsTo === 'folder' && found.owner === system.user.uid && (found.mode & othersMayWrite) === 0
	);
};

/**
 * The folder that TMPDIR leads to on macOS, where it is set (confstr(3)): a run without it has to meet the others all
 * the same. Where getconf(1) does not answer, `temporary` has to be the account's own, as it is there.
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
