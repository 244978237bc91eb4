import {commandText} from '../command-text.ts';
import type {User} from '../facts.ts';

const backslash = 0x5c;
const quotes: readonly number[] = [0x22, 0x27];

const isPlain = (byte: number): boolean => byte >= 0x20 && byte < 0x7f;

/** A byte as systemd's cescape() writes it; in the name of an account there are no control characters. */
const escaped = (byte: number): string => {
	if (!isPlain(byte)) return `\\${byte.toString(8).padStart(3, '0')}`;
	const sign = String.fromCodePoint(byte);
	return byte === backslash || quotes.includes(byte) ? `\\${sign}` : sign;
};

const fileName = (name: string): string => [...Buffer.from(name)].map(escaped).join('');

/** Where logind keeps who lingers: an empty file for each, which it reads when the machine starts. */
export const lingerFolder = '/var/lib/systemd/linger';

/** The file that says that this person lingers (logind-user.c, user_check_linger_file). */
export const lingerFile = ({name}: Pick<User, 'name'>): string => `${lingerFolder}/${fileName(name)}`;

/** logind takes an escaped name for what it stands for since this version (systemd's pull request 25529). */
const readsBackSince = 253;

/** Debian's 252, with which that was seen: it has taken the correction over. */
const readsBackIn252 = 39;

/**
 * Whether logind finds this person among those that linger when the machine starts; undefined: it depends on what the
 * distribution has corrected. `version` is what `systemctl --version` prints.
 */
export const isLingerReadBack = ({name}: Pick<User, 'name'>, version: string): boolean | undefined => {
	if (fileName(name) === name) return true;
	const [, major = '', minor = '0'] = /^systemd (\d+)(?: \(\d+\.(\d+))?/u.exec(version) ?? [];
	if (major === '') return undefined;
	if (Number(major) >= readsBackSince) return true;
	if (Number(major) < readsBackSince - 1) return false;
	return Number(minor) >= readsBackIn252 || undefined;
};

/** The command that turns lingering on or off, to be copied. */
export const lingerText = (does: 'enable' | 'disable', {name}: Pick<User, 'name'>, sudo = false): string =>
	commandText([
		...(sudo ? (['sudo', 'loginctl'] as const) : (['loginctl'] as const)),
		`${does}-linger`,
		name,
	]);
