import {posix} from 'node:path';
import {exitCode} from '../../errors.ts';
import type {LinuxMachine} from '../facts.ts';
import {journal} from './journal.ts';
import {commands, unitName} from './systemd.ts';
import type {System} from '../system.ts';
import type {Action} from '../actions/action.ts';
import type {Notice} from '../../notice.ts';
import {look, namesIn} from '../place.ts';
import type {Remover, StartLink, Ties} from '../service-manager/remover.ts';
import {refusalsOf} from './advice.ts';
import {untilSilent} from './logind.ts';
import {findLingeringFor} from './lingering-for.ts';
import {lingeringLeft} from './lingering-left.ts';
import {lingerText} from './linger-file.ts';
import {clearFailures, notEnabled, reloadAfterChange, systemctlRun} from './systemctl-run.ts';
import {managerOfUser, untilManagerResponds} from './user-manager.ts';

const notAutomatic = 'turn off automatic start';

const listed = async (system: System, folder: string): Promise<readonly string[]> => {
	const names = await namesIn(system, folder);
	return names === 'hidden' ? [] : names;
};

const readStartLink = async (system: System, services: string): Promise<StartLink | undefined> => {
	const folder = `${services}/default.target.wants`;
	const path = `${folder}/${unitName}`;
	const [found, above, names] = await Promise.all([
		look(system, path),
		look(system, folder),
		listed(system, folder),
	]);
	if (found?.linksTo === undefined) return undefined;
	const isAlone = names.length === 1 && above?.kind === 'folder';
	return {
		path,
		target: found.linksTo,
		folder: isAlone ? {path: folder, mode: above.mode} : undefined,
	};
};

/** The drop-ins of this service only; systemd also lists those for all services, such as `service.d`. */
const readDropIns = async (system: System, {folders, service}: LinuxMachine): Promise<readonly string[]> => {
	const folder = `${folders.services}/${unitName}.d`;
	const own = (await listed(system, folder)).map((name) => `${folder}/${name}`);
	const listedBySystemd = service.dropIns.filter(
		(path) => posix.basename(posix.dirname(path)) === `${unitName}.d`,
	);
	return [...new Set([...own, ...listedBySystemd])];
};

const readTies = async (system: System, facts: LinuxMachine): Promise<Ties> => {
	const [startLink, lingeringFor, dropIns] = await Promise.all([
		readStartLink(system, facts.folders.services),
		findLingeringFor(system, facts),
		readDropIns(system, facts),
	]);
	return {startLink, lingeringFor, dropIns};
};

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
		...(isRunning ? [systemctlRun(commands.stop, 'stop the service', {undo: commands.start})] : []),
		...(service.enabled && !service.masked
			? [systemctlRun(commands.disable, notAutomatic, {undo: commands.enable})]
			: unlink(ties)),
	];
};

/** systemd still lists a deleted unit among the failed ones. */
const forget = ({service, linux}: LinuxMachine): readonly Action[] =>
	linux.userManager.answers && service.active === 'failed' ? [clearFailures()] : [];

/**
 * Without a session, the user manager ends when lingering is turned off: an undo has to wait for it, since undoing the
 * earlier actions needs it. Planned only if it is running (linux.userManager), so the removal itself does not wait.
 */
const lingerOff = ({user, linux}: LinuxMachine): readonly Action[] => [
	...(linux.userManager.answers
		? [
				{
					...untilManagerResponds,
					onFailure: {message: `${managerOfUser(user)} does not respond.`, exit: exitCode.refused},
					alsoBack: true,
				} as const,
			]
		: []),
	systemctlRun(commands.disableLinger(user.name), 'turn lingering off, as before Vira was set up', {
		undo: commands.enableLinger(user.name),
		...untilSilent(user, 'disable'),
		onFailure: {
			message: `Could not turn off lingering for ${user.name}.`,
			fixes: [
				{say: '', command: lingerText('disable', user, true)},
				{say: 'Or leave lingering on, and run vira-setup uninstall again.'},
			],
			exit: exitCode.privilege,
		},
	}),
];

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

/** How a systemd user unit is removed. */
export const removerOn = (facts: LinuxMachine): Remover => ({
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
	lingerOff: lingerOff(facts),
	log: {command: journal.shown, where: 'in the journal'},
	// Other units of this name are found when the machine is detected.
	strangers: () => [],
});
