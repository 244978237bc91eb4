import {runLaunchdTimer} from './macos/launchd/launchd-timers.ts';
import {schedule, unitOf, type Machine} from './machine.ts';
import type {MachineState, Timer} from './machine-state.ts';
import {mainProcessEnded, restartByItself} from './linux/service-life.ts';
import {beginUserManager} from './linux/user-manager.ts';
import {viraOfUnit} from './linux/units.ts';
import {beginVira, shortLifeMs, killVira} from './vira/vira-life.ts';

const unitViraBegins = async (machine: Machine, unit: string): Promise<void> => {
	const vira = viraOfUnit(machine, unit);
	if (!vira) return;
	const begun = await beginVira(machine, vira);
	if ('endsWith' in begun) {
		mainProcessEnded(machine, unit, begun.endsWith);
		return;
	}
	const {mainPid: pid} = unitOf(machine, unit);
	if (begun.serves === 'dies-after-a-second')
		schedule(machine, {at: machine.state.clock + shortLifeMs, does: 'vira-dies', unit, pid});
};

const unitViraDies = async (machine: Machine, unit: string): Promise<void> => {
	const vira = viraOfUnit(machine, unit);
	if (vira) mainProcessEnded(machine, unit, await killVira(vira));
};

const isDue = (machine: Machine, timer: Timer): boolean =>
	timer.does === 'launchd' || !('pid' in timer) || unitOf(machine, timer.unit).mainPid === timer.pid;

const runTimer = async (machine: Machine, timer: Timer): Promise<void> => {
	if (!isDue(machine, timer)) return;
	switch (timer.does) {
		case 'user-manager-begins':
			return beginUserManager(machine);
		case 'restart':
			await restartByItself(machine, timer.unit);
			return;
		case 'vira-begins':
			return unitViraBegins(machine, timer.unit);
		case 'vira-dies':
			return unitViraDies(machine, timer.unit);
		case 'launchd':
			return runLaunchdTimer(machine, timer);
	}
};

const takeNext = (state: MachineState, until: number): Timer | undefined => {
	const next = state.timers.toSorted((one, other) => one.at - other.at)[0];
	if (!next || next.at > until) return undefined;
	state.timers = state.timers.filter((timer) => timer !== next);
	return next;
};

/** Lets time pass: everything that is due happens, each at its own moment. */
export const advance = async (machine: Machine, ms: number): Promise<void> => {
	const {state} = machine;
	const until = state.clock + ms;
	for (let timer = takeNext(state, until); timer; timer = takeNext(state, until)) {
		state.clock = Math.max(state.clock, timer.at);
		await runTimer(machine, timer);
	}
	state.clock = until;
};
