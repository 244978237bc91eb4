import {nixName} from '../../../settings/nix.ts';
import {commandText} from '../../command-text.ts';
import type {LinuxFacts} from '../facts.ts';
import {answerOf} from '../../run-result.ts';
import type {System, User} from '../../system.ts';
import {systemctlCommands} from '../systemctl.ts';

/** A byte as systemd's cescape() writes it; names of accounts have no control characters. */
const escapedByte = (byte: number): string => {
	if (byte < 0x20 || byte >= 0x7f) return `\\${byte.toString(8).padStart(3, '0')}`;
	return String.fromCodePoint(byte).replace(/["'\\]/u, String.raw`\$&`);
};

const fileName = (name: string): string => [...Buffer.from(name)].map(escapedByte).join('');

/** Where logind stores for whom lingering is on: an empty file per user, read at boot. */
export const lingerFolder = '/var/lib/systemd/linger';

/** The file that exists if lingering is on for this person (logind-user.c, user_check_linger_file). */
export const lingerFile = ({name}: Pick<User, 'name'>): string => `${lingerFolder}/${fileName(name)}`;

/** Since this version, logind unescapes the name (systemd pull request 25529). */
const readsBackSince = 253;

/** Seen with Debian's 252, which has the fix as a backport. */
const readsBackIn252 = 39;

/**
 * Whether logind restores lingering for this person at boot; undefined: it depends on the patches of the distribution.
 * `version` is the output of `systemctl --version`.
 */
export const isLingerReadBack = ({name}: Pick<User, 'name'>, version: string): boolean | undefined => {
	if (fileName(name) === name) return true;
	const [, major = '', minor = '0'] = /^systemd (\d+)(?: \(\d+\.(\d+))?/u.exec(version) ?? [];
	if (major === '') return undefined;
	if (Number(major) >= readsBackSince) return true;
	if (Number(major) < readsBackSince - 1) return false;
	return Number(minor) >= readsBackIn252 || undefined;
};

/** The command that turns lingering on or off, for a person to copy. */
export const lingerText = (does: 'enable' | 'disable', {name}: Pick<User, 'name'>, sudo = false): string =>
	commandText([
		...(sudo ? (['sudo', 'loginctl'] as const) : (['loginctl'] as const)),
		`${does}-linger`,
		name,
	]);

/** Lingering in the NixOS configuration, from which NixOS rebuilds the machine. */
export const declaredLinger = ({name}: User): string => `users.users.${nixName(name)}.linger = true;`;

/** On NixOS, what loginctl changes is lost when the machine is rebuilt. */
export const keepLingering = (user: User): string =>
	`To keep it on, add to the NixOS configuration: ${declaredLinger(user)}`;

/** logind responds within milliseconds, or hangs; D-Bus would wait for 25 s (sd_bus_call(3)). */
export const logindLimitMs = 5000;

const hasFile = async (system: System): Promise<boolean> =>
	(await system.inspect(lingerFile(system.user))) !== undefined;

/** loginctl needs a D-Bus connection; the file shows the same without one. */
export const askLingering = async (
	system: System,
): Promise<Pick<LinuxFacts, 'lingering' | 'logindSilent'>> => {
	const result = await system.run(systemctlCommands.showLinger(system.user.name), {timeoutMs: logindLimitMs});
	const said = answerOf(result)?.trim();
	const lingering = said === 'yes' || (said !== 'no' && (await hasFile(system)));
	return {lingering, logindSilent: result.timedOut};
};

/** Whether lingering is on now. A logind that did not respond before is not asked again. */
export const readLingering = async (
	system: System,
	{logindSilent}: Pick<LinuxFacts, 'logindSilent'>,
): Promise<boolean> => (logindSilent ? hasFile(system) : (await askLingering(system)).lingering);
