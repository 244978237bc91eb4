import type {AgentFile, Mac} from '../../platform/facts.ts';
import type {Domain} from '../../platform/macos/launchctl.ts';

/** Whether somebody else than its owner may have written it. */
export const mayOthersWrite = ({mode}: Pick<AgentFile, 'mode'>): boolean => (mode & 0o022) !== 0;

/** launchd takes no file that somebody else may have written (launchd.plist(5), FILES): not now, and not at a start. */
export const isTrusted = ({user}: Mac, domain: Domain, file: Pick<AgentFile, 'mode' | 'owner'>): boolean =>
	!mayOthersWrite(file) && file.owner === (domain === 'system' ? 0 : user.uid);
