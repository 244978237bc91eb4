import {exitCode, type Failure} from '../../errors.ts';
import {commandText} from '../command-text.ts';
import type {ServiceState} from '../service-state.ts';
import type {System, User} from '../system.ts';

/** Where Vira's output goes, if not to the journal. */
export const outputElsewhere = async (
	system: System,
	files: Pick<ServiceState, 'file' | 'dropIns'>,
): Promise<Failure | undefined> => {
	const output = await readUnitOutput(system, files);
	if (!output) return undefined;
	const {line, file} = output;
	return file === undefined
		? {
				message: `Vira's output does not go to the journal: the service sets ${line}.`,
				exit: exitCode.unsuitable,
			}
		: {
				message: `Vira's output goes to ${file}, not to the journal: the service sets ${line}.`,
				fixes: [{say: 'shows the log', command: commandText(['tail', '-n', '50', file])}],
				exit: exitCode.unsuitable,
			};
};
/** Where a service's output goes instead of the journal. */

export interface UnitOutput {
	/** The setting that causes it, such as `StandardOutput=append:%h/vira.log`. */
	readonly line: string;
	/** Absolute; undefined: it is not a file. */
	readonly file: string | undefined;
}
/** systemd.exec(5), StandardOutput=: with these values, output goes to the journal, or to the journal too. */
const inJournal = /^(?:|journal|journal\+console|syslog|syslog\+console|kmsg|kmsg\+console|inherit)$/u;
/** Expands the specifiers of systemd.unit(5) that can occur in the path of a person's folder. */
const expanded = (path: string, {home, name, uid}: User): string =>
	path.replaceAll(/%([huUt%])/gu, (_, letter: string) => {
		const stands: Readonly<Record<string, string>> = {
			h: home,
			u: name,
			U: String(uid),
			t: `/run/user/${uid}`,
			'%': '%',
		};
		return stands[letter] ?? '';
	});
const outputIn = (text: string, key: string): string | undefined =>
	[...text.matchAll(new RegExp(`^\\s*${key}\\s*=(.*)$`, 'gmu'))].at(-1)?.[1]?.trim();
/**
 * Where the unit or a drop-in sends the output of the service; undefined: to the journal. `systemctl show` prints
 * `append` without the path, so the unit files are read instead. The last line counts.
 */

export const readUnitOutput = async (
	system: System,
	{file, dropIns}: Pick<ServiceState, 'file' | 'dropIns'>,
): Promise<UnitOutput | undefined> => {
	const paths = [...(file === undefined ? [] : [file]), ...dropIns];
	const texts = await Promise.all(paths.map((path) => system.readFile(path).catch(() => undefined)));
	const text = texts.map((one) => one ?? '').join('\n');
	const [key, value] =
		(['StandardOutput', 'StandardError'] as const)
			.map((name) => [name, outputIn(text, name) ?? ''] as const)
			.find(([, one]) => !inJournal.test(one)) ?? [];
	if (key === undefined || value === undefined) return undefined;
	const path = /^(?:file|append|truncate):(.+)$/u.exec(value)?.[1];
	return {line: `${key}=${value}`, file: path === undefined ? undefined : expanded(path, system.user)};
};
