import type {Machine} from '../../machine.ts';
import {beginVira, killVira, shortLifeMs} from '../../vira/vira-life.ts';
import {behaviourOf, macOf, serviceOf} from '../mac.ts';
import type {LaunchdTimer} from '../mac-state.ts';
import {
	after,
	endService,
	finishProcess,
	finishSpawning,
	isEnding,
	killProcess,
	processEnded,
	sigkill,
	spawn,
} from './service-life.ts';
import {becomeVira, viraOfService} from './service-process.ts';

const serve = async (machine: Machine, id: string): Promise<void> => {
	const vira = viraOfService(machine, id);
	const {pid} = serviceOf(machine, id) ?? {};
	if (!vira || pid === undefined) return;
	const begun = await beginVira(machine, vira);
	if ('endsWith' in begun) return processEnded(machine, id, {how: 'exit', code: begun.endsWith});
	if (begun.serves === 'dies-after-a-second') after(machine, shortLifeMs, {id, what: 'fail', pid});
};

const fail = async (machine: Machine, id: string): Promise<void> => {
	const vira = viraOfService(machine, id);
	if (vira) await processEnded(machine, id, {how: 'exit', code: await killVira(vira)});
};

const end = async (machine: Machine, id: string): Promise<void> => {
	const {ending} = behaviourOf(macOf(machine), serviceOf(machine, id)?.label ?? '');
	return processEnded(machine, id, ending ?? {how: 'exit', code: 1});
};

/** As after a boot, before its daemon has mounted it: it is empty. */
export const unmountNix = ({state}: Machine): void => {
	state.unmounted = [...new Set([...state.unmounted, '/nix'])];
};

/** The shells that wait for the Nix store continue when it is mounted (wait4path(1)). */
export const mountNix = async (machine: Machine): Promise<void> => {
	machine.state.unmounted.splice(0, machine.state.unmounted.length);
	for (const [id, service] of Object.entries(macOf(machine).services)) {
		if (isEnding(service)) continue;
		const status = await becomeVira(machine, id);
		if (status !== undefined) await processEnded(machine, id, {how: 'exit', code: status});
	}
};

/** Runs what was scheduled for now, unless the process has exited. */
export const runLaunchdTimer = async (machine: Machine, timer: LaunchdTimer): Promise<void> => {
	const {service: id, pid, what} = timer;
	if (pid !== undefined && serviceOf(machine, id)?.pid !== pid) return;
	switch (what) {
		case 'spawn':
			return spawn(machine, id, 'inefficient');
		case 'start':
			return finishSpawning(machine, id);
		case 'serve':
			return serve(machine, id);
		case 'fail':
			return fail(machine, id);
		case 'end':
			return end(machine, id);
		case 'finish':
			return finishProcess(machine, id, 'SIGTERM');
		case 'interrupted':
			return finishProcess(machine, id, 'SIGINT');
		case 'kill': {
			killProcess(machine, id);
			return;
		}
		case 'vanish':
			return processEnded(machine, id, {how: 'signal', signal: sigkill});
		case 'deny':
			return endService(machine, id, 'remove');
		case 'mount-nix':
			return mountNix(machine);
	}
};
