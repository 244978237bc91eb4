import {lockInFolder, type Taker} from './lock-in-folder.ts';
import type {Lock} from './system.ts';
import {marksOf, takeMark} from './take-mark.ts';

/**
 * Takes the lock that the runs of an account share, or says which process has it. On Linux nothing is written for it,
 * and the same lock is met whatever the variables and the session of a run are. macOS shows no process to others: there
 * it is in `folder`, which is the account's own.
 */
export const takeLock = (taker: Taker, folder: string | undefined): Promise<Lock> =>
	folder === undefined ? takeMark(taker, marksOf(taker)) : lockInFolder(taker, folder);
