import type {AgentFile, Mac} from '../facts.ts';
import type {Domain} from './launchctl.ts';

/** Whether others than its owner can write to it. */
export const mayOthersWrite = ({mode}: Pick<AgentFile, 'mode'>): boolean => (mode & 0o022) !== 0;

/** launchd refuses a file that others can write to, now and at boot (launchd.plist(5), FILES). */
export const isTrusted = ({user}: Mac, domain: Domain, file: Pick<AgentFile, 'mode' | 'owner'>): boolean =>
	!mayOthersWrite(file) && file.owner === (domain === 'system' ? 0 : user.uid);
