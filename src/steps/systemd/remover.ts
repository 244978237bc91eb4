import {posix} from 'node:path';
import {exitCode} from '../../errors.ts';
import type {LinuxMachine} from '../../platform/facts.ts';
import {journal} from '../../platform/linux/journal.ts';
import {commands, unitName} from '../../platform/linux/systemd.ts';
import type {System} from '../../platform/system.ts';
import type {Action, Run} from '../action.ts';
import type {Refusal} from '../advice.ts';
import {look, namesIn} from '../place.ts';
import type {Remover, StartLink, Ties} from '../remover.ts';
import {refusalsOf} from './advice.ts';
import {untilSilent} from './logind.ts';
import {findLingeringFor} from './lingering-for.ts';
import {lingerText} from '../../platform/linux/linger-file.ts';

const run = (command: Run['command'], why: string, rest: Partial<Run> = {}): Run => ({
	does: 'run',
	command,
	why,
	onFailure: {what: 'systemd refused a change to the service.', code: exitCode.refused},
	...rest,
});

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

/** Those of this service alone; systemd names the drop-ins for all services too, such as `service.d`. */
const readDropIns = async (system: System, {folders, service}: LinuxMachine): Promise<readonly string[]> => {
	const folder = `${folders.services}/${unitName}.d`;
	const own = (await listed(system, folder)).map((name) => `${folder}/${name}`);
	const told = service.dropIns.filter((path) => posix.basename(posix.dirname(path)) === `${unitName}.d`);
	return [...new Set([...own, ...told])];
};

const readTies = async (system: System, facts: LinuxMachine): Promise<Ties> => {
	const [startLink, lingeringFor, dropIns] = await Promise.all([
		readStartLink(system, facts.folders.services),
		findLingeringFor(system, facts),
		readDropIns(system, facts),
	]);
	return {startLink, lingeringFor, dropIns};
};

/** By hand, as it were: where no manager runs, and for a unit that it does not disable, being masked or gone. */
const unlink = ({startLink}: Ties): readonly Action[] => {
	if (!startLink) return [];
	const {path, target, folder} = startLink;
	const why = 'it does not start with your user manager any more';
	return [
		{
			does: 'delete-link',
			path,
			restore: ['ln', '--symbolic', '--force', '--no-dereference', target, path],
			why,
		},
		...(folder ? [{does: 'delete-folder', withContents: false, why, ...folder} as const] : []),
	];
};

/** Stop and disable, each with its opposite as the way back; without a manager nothing runs. */
const retire = ({service, linux}: LinuxMachine, ties: Ties): readonly Action[] => {
	if (!linux.userManager.answers) return unlink(ties);
	const isRunning = !['inactive', 'failed', 'unknown'].includes(service.active) || service.exited === true;
	return [
		...(isRunning ? [run(commands.stop, 'the service ends', {undo: commands.start})] : []),
		...(service.enabled && !service.masked
			? [
					run(commands.disable, 'it does not start with your user manager any more', {
						undo: commands.enable,
					}),
				]
			: unlink(ties)),
	];
};

/** systemd keeps the failure of a unit that is gone, and shows it among the failed ones. */
const forget = ({service, linux}: LinuxMachine): readonly Action[] =>
	linux.userManager.answers && service.active === 'failed'
		? [run(commands.resetFailed, 'systemd forgets its failure', {mayFail: true})]
		: [];

/**
 * Without a session the user manager ends with lingering: on the way back, what is done before needs it again. It is
 * running when the actions are planned (linux.userManager), so that the way there waits for nothing.
 */
const lingerOff = ({user, linux}: LinuxMachine): readonly Action[] => [
	...(linux.userManager.answers
		? [
				{
					does: 'wait-for',
					probe: commands.managerVersion,
					until: {exitCode: 0},
					withinMs: 15_000,
					why: 'your user manager answers',
					onFailure: {what: `The user manager of ${user.name} does not answer.`, code: exitCode.refused},
					alsoBack: true,
				} as const,
			]
		: []),
	run(commands.disableLinger(user.name), 'as it was before Vira was set up', {
		undo: commands.enableLinger(user.name),
		...untilSilent(user, 'disable'),
		onFailure: {
			what: `Lingering could not be turned off for ${user.name}.`,
			next: [lingerText('disable', user, true), 'Or leave it on, and start vira-setup uninstall again.'],
			code: exitCode.privilege,
		},
	}),
];

/** A manager that answers, and not about the service: it would go on with a service whose files are gone. */
const unclear = ({service, linux}: LinuxMachine): readonly Refusal[] =>
	linux.userManager.answers && service.active === 'unknown'
		? [
				{
					level: 'refusal',
					code: 'service-unclear',
					title: 'The user manager does not say whether the service runs.',
					detail: 'Its files stay as long as that is not known.',
					fixes: ['systemctl --user status vira.service'],
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
	afterDelete: facts.linux.userManager.answers ? commands.daemonReload : undefined,
	keptService: () => 'it is not enabled',
	forget: forget(facts),
	lingerOff: lingerOff(facts),
	log: {command: journal.shown},
	// Whoever else has a unit of this name is among the facts.
	strangers: () => [],
});
