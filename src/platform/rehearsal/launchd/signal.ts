import type {Machine} from '../machine.ts';
import {behaviourOf, macOf, serviceOf} from './mac.ts';
import {after, isEnding, processEnded, termDelayMs} from './service-life.ts';

const sigterm = 15;

/** Sends a signal to a service's process, which launchd itself did not end: KeepAlive says what follows. */
export const signalService = async (machine: Machine, id: string, signal: number): Promise<void> => {
	const service = serviceOf(machine, id);
	const {pid, process, label = ''} = service ?? {};
	if (!service || pid === undefined) return;
	const delay = behaviourOf(macOf(machine), label).termDelayMs ?? termDelayMs;
	if (signal !== sigterm || !process) return processEnded(machine, id, {how: 'signal', signal});
	// It writes its checkpoint first; a second signal changes nothing about that.
	if (!isEnding(service)) after(machine, delay, {id, what: 'finish', pid});
};
