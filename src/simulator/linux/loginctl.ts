import type {RunOptions, RunResult} from '../../platform/system.ts';
import type {Machine} from '../machine.ts';
import {failed, notFound, ranOutOfTime, output} from '../result.ts';
import {advance} from '../clock.ts';
import {settleUserManager} from './user-manager.ts';
import {sortWords, commandNotFound} from '../command-words.ts';

const grammar = {
	alone: ['--no-ask-password', '--value'],
	valued: ['--property'],
};

const showLinger = ({state}: Machine): RunResult => {
	if (!state.session && !state.lingering)
		return failed(`Failed to get user: User ID ${state.user.uid} is not logged in or lingering`);
	return output(state.lingering ? 'yes' : 'no');
};

const setLinger = async (machine: Machine, lingering: boolean, name: string) => {
	const {state} = machine;
	if (state.lingerRefused || name !== state.user.name)
		return failed(
			`Could not ${lingering ? 'enable' : 'disable'} linger: Interactive authentication required.`,
		);
	state.lingering = lingering;
	await settleUserManager(machine);
	return output('');
};

/** As long as sd_bus_call(3) waits for an answer. */
const busLimitMs = 25_000;

const hang = async (machine: Machine, limitMs: number): Promise<RunResult> => {
	await advance(machine, Math.min(limitMs, busLimitMs));
	return limitMs < busLimitMs ? ranOutOfTime : failed('Could not get properties: Connection timed out');
};

/** loginctl(1) as far as lingering needs it; texts as seen with systemd 252. */
export const loginctl = async (
	machine: Machine,
	command: readonly string[],
	{timeoutMs: limitMs = Infinity}: RunOptions = {},
): Promise<RunResult> => {
	const {state} = machine;
	if (state.systemd === undefined) return notFound;
	const {plain, flags} = sortWords(command, grammar);
	const [subcommand, name, ...more] = plain;
	if (name === undefined || more.length > 0) throw commandNotFound(command);
	if (!state.booted) return failed('Failed to connect to bus: Host is down');
	if (state.logindHangs) return hang(machine, limitMs);
	switch (subcommand) {
		case 'enable-linger':
			return setLinger(machine, true, name);
		case 'disable-linger':
			return setLinger(machine, false, name);
		case 'show-user': {
			const asksLinger = flags.get('--property')?.join() === 'Linger' && flags.has('--value');
			if (!asksLinger || name !== state.user.name) throw commandNotFound(command);
			return showLinger(machine);
		}
		default:
			throw commandNotFound(command);
	}
};
