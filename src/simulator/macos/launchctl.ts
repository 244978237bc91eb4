import type {Machine} from '../machine.ts';
import {notFound, ranOutOfTime} from '../result.ts';
import {advance} from '../time.ts';
import {unknownCommand} from '../words.ts';
import {print, printDisabled} from './looking-verbs.ts';
import {unmountNix} from './launchd-time.ts';
import {macOf} from './mac.ts';
import {guiLogin, guiLogout} from './mac-session.ts';
import {bootout, bootstrap, disable, enable, kickstart, kill, load} from './service-verbs.ts';
import type {Call, Verb} from './verb.ts';

const verbs: Readonly<Record<string, Verb>> = {
	bootstrap,
	bootout,
	enable,
	disable,
	kickstart,
	kill,
	load,
	print,
	'print-disabled': printDisabled,
};

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

/** launchctl(1), with the pitfalls of macOS. */
export const launchctl = async (call: Omit<Call, 'verb' | 'words'>) => {
	const {machine, command, timeoutMs} = call;
	const [, verb = 'help', ...words] = command;
	const mac = macOf(machine);
	if (mac.launchctl === 'missing') return notFound;
	await surprise(machine, verb);
	if (mac.launchctl === 'hangs') {
		if (timeoutMs === undefined)
			throw new Error(`${command.join(' ')}: hangs, and was run without a time limit`);
		await advance(machine, timeoutMs);
		return ranOutOfTime;
	}
	const play = verbs[verb];
	if (!play) throw unknownCommand(command);
	return play({...call, verb, words});
};
