import type {LinuxMachine, OtherOwner} from './facts.ts';
import type {User} from '../system.ts';
import {asRoot, cannotRun, viraFound, type Advice} from '../service-manager/advice.ts';
import type {Notice} from '../../notice.ts';
import {lingerText, declaredLinger, keepLingering, logindSilence, wakeLogind} from './lingering/lingering.ts';
import {ifLinkUnneeded, leaveHomeManager} from '../service-manager/service-words.ts';
import {leftRunning, neverStarted} from './diagnosis/diagnose.ts';
import {managerSilent, accountRefused} from './user-manager.ts';
import {masked} from './detect/masks.ts';

const withoutSystemd = ({linux}: LinuxMachine): Notice => {
	const place = linux.wsl
		? 'in WSL'
		: linux.container === undefined
			? 'on this machine'
			: `in this container (${linux.container})`;
	return {
		level: 'error',
		code: 'no-systemd',
		message: `systemd is not running ${place}.`,
		detail: 'vira-setup sets up Vira as a systemd user service, so it needs systemd.',
		fixes: linux.wsl
			? [
					{say: 'Add these lines to /etc/wsl.conf, then run wsl --shutdown in Windows:'},
					{say: '[boot]'},
					{say: 'systemd=true'},
				]
			: [{say: 'Run vira-setup on a machine that runs systemd as PID 1.'}],
	};
};

const foreign = 'vira.service already exists and was not created by vira-setup.';

const managedByOther = ({path, target, by}: OtherOwner): Notice => {
	const {message, fix} = {
		'home-manager': {message: 'vira.service is managed by Home Manager.', fix: leaveHomeManager},
		link: {message: foreign, fix: ifLinkUnneeded(path)},
		'other-unit': {message: foreign, fix: {say: `If you no longer need that unit, remove it first: ${path}`}},
		'system-unit': {
			message: 'vira.service already exists as a system unit.',
			fix: {say: 'Remove the system unit first: both services would use the same port.'},
		},
	}[by];
	return {
		level: 'error',
		code: 'managed-elsewhere',
		message,
		detail:
			target === undefined || target === path ? `Its file is ${path}.` : `${path} is a link to ${target}.`,
		fixes: [fix],
	};
};

const accountNotice = (user: User): Notice => ({
	level: 'error',
	code: 'account-refused',
	...accountRefused(user),
});

/** Without lingering, a login or this run may still start the user manager. */
const withoutManager = (facts: LinuxMachine): readonly Notice[] => {
	const {user, linux, unusable} = facts;
	if (unusable) return [cannotRun(unusable)];
	if (linux.userManager.answers || !linux.lingering || user.uid === 0) return [];
	return [linux.userManager.refused ? accountNotice(user) : managerSilent(facts)];
};

/** A second process would find the port and the state in use; a start that never finishes is not waited for. */
const blockers = (facts: LinuxMachine): readonly Notice[] => {
	const found = leftRunning(facts) ?? (facts.service.needsReload ? undefined : neverStarted(facts));
	return found ? [{...found, level: 'error'}] : [];
};

/** Every reason why Vira cannot be set up here. */
export const refusalsOf = (facts: LinuxMachine): readonly Notice[] => {
	const {linux, user, managedBy, service} = facts;
	if (linux.systemd === false) return [withoutSystemd(facts), ...(user.uid === 0 ? [asRoot(facts)] : [])];
	return [
		...(user.uid === 0 ? [asRoot(facts)] : []),
		...(managedBy && !service.masked ? [managedByOther(managedBy)] : []),
		...(service.masked ? [masked(facts)] : []),
		...blockers(facts),
		...withoutManager(facts),
	];
};

/** For a reader who has never heard of it (loginctl(1), enable-linger). */
const lingeringMeans = 'Lingering lets your services start at boot and keep running after you log out.';

const lingeringOff = ({name}: User): string => `Lingering is off for ${name}`;

const lingering = ({user, linux}: LinuxMachine): Advice => {
	if (linux.lingering)
		return {
			level: 'ok',
			code: 'lingering',
			message: `Lingering is on for ${user.name}: services keep running after logout`,
		};
	if (linux.logindSilent)
		return {
			level: 'warning',
			code: 'logind-silent',
			message: `${lingeringOff(user)} and cannot be turned on now.`,
			detail: logindSilence,
			fixes: [{say: '', command: wakeLogind}],
		};
	return {
		level: 'note',
		code: 'lingering',
		option: 'linger',
		message: `${lingeringOff(user)}: Vira would stop when you log out and not start at boot.`,
		answers: [
			{
				value: true,
				label: linux.nixos ? 'Turn it on for now' : 'Turn it on',
				detail: `runs ${lingerText('enable', user)}`,
			},
			{
				value: false,
				label: 'Leave it off',
				detail: linux.nixos
					? 'turn it on in the NixOS configuration instead'
					: 'Vira runs only while you are logged in',
			},
		],
		detail: linux.nixos
			? `${lingeringMeans} ${keepLingering(user)}`
			: `${lingeringMeans} You can turn it off again at any time.`,
		fixes: [linux.nixos ? {say: declaredLinger(user)} : {say: '', command: lingerText('enable', user)}],
	};
};

/** The first screen, on a machine where Vira can be set up. */
export const linuxAdvice = (facts: LinuxMachine): readonly Advice[] => {
	const {linux, systemName} = facts;
	const absent = linux.lingering ? 'not responding' : 'not started yet';
	const manager = `user manager ${linux.userManager.answers ? 'running' : absent}`;
	const version = linux.systemd === undefined ? '(version unknown)' : String(linux.systemd);
	return [
		{level: 'ok', code: 'system', message: `${systemName}, systemd ${version}, ${manager}`},
		viraFound(facts),
		lingering(facts),
	];
};
