import type {SimulatedMachine} from '../command-line/commands.ts';
import type {System} from '../platform/system.ts';
import type {UnitOwner} from '../settings/unit-value.ts';

/** The user that the unit of Vira's module was written for: the current one, or that of the simulated machine. */
export const unitOwnerOf = async (
	real: Pick<System, 'user' | 'platform'>,
	machine: SimulatedMachine | undefined,
): Promise<UnitOwner> => {
	if (machine === undefined) return {...real.user, platform: real.platform === 'darwin' ? 'macos' : 'linux'};
	if (machine === 'linux') {
		const {freshState} = await import('./fresh-state.ts');
		return {...freshState({}).user, platform: 'linux'};
	}
	const {alice} = await import('./macos/fresh-mac.ts');
	return {...alice, platform: 'macos'};
};
