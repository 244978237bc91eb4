import {unitFolders} from '../fixtures.ts';
import {unitOf, type Machine} from '../machine.ts';
import {unitGroup} from '../listeners.ts';
import type {MachineState, UnitState} from '../machine-state.ts';
import {knownUnit, type KnownUnit} from './units.ts';
import {defineUnit} from './unit-definition.ts';
import {unitFileState} from './unit-enablement.ts';

type Properties = Readonly<Record<string, string>>;

const controls: Readonly<Record<string, string>> = {
	'\x07': 'a',
	'\b': 'b',
	'\f': 'f',
	'\n': 'n',
	'\r': 'r',
	'\t': 't',
	'\v': 'v',
};

const isControl = (sign: string): boolean => /[\u0000-\u001F\u007F]/u.test(sign);

const escapedSign = (sign: string): string => {
	if (!isControl(sign)) return `\\${sign}`;
	return `\\${controls[sign] ?? sign.charCodeAt(0).toString(8).padStart(3, '0')}`;
};

const shownWord = (word: string): string =>
	/[ \u0000-\u001F\u007F"\\`$*?['()<>|&;!]/u.test(word)
		? `"${word.replaceAll(/[\u0000-\u001F\u007F"\\`$]/gu, escapedSign)}"`
		: word;
/** A list as systemctl prints it, with words quoted for a shell if necessary; as seen with systemd 252. */
export const shownList = (words: readonly string[]): string => words.map(shownWord).join(' ');

/** The version as a distribution prints it: the number and its own revision. */
const packageVersion = ({systemd}: MachineState): string => `${systemd ?? 0}.39-1~deb12u2`;

/** The first line of `systemctl --version`. */
export const systemdVersion = (state: MachineState): string =>
	`systemd ${state.systemd ?? 0} (${packageVersion(state)})`;

/** What `systemctl --user show` prints about the manager, in systemctl's order. */
export const managerProperties = ({state}: Machine): Properties => ({
	Version: packageVersion(state),
	UnitPath: shownList(unitFolders(state)),
});

const timestamp = (at: number | undefined): string => {
	if (at === undefined) return '';
	const [day = '', time = ''] = new Date(at).toISOString().split(/[T.]/u);
	const weekday = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'][new Date(at).getUTCDay()] ?? '';
	return `${weekday} ${day} ${time} UTC`;
};

const yesNo = (truth: boolean): string => (truth ? 'yes' : 'no');

const fileProperties = ({files, load}: KnownUnit): Properties => ({
	FragmentPath: load === 'not-found' ? '' : (files?.path ?? ''),
	DropInPaths: shownList(files?.dropIns.map(({path}) => path) ?? []),
});

/** Commands that no unit here has: the real systemctl prints no line for an empty list of commands. */
const noCommands = {ExecStartPre: '', ExecStartPost: '', ExecStop: '', ExecStopPost: ''};

/** How much memory a Vira uses: 45 MiB. */
const viraBytes = 45 * 2 ** 20;

/** A control group is reported as long as it has a process (seen with 252). */
const hasProcess = ({mainPid, left = []}: UnitState): boolean => mainPid !== 0 || left.length > 0;

/** What `systemctl --user show UNIT` prints, in systemctl's order. */
export const unitProperties = async (machine: Machine, name: string): Promise<Properties> => {
	const unit = unitOf(machine, name);
	const known = await knownUnit(machine, name);
	return {
		Type: known.files ? defineUnit(name, known.files, machine.state).type : 'simple',
		MainPID: String(unit.mainPid),
		Result: unit.result,
		NRestarts: String(unit.restarts),
		ExecMainPID: String(unit.lastPid ?? 0),
		ExecMainCode: String(unit.exit.code),
		ExecMainStatus: String(unit.exit.status),
		...noCommands,
		ControlGroup: hasProcess(unit) ? unitGroup(machine.state.user.uid, name) : '',
		MemoryCurrent: unit.mainPid === 0 ? '[not set]' : String(viraBytes),
		LoadState: known.load,
		ActiveState: unit.active,
		SubState: unit.sub,
		...fileProperties(known),
		UnitFileState: await unitFileState(machine, name),
		ActiveEnterTimestamp: timestamp(unit.startedAt),
		NeedDaemonReload: yesNo(known.needsReload),
		InvocationID: unit.invocation ?? '',
	};
};

/** Properties as systemctl prints them: in its own order, not in the requested one. */
export const formatProperties = (
	properties: Properties,
	asked: readonly string[] | undefined,
	valuesOnly: boolean,
): string => {
	// The real systemctl omits unknown properties; here that would hide a bug in our own list.
	const unknown = asked?.find((name) => properties[name] === undefined);
	if (unknown !== undefined)
		throw new Error(`The simulated machine does not support the property ${unknown}`);
	return Object.entries(properties)
		.filter(([name]) => !(name in noCommands) && (!asked || asked.includes(name)))
		.map(([name, value]) => (valuesOnly ? `${value}\n` : `${name}=${value}\n`))
		.join('');
};
