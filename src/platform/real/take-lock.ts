import {lockInFolder, type Taker} from './lock-in-folder.ts';
import type {Lock} from '../system.ts';
import {marksOf, takeMark} from './take-mark.ts';

/**
 * Takes the lock that the runs of an account share, or returns which process holds it. On Linux it needs no file, and it
 * is the same lock whatever the variables and the session of a run are. On macOS, processes cannot see this of each
 * other: there the lock is in `folder`, which belongs to the account.
 */
export const takeLock = (taker: Taker, folder: string | undefined): Promise<Lock> =>
	folder === undefined ? takeMark(taker, marksOf(taker)) : lockInFolder(taker, folder);
