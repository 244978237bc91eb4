import type {RunResult} from '../../system.ts';
import type {Machine} from '../machine.ts';
import {failed, notFound, said} from '../result.ts';
import {settleUserManager} from './user-manager.ts';
import {sortWords, unknownCommand} from '../words.ts';

const grammar = {
	alone: ['--no-ask-password', '--value', '--no-pager'],
	valued: ['--property'],
	short: {'-p': '--property'},
};

const knownProperties = ['Linger'];

const showUser = ({state}: Machine, asked: readonly string[], valueOnly: boolean): RunResult => {
	const unknown = asked.find((name) => !knownProperties.includes(name));
	if (unknown !== undefined) throw new Error(`The rehearsal does not know the property ${unknown}`);
	if (!state.session && !state.lingering)
		return failed(`Failed to get user: User ID ${state.user.uid} is not logged in or lingering`);
	const linger = state.lingering ? 'yes' : 'no';
	return said(valueOnly ? linger : `Linger=${linger}`);
};

const setLinger = async (machine: Machine, lingering: boolean, name: string | undefined) => {
	const {state} = machine;
	const could = `Could not ${lingering ? 'enable' : 'disable'} linger`;
	if (name === undefined && !state.session) return failed(`${could}: No such device or address`);
	if (state.lingerRefused || (name ?? state.user.name) !== state.user.name)
		return failed(`${could}: Interactive authentication required.`);
	state.lingering = lingering;
	await settleUserManager(machine);
	return said('');
};

/** loginctl(1) as far as lingering needs it; texts as seen with systemd 252. */
export const loginctl = async (machine: Machine, command: readonly string[]): Promise<RunResult> => {
	const {state} = machine;
	if (state.systemd === undefined) return notFound;
	const {plain, flags} = sortWords(command, grammar);
	const [verb, name, ...more] = plain;
	if (more.length > 0) throw unknownCommand(command);
	if (!state.booted) return failed('Failed to connect to bus: Host is down');
	switch (verb) {
		case 'enable-linger':
			return setLinger(machine, true, name);
		case 'disable-linger':
			return setLinger(machine, false, name);
		case 'show-user': {
			if (name !== state.user.name && name !== String(state.user.uid))
				return failed(`Failed to look up user ${name ?? ''}: No such process`);
			const asked = flags.get('--property')?.flatMap((names) => names.split(','));
			if (!asked) throw unknownCommand(command);
			return showUser(machine, asked, flags.has('--value'));
		}
		default:
			throw unknownCommand(command);
	}
};
