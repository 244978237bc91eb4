import {asPrograms, type Machine} from '../machine.ts';
import {posix} from 'node:path';
import type {RunResult} from '../../platform/system.ts';
import {failed, output} from '../result.ts';
import {commandNotFound} from '../command-words.ts';
import {macOf} from './mac.ts';
import {pmsetOfRoot, type MacProgram} from './mac-programs.ts';

/** How sudo is called: in a terminal, the user enters the password. */
interface SudoCall {
	readonly machine: Machine;
	readonly command: readonly string[];
	readonly terminal: boolean;
}

/** sudoers(5), timestamp_timeout: five minutes. */
const rememberedMs = 300_000;

const whyRefused = ({machine, terminal}: SudoCall, asks: boolean): RunResult | undefined => {
	const mac = macOf(machine);
	const {name, uid} = machine.state.user;
	if (uid === 0 || mac.sudo === 'free' || machine.state.clock < mac.sudoUntil) return undefined;
	if (!asks) return failed('sudo: a password is required');
	if (!terminal)
		return failed(
			'sudo: a terminal is required to read the password; either use the -S option to read from standard input or configure an askpass helper\nsudo: a password is required',
		);
	if (mac.sudo === 'refused') return failed(`${name} is not in the sudoers file.`);
	mac.sudoUntil = machine.state.clock + rememberedMs;
	return undefined;
};

/** The command that sudo runs as root, or sudo's own result. */
export const readSudo = (call: SudoCall): {readonly command: readonly string[]} | RunResult => {
	const [, ...words] = call.command;
	const asks = words[0] !== '-n';
	const rest = asks ? words : words.slice(1);
	const command = rest[0] === '--' ? rest.slice(1) : rest;
	const refused = whyRefused(call, asks);
	if (refused) return refused;
	if (command[0] === '-v' && command.length === 1) return output('');
	if (command[0] === undefined || command[0].startsWith('-')) throw commandNotFound(call.command);
	return {command};
};

/** install(1), only as it is used to install a file of root. */
const install: MacProgram = async ({state, files}, command) => {
	const [, flag, mode = '', ...rest] = command;
	const [owner, root, group, wheel, from, to, ...others] = rest;
	const asked = [flag, owner, root, group, wheel].join(' ');
	if (asked !== '-m -o root -g wheel' || from === undefined || to === undefined || others.length > 0)
		throw commandNotFound(command);
	const text = await files.readFile(from, asPrograms);
	if (text === undefined) return failed(`install: ${from}: No such file or directory`, 71);
	if ((await files.inspect(posix.dirname(to)))?.leadsTo !== 'folder')
		return failed(`install: ${to}: No such file or directory`, 71);
	await files.writeFile(to, text, Number.parseInt(mode, 8));
	if ((await files.inspect(to))?.owner !== 0) state.readOnly = [...state.readOnly, to];
	return output('');
};

const rm: MacProgram = async ({files}, command) => {
	const [, flag, path, ...others] = command;
	if (flag !== '-f' || path === undefined || others.length > 0) throw commandNotFound(command);
	await files.deleteFile(path);
	return output('');
};

/** chown(8), only from root to the user. */
const chown: MacProgram = async ({state, files}, command) => {
	const [, name, path, ...others] = command;
	if (name !== state.user.name || path === undefined || others.length > 0) throw commandNotFound(command);
	if ((await files.inspect(path)) === undefined) return failed(`chown: ${path}: No such file or directory`);
	state.readOnly = state.readOnly.filter((one) => one !== path);
	return output('');
};

/** Programs that are only supported as root. */
export const rootPrograms: Readonly<Record<string, MacProgram>> = {
	'/usr/bin/install': install,
	'/usr/sbin/chown': chown,
	'/bin/rm': rm,
	'/usr/bin/pmset': pmsetOfRoot,
	'/usr/bin/true': () => output(''),
};
