import {commandText} from '../command-text.ts';
import {shortList, type Leftover, type Remover, type Ties} from '../service-manager/remover.ts';
import type {LinuxMachine} from './facts.ts';
import {lingerFile} from './lingering/lingering.ts';

/** Whether vira-setup turned lingering on, and nothing else of the user needs it. */
const mayDisableLinger = ({linux}: LinuxMachine, wasEnabled: boolean, {lingeringFor}: Ties): boolean =>
	linux.lingering && !linux.logindSilent && wasEnabled && lingeringFor.length === 0;

/** Lingering that vira-setup may not have turned on is listed only if the user wants it off. */
const lingering = (
	facts: LinuxMachine,
	{wasEnabled, disable, ties}: Parameters<Remover['lingering']>[0],
): readonly Leftover[] => {
	const {linux, user} = facts;
	if (!linux.lingering || (!wasEnabled && !disable)) return [];
	const path = lingerFile(user);
	if (ties.lingeringFor.length > 0)
		return [{path, what: `lingering stays on: it is needed by ${shortList(ties.lingeringFor)}`}];
	const byHand = ['loginctl', 'disable-linger', user.name] as const;
	if (linux.logindSilent)
		return [{path, what: 'lingering stays on: systemd-logind does not respond', byHand}];
	if (mayDisableLinger(facts, wasEnabled, ties))
		return disable ? [] : [{path, what: 'lingering stays on', byHand}];
	const command = commandText(byHand);
	return [
		{
			path,
			what: `lingering is on, but may not have been turned on by vira-setup; to turn it off: ${command}`,
		},
	];
};

/** Whether lingering stays on when the service is removed. */
export const lingeringLeft = (
	facts: LinuxMachine,
): Pick<Remover, 'mayDisableLinger' | 'lingering' | 'stillLingering'> => ({
	mayDisableLinger: (wasEnabled, ties) => mayDisableLinger(facts, wasEnabled, ties),
	lingering: (given) => lingering(facts, given),
	stillLingering: {
		path: lingerFile(facts.user),
		what: 'lingering is still on although it was turned off',
		byHand: ['sudo', 'loginctl', 'disable-linger', facts.user.name],
	},
});
