import {failed, said} from '../result.ts';
import {unknownCommand} from '../words.ts';
import {macOf} from './mac.ts';
import type {MacProgram} from './mac-programs.ts';

/** pmset(1), -g: the settings of the power source in use, and who keeps the Mac awake for now. */
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

/** What root can do besides: set after how long it sleeps, whatever feeds it. */
export const pmsetOfRoot: MacProgram = (machine, command) => {
	const [, flag, name, minutes = '', ...others] = command;
	if (flag !== '-a') return pmset(machine, command);
	if (name !== 'sleep' || !/^\d+$/u.test(minutes) || others.length > 0) throw unknownCommand(command);
	const mac = macOf(machine);
	mac.sleep = {...mac.sleep, minutes: Number(minutes)};
	return said('');
};
