import {failed, said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {macOf} from './mac.ts';
import type {MacProgram} from './mac-programs.ts';

/** pmset(1), -g: the settings of the current power source, and what keeps the Mac awake. */
export const pmset: MacProgram = (machine, command) => {
	if (command.slice(1).join(' ') !== '-g') throw unknownCommand(command);
	const {sleep} = macOf(machine);
	if (!sleep) return failed('pmset: no power settings');
	const {minutes, disabled, preventedBy} = sleep;
	return said(
		[
			'System-wide power settings:',
			...(disabled === undefined ? [] : [` SleepDisabled\t\t${Number(disabled)}`]),
			'Currently in use:',
			' standby              1',
			' displaysleep         10',
			` sleep                ${minutes}${preventedBy === undefined ? '' : ` (sleep prevented by ${preventedBy})`}`,
			' womp                 1',
		].join('\n'),
	);
};

/** As root, it can also set when the Mac sleeps, for every power source. */
export const pmsetOfRoot: MacProgram = (machine, command) => {
	const [, flag, name, minutes = '', ...others] = command;
	if (flag !== '-a') return pmset(machine, command);
	if (name !== 'sleep' || !/^\d+$/u.test(minutes) || others.length > 0) throw unknownCommand(command);
	const mac = macOf(machine);
	mac.sleep = {...mac.sleep, minutes: Number(minutes)};
	return said('');
};
