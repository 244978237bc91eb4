import {schedule, unitOf, type Machine} from '../machine.ts';
import {beginVira, killVira, shortLifeMs} from '../vira/vira-life.ts';
import {mainProcessEnded} from './service-life.ts';
import {startedVira} from './unit-process.ts';

export const unitViraBegins = async (machine: Machine, unit: string): Promise<void> => {
	const vira = startedVira(machine, unit);
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

export const unitViraDies = async (machine: Machine, unit: string): Promise<void> => {
	const vira = startedVira(machine, unit);
	if (vira) mainProcessEnded(machine, unit, await killVira(vira));
};
