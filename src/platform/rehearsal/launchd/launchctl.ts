import type {Machine} from '../machine.ts';
import {failed, notFound, ranOutOfTime} from '../result.ts';
import {advance} from '../time.ts';
import {unknownCommand} from '../words.ts';
import {list, load, remove, start, stop, unload} from './legacy-verbs.ts';
import {blame, error, managerName, managerUid, print, printDisabled} from './looking-verbs.ts';
import {unmountNix} from './launchd-time.ts';
import {macOf} from './mac.ts';
import {guiLogin, guiLogout} from './mac-session.ts';
import {bootout, bootstrap, disable, enable, kickstart, kill} from './service-verbs.ts';
import type {Call, Verb} from './verb.ts';

/** Needs root, and a session to go to; the program has no use for it. */
const asUser: Verb = ({caller, command}) => {
	if (caller.euid === 0) throw unknownCommand(command);
	return failed('Could not switch to audit session 0x186a5: 1: Operation not permitted', 1);
};

const verbs: Readonly<Record<string, Verb>> = {
	bootstrap,
	bootout,
	enable,
	disable,
	kickstart,
	kill,
	print,
	'print-disabled': printDisabled,
	blame,
	managername: managerName,
	manageruid: managerUid,
	error,
	list,
	load,
	unload,
	remove,
	start,
	stop,
	asuser: asUser,
};

/** Verbs of the real launchctl that the rehearsal does not play. */
const unplayed = [
	'attach',
	'bslist',
	'bsexec',
	'config',
	'debug',
	'dumpjpcategory',
	'dumpstate',
	'examine',
	'export',
	'getenv',
	'help',
	'hostinfo',
	'limit',
	'plist',
	'print-cache',
	'procinfo',
	'reboot',
	'resolveport',
	'runstats',
	'setenv',
	'submit',
	'unsetenv',
	'variant',
	'version',
];

const surprise = async (machine: Machine, verb: string): Promise<void> => {
	const mac = macOf(machine);
	const due = mac.surprises.find(({before}) => before === verb);
	if (!due) return;
	mac.surprises = mac.surprises.filter((one) => one !== due);
	const {name, sudoFrom = name} = machine.state.user;
	switch (due.happens) {
		case 'gui-login':
			return guiLogin(machine, sudoFrom);
		case 'gui-logout':
			return guiLogout(machine, sudoFrom);
		case 'nix-unmounts':
			unmountNix(machine);
			return;
		case 'launchctl-hangs':
			mac.launchctl = 'hangs';
	}
};

/** launchctl(1), as hostile as macOS has it. */
export const launchctl = async (call: Omit<Call, 'verb' | 'words'>) => {
	const {machine, command, timeoutMs} = call;
	const [, verb = 'help', ...words] = command;
	const mac = macOf(machine);
	if (mac.launchctl === 'missing') return notFound;
	await surprise(machine, verb);
	if (mac.launchctl === 'hangs') {
		if (timeoutMs === undefined) throw new Error(`${command.join(' ')}: hangs, and was given no time limit`);
		await advance(machine, timeoutMs);
		return ranOutOfTime;
	}
	const play = verbs[verb];
	if (play) return play({...call, verb, words});
	if (unplayed.includes(verb)) throw unknownCommand(command);
	return failed(`Unrecognized subcommand: ${verb}`, 1);
};
