import {unitOf, type Machine} from '../machine.ts';
import type {JournalLine, MachineState} from '../machine-state.ts';
import {bootId} from '../fixtures.ts';
import {stripVTControlCharacters} from 'util';

/** How many lines of a unit are kept. */
const keptLines = 400;

export const log = (machine: Machine, unit: string, line: Omit<JournalLine, 'at'>): void => {
	const {state} = machine;
	const {invocation} = unitOf(machine, unit);
	const lines = line.text.split('\n').map((text) => ({invocation, ...line, at: state.clock, text}));
	state.journal[unit] = [...(state.journal[unit] ?? []), ...lines].slice(-keptLines);
};

/** What the user manager logs about a unit. */
export const managerSays = (machine: Machine, unit: string, text: string): void =>
	log(machine, unit, {by: 'systemd', pid: 912, text});
/** Lines of the user manager, and its lines as the process that it is about to execute. */
const isManagers = ({by}: JournalLine): boolean => by === 'systemd' || by.startsWith('(');

/** Fields of systemd.journal-fields(7); undefined: the line does not have that field. */
const fieldsOf = (line: JournalLine, {user}: MachineState): Readonly<Record<string, string>> => ({
	_PID: String(line.pid),
	_UID: String(user.uid),
	_BOOT_ID: bootId.replaceAll('-', ''),
	_TRANSPORT: isManagers(line) ? 'journal' : 'stdout',
	...(line.invocation !== undefined &&
		line.unitLost !== true && {
			[isManagers(line) ? 'USER_INVOCATION_ID' : '_SYSTEMD_INVOCATION_ID']: line.invocation,
		}),
});

/** Whether a line has all the fields of one of the groups that `+` divides (journalctl(1)). */
export const isMatched = (line: JournalLine, matches: readonly string[], state: MachineState): boolean => {
	const fields = Object.entries(fieldsOf(line, state)).map(([name, value]) => `${name}=${value}`);
	const groups = matches.join('\n').split('\n+\n');
	return groups.some((group) => group.split('\n').every((match) => fields.includes(match)));
};

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

/** How journalctl prints a line; `host` comes before the name of the program. */
export type LineFormat = (line: JournalLine, state: MachineState, host: string) => string;

const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const shortTime = (at: number): string => {
	const date = new Date(at);
	const day = String(date.getUTCDate()).padStart(2, '0');
	return `${months[date.getUTCMonth()] ?? ''} ${day} ${date.toISOString().slice(11, 19)}`;
};

/** Colors are removed; a line with any other control character is not printed as text (journalctl(1), --all). */
const asText = (text: string): string => {
	const plain = stripVTControlCharacters(text);
	const isText = !/[^\P{Cc}\t]/u.test(plain);
	return isText ? plain : `[${Buffer.byteLength(text)}B blob data]`;
};

/** By the name of --output. */
export const lineFormats: Readonly<Record<string, LineFormat>> = {
	cat: ({text}) => text,
	short: ({at, by, pid, text}, _, host) => `${shortTime(at)} ${host}${by}[${pid}]: ${asText(text)}`,
	json: (line, state) => JSON.stringify(fieldsOf(line, state)),
};
