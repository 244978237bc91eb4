import type {LinuxMachine} from './facts.ts';
import {journal} from './journal/journal.ts';
import {systemctlCommands, clearFailures, notEnabled, reloadAfterChange, systemctlRun} from './systemctl.ts';
import type {Action} from '../actions/action.ts';
import type {Notice} from '../../notice.ts';
import {shortList, type Leftover, type Remover, type Ties} from '../service-manager/manager-parts.ts';
import {refusalsOf} from './advice.ts';
import {lingerOffActions, lingerFile} from './lingering/lingering.ts';
import {readTies} from './unit/drop-in.ts';
import {commandText} from '../command-text.ts';

const notAutomatic = 'turn off automatic start';

/** Removes the link directly: if no user manager runs, or for a unit that it does not disable (masked or gone). */
const unlink = ({startLink}: Ties): readonly Action[] => {
	if (!startLink) return [];
	const {path, target, folder} = startLink;
	return [
		{
			does: 'delete-link',
			path,
			restore: ['ln', '--symbolic', '--force', '--no-dereference', target, path],
			why: notAutomatic,
		},
		...(folder ? [{does: 'delete-folder', withContents: false, why: notAutomatic, ...folder} as const] : []),
	];
};

/** Stop and disable, each with its undo; without a user manager nothing runs. */
const retire = ({service, linux}: LinuxMachine, ties: Ties): readonly Action[] => {
	if (!linux.userManager.answers) return unlink(ties);
	const isRunning = !['inactive', 'failed', 'unknown'].includes(service.active) || service.exited === true;
	return [
		...(isRunning
			? [systemctlRun(systemctlCommands.stop, 'stop the service', {undo: systemctlCommands.start})]
			: []),
		...(service.enabled && !service.masked
			? [systemctlRun(systemctlCommands.disable, notAutomatic, {undo: systemctlCommands.enable})]
			: unlink(ties)),
	];
};

/** systemd still lists a deleted unit among the failed ones. */
const forget = ({service, linux}: LinuxMachine): readonly Action[] =>
	linux.userManager.answers && service.active === 'failed' ? [clearFailures()] : [];

/** The user manager responds, but not about the service: it could keep running after its files are deleted. */
const unclear = ({service, linux}: LinuxMachine): readonly Notice[] =>
	linux.userManager.answers && service.active === 'unknown'
		? [
				{
					level: 'error',
					code: 'service-unclear',
					message: 'The systemd user manager does not report whether the service is running.',
					detail: 'vira-setup does not remove its files until that is known.',
					fixes: [{say: '', command: 'systemctl --user status vira.service'}],
				},
			]
		: [];

/** Whether vira-setup turned lingering on, and nothing else of the user needs it. */
const lingeringIsOurs = ({linux}: LinuxMachine, wasEnabled: boolean, {lingeringFor}: Ties): boolean =>
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
	if (lingeringIsOurs(facts, wasEnabled, ties))
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
const lingeringLeft = (
	facts: LinuxMachine,
): Pick<Remover, 'mayDisableLinger' | 'lingering' | 'stillLingering'> => ({
	mayDisableLinger: (wasEnabled, ties) => lingeringIsOurs(facts, wasEnabled, ties),
	lingering: (given) => lingering(facts, given),
	stillLingering: {
		path: lingerFile(facts.user),
		what: 'lingering is still on although it was turned off',
		byHand: ['sudo', 'loginctl', 'disable-linger', facts.user.name],
	},
});

/** How a systemd user unit is removed. */
export const systemdRemover = (facts: LinuxMachine): Remover => ({
	refusals: [
		...refusalsOf(facts).filter(({code}) =>
			['root', 'no-systemd', 'user-manager-silent', 'tool-unusable'].includes(code),
		),
		...unclear(facts),
	],
	isLive: facts.service.enabled !== false || facts.service.active === 'active',
	readTies: (system) => readTies(system, facts),
	retire: (files, ties) => (files.length > 0 ? retire(facts, ties) : []),
	afterDelete: facts.linux.userManager.answers ? reloadAfterChange : undefined,
	keptService: () => notEnabled,
	forget: forget(facts),
	...lingeringLeft(facts),
	lingerOff: lingerOffActions(facts),
	log: {command: journal.shown, where: 'in the journal'},
	// Other units of this name are found when the machine is detected.
	strangers: () => [],
});
