import type {SimulatedMachine} from './command-line.ts';
import type {System} from './platform/system.ts';
import type {UnitOwner} from './settings/unit-value.ts';

/** The user that the unit of Vira's module was written for: the current one, or that of the simulated machine. */
export const unitOwnerOf = async (
	real: Pick<System, 'user' | 'platform'>,
	machine: SimulatedMachine | undefined,
): Promise<UnitOwner> => {
	if (machine === undefined) return {...real.user, platform: real.platform === 'darwin' ? 'macos' : 'linux'};
	if (machine === 'linux') {
		const {freshState} = await import('./platform/rehearsal/fresh-state.ts');
		return {...freshState({}).user, platform: 'linux'};
	}
	const {alice} = await import('./platform/rehearsal/launchd/fresh-mac.ts');
	return {...alice, platform: 'macos'};
};
