import type {RunResult} from '../../platform/system.ts';
import type {MachineState} from '../machine-state.ts';
import {failed} from '../result.ts';

/** Before this version, `--user` showed an empty journal for an account without a journal file of its own. */
const tellsOfNoOwnJournal = 254;

/** Accounts below it are system accounts, for which journald has no separate files (SYSTEM_UID_MAX of login.defs(5)). */
const firstPerson = 1000;

/**
 * What journalctl finds, as measured with systemd 247, 252 and 257: the files exist and are readable, no existing file is
 * readable, or there are no files, which it treats as an empty journal.
 */
export const journalAccess = (state: MachineState, ownFileOnly: boolean): 'lines' | 'denied' | 'none' => {
	const {journalKept, journalReadable, inJournalGroup, user, systemd = 0} = state;
	if (!journalKept) return 'none';
	if (journalReadable && user.uid >= firstPerson) return 'lines';
	const isOld = systemd < tellsOfNoOwnJournal;
	if (inJournalGroup) return ownFileOnly && (isOld || !journalReadable) ? 'none' : 'lines';
	return ownFileOnly && journalReadable && isOld ? 'none' : 'denied';
};

const hint = `Hint: You are currently not seeing messages from the system.
      Users in groups 'adm', 'systemd-journal' can see all messages.
      Pass -q to turn off this notice.
`;

/** No journal file can be opened. */
export const denied = (quiet: boolean): RunResult =>
	failed(`${quiet ? '' : hint}No journal files were opened due to insufficient permissions.`);
