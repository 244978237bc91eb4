import {bootId} from '../furniture.ts';
import type {JournalLine, MachineState} from '../machine-state.ts';

/** Lines of the user manager, and its lines as the process that it is about to execute. */
const isManagers = ({by}: JournalLine): boolean => by === 'systemd' || by.startsWith('(');

/** Fields of systemd.journal-fields(7); undefined: the line does not have that field. */
export const fieldsOf = (line: JournalLine, {user}: MachineState): Readonly<Record<string, string>> => ({
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
